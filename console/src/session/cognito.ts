import { OidcClient, type SigninResponse, WebStorageStateStore } from "oidc-client-ts";
import type { Identities, Identity } from "./identity";

interface Pool {
  authority: string;
  clientId: string;
  domain: string;
}

/** What is kept of a sign-in, in this tab only. */
interface Tokens {
  idToken: string;
  refreshToken: string | undefined;
  expiresAt: number;
  identity: Identity;
}

const PLACE = "facteur.tokens";
const SCOPE = "openid email profile";
/** Renew this long before the token ends, in milliseconds. */
const MARGIN = 60_000;

/** Cognito's managed login: authorization code with PKCE, and the ID token for the API. */
export function cognitoIdentities(pool: Pool): Identities {
  const home = `${location.origin}/`;
  const client = new OidcClient({
    authority: pool.authority,
    client_id: pool.clientId,
    redirect_uri: home,
    response_type: "code",
    scope: SCOPE,
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
  });
  const fresh = renewing(client, pool.clientId);
  return {
    current: async () => {
      if (isReturn(location)) return finish(client);
      return (await fresh())?.identity ?? null;
    },
    token: async () => (await fresh())?.idToken ?? null,
    signIn: async ({ path }) => {
      const request = await client.createSigninRequest({ state: path });
      location.assign(request.url);
      return null;
    },
    signOut: async () => {
      sessionStorage.removeItem(PLACE);
      const query = new URLSearchParams({ client_id: pool.clientId, logout_uri: home });
      location.assign(`https://${pool.domain}/logout?${query}`);
    },
  };
}

/** Does the address bring the answer of the sign-in page? */
function isReturn({ pathname, search }: Location): boolean {
  const query = new URLSearchParams(search);
  return pathname === "/" && query.has("state") && (query.has("code") || query.has("error"));
}

/** Trade the code for tokens and go back to the page that was asked for. */
async function finish(client: OidcClient): Promise<Identity | null> {
  const response = await client.processSigninResponse(location.href).catch(() => null);
  if (response === null) {
    // Refused, given up, or an old address opened again: the way in is shown once more.
    history.replaceState(null, "", "/");
    return null;
  }
  const path = typeof response.userState === "string" ? response.userState : "/";
  // Only a path of this site: anything else could lead away.
  history.replaceState(null, "", /^\/(?![/\\])/.test(path) ? path : "/");
  return keep(response).identity;
}

/** Gives the tokens kept, renewed shortly before they end; requests made at once share a renewal. */
function renewing(client: OidcClient, clientId: string): () => Promise<Tokens | null> {
  let renewal: Promise<Tokens | null> | null = null;
  return async () => {
    const tokens = read();
    if (tokens === null || tokens.expiresAt - Date.now() > MARGIN) return tokens;
    if (!tokens.refreshToken) return null;
    renewal ??= renew(client, clientId, tokens.refreshToken).finally(() => {
      renewal = null;
    });
    return renewal;
  };
}

async function renew(
  client: OidcClient,
  clientId: string,
  refreshToken: string,
): Promise<Tokens | null> {
  const endpoint = await client.metadataService.getTokenEndpoint(false);
  const body = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: clientId,
    refresh_token: refreshToken,
  });
  const response = await fetch(endpoint ?? "", { method: "POST", body });
  if (!response.ok) return null;
  const answer = (await response.json()) as {
    id_token: string;
    expires_in: number;
    refresh_token?: string;
  };
  const before = read();
  if (before === null) return null;
  return store({
    ...before,
    idToken: answer.id_token,
    // Each refresh token serves once: the pool rotates them.
    refreshToken: answer.refresh_token ?? refreshToken,
    expiresAt: Date.now() + answer.expires_in * 1000,
  });
}

function keep(response: SigninResponse): Tokens {
  const email = response.profile.email ?? response.profile.sub;
  return store({
    idToken: response.id_token ?? "",
    refreshToken: response.refresh_token,
    expiresAt: Date.now() + (response.expires_in ?? 0) * 1000,
    identity: { email, name: response.profile.name ?? email },
  });
}

function store(tokens: Tokens): Tokens {
  sessionStorage.setItem(PLACE, JSON.stringify(tokens));
  return tokens;
}

function read(): Tokens | null {
  const text = sessionStorage.getItem(PLACE);
  return text === null ? null : (JSON.parse(text) as Tokens);
}
