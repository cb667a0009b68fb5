import { OidcClient, WebStorageStateStore } from "oidc-client-ts";
import type { Pool } from "./config";
import type { Identity } from "./identity";
import { store } from "./tokens";

/** The address of the sign-in page, from which one comes back to `path`. */
export async function signInAddress(pool: Pool, path: string): Promise<string> {
  return (await clientOf(pool).createSigninRequest({ state: path })).url;
}

/** Trade the code in the address for tokens and go back to the page that was asked for. */
export async function finish(pool: Pool): Promise<Identity | null> {
  const response = await clientOf(pool)
    .processSigninResponse(location.href)
    .catch(() => null);
  if (response === null) {
    // Refused, given up, or an old address opened again: the way in is shown once more.
    history.replaceState(null, "", "/");
    return null;
  }
  const path = typeof response.userState === "string" ? response.userState : "/";
  // Only a path of this site: anything else could lead away.
  history.replaceState(null, "", /^\/(?![/\\])/.test(path) ? path : "/");
  const email = response.profile.email ?? response.profile.sub;
  return store({
    idToken: response.id_token ?? "",
    refreshToken: response.refresh_token,
    expiresAt: Date.now() + (response.expires_in ?? 0) * 1000,
    identity: { email, name: response.profile.name ?? email },
  }).identity;
}

function clientOf({ authority, clientId }: Pool): OidcClient {
  return new OidcClient({
    authority,
    client_id: clientId,
    redirect_uri: `${location.origin}/`,
    response_type: "code",
    scope: "openid email profile",
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
  });
}
