import { NetworkError } from "../api/problem";
import type { Pool } from "./config";
import type { Identities } from "./identity";
import { end, renewing } from "./tokens";

/** What only signing in needs is fetched then: most visits find somebody signed in. */
const oidc = () => import("./oidc");

/**
 * Cognito's managed login: authorization code with PKCE, and the ID token for the API.
 * `leave` opens another site's page.
 */
export function cognitoIdentities(
  pool: Pool,
  leave: (address: string) => void = (address) => location.assign(address),
): Identities {
  const { clientId, domain } = pool;
  const fresh = renewing(domain, clientId);
  return {
    current: async () =>
      isReturn(location) ? (await oidc()).finish(pool) : ((await fresh())?.identity ?? null),
    token: async () => (await fresh())?.idToken ?? null,
    signIn: async ({ path }) => {
      const address = oidc().then(({ signInAddress }) => signInAddress(pool, path));
      leave(
        await address.catch((error: unknown) => {
          throw new NetworkError(String(error));
        }),
      );
      return null;
    },
    signOut: async () => {
      await end(domain, clientId);
      const home = `${location.origin}/`;
      leave(`${domain}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: home })}`);
    },
  };
}

/** Does the address bring the answer of the sign-in page? */
function isReturn({ pathname, search }: Location): boolean {
  const query = new URLSearchParams(search);
  return pathname === "/" && query.has("state") && (query.has("code") || query.has("error"));
}
