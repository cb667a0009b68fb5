import type { Identity } from "./identity";

/** What is kept of a sign-in, in this tab only. */
export interface Tokens {
  idToken: string;
  refreshToken: string | undefined;
  expiresAt: number;
  identity: Identity;
}

const PLACE = "facteur.tokens";
/** Renew this long before the token ends, in milliseconds. */
const MARGIN = 60_000;
/** How long a sign-out waits for the pool, in milliseconds. */
const PATIENCE = 5_000;

export function store(tokens: Tokens): Tokens {
  sessionStorage.setItem(PLACE, JSON.stringify(tokens));
  return tokens;
}

function read(): Tokens | null {
  const text = sessionStorage.getItem(PLACE);
  return text === null ? null : (JSON.parse(text) as Tokens);
}

export function forget(): null {
  sessionStorage.removeItem(PLACE);
  return null;
}

/** Forget the tokens and have the pool end them: a copy of them then renews nothing. */
export async function end(domain: string, clientId: string): Promise<void> {
  const refreshToken = read()?.refreshToken;
  forget();
  await revoke(domain, clientId, refreshToken);
}

// https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html
async function revoke(domain: string, clientId: string, token: string | undefined): Promise<void> {
  if (!token) return;
  const request = fetch(`${domain}/oauth2/revoke`, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ token, client_id: clientId }).toString(),
    keepalive: true, // it goes on when the page is left
    signal: AbortSignal.timeout(PATIENCE),
  });
  // Whoever signs out gets out, also while the pool is out of reach: nothing is kept here.
  await request.catch(() => undefined);
}

/**
 * Gives the tokens kept, renewed shortly before they end, or null once the pool refuses to;
 * requests made at once share a renewal. Throws when they ended and the pool cannot be reached.
 */
export function renewing(domain: string, clientId: string): () => Promise<Tokens | null> {
  let renewal: Promise<Tokens | null> | null = null;
  return async () => {
    const tokens = read();
    if (tokens === null || tokens.expiresAt - Date.now() > MARGIN) return tokens;
    renewal ??= renew(domain, clientId, tokens).finally(() => {
      renewal = null;
    });
    return renewal.catch((reason: unknown) => {
      if (tokens.expiresAt > Date.now()) return tokens;
      throw reason;
    });
  };
}

// https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
async function renew(domain: string, clientId: string, tokens: Tokens): Promise<Tokens | null> {
  if (!tokens.refreshToken) return forget();
  const body = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: clientId,
    refresh_token: tokens.refreshToken,
  });
  const response = await fetch(`${domain}/oauth2/token`, { method: "POST", body });
  // 400 alone says that the session is over; the pool may also be busy or down.
  if (response.status === 400) return forget();
  if (!response.ok) throw new Error(`token endpoint: ${response.status}`);
  const answer = (await response.json()) as {
    id_token: string;
    expires_in: number;
    refresh_token?: string;
  };
  if (read() === null) {
    // Signed out in the meantime.
    await revoke(domain, clientId, answer.refresh_token);
    return null;
  }
  return store({
    ...tokens,
    idToken: answer.id_token,
    // Each refresh token serves once: the pool rotates them.
    refreshToken: answer.refresh_token ?? tokens.refreshToken,
    expiresAt: Date.now() + answer.expires_in * 1000,
  });
}
