import { json } from "./page";

/** A pool of users as the console meets it: its metadata and its token endpoint. */
export class FakePool {
  readonly config = {
    authority: "https://cognito-idp.eu-west-3.amazonaws.com/eu-west-3_AbCdEf",
    clientId: "people",
    domain: "https://facteur-123456789012.auth.eu-west-3.amazoncognito.com",
  };
  /** What the token endpoint was asked. */
  readonly asked: URLSearchParams[] = [];
  /** What the revocation endpoint was asked. */
  readonly revoked: URLSearchParams[] = [];
  /** What it answers instead of tokens. */
  failure: (() => Response | Promise<Response>) | null = null;
  /** Seconds that its tokens last. */
  lasting = 3600;

  readonly fetch = async (
    target: string | URL | Request,
    init?: RequestInit,
  ): Promise<Response> => {
    const address = target instanceof Request ? target.url : String(target);
    if (address === `${this.config.authority}/.well-known/openid-configuration`) {
      return json(this.#metadata());
    }
    if (address === `${this.config.domain}/oauth2/revoke`) {
      this.revoked.push(new URLSearchParams(String(init?.body)));
      return this.failure?.() ?? new Response(null, { status: 200 });
    }
    if (address !== `${this.config.domain}/oauth2/token`) throw new Error(`asked ${address}`);
    this.asked.push(new URLSearchParams(String(init?.body)));
    return this.failure?.() ?? json(this.#tokens());
  };

  #metadata() {
    const { authority, domain } = this.config;
    return {
      issuer: authority,
      authorization_endpoint: `${domain}/oauth2/authorize`,
      token_endpoint: `${domain}/oauth2/token`,
      jwks_uri: `${authority}/.well-known/jwks.json`,
    };
  }

  #tokens() {
    const claims = { sub: "1", email: "claire@durand.example", name: "Claire Durand" };
    const count = this.asked.length;
    return {
      id_token: [{ alg: "RS256" }, claims, count]
        .map((part) => btoa(JSON.stringify(part)))
        .join("."),
      access_token: "access",
      refresh_token: `refresh ${count}`,
      token_type: "Bearer",
      expires_in: this.lasting,
    };
  }
}
