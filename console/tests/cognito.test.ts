import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answer, api, tokensFrom } from "../src/api/client";
import { NetworkError } from "../src/api/problem";
import { cognitoIdentities } from "../src/session/cognito";
import { loadConfig } from "../src/session/config";
import { localIdentities } from "../src/session/local";
import { json } from "./page";
import { FakePool } from "./pool";

const MINUTE = 60_000;
let pool: FakePool;
let left: URL[];

beforeEach(() => {
  pool = new FakePool();
  left = [];
  vi.stubGlobal("fetch", pool.fetch);
  vi.useFakeTimers({ toFake: ["Date"] });
  history.replaceState(null, "", "/historique?statut=failed");
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The page, opened at the address where the browser is. */
function opened() {
  return cognitoIdentities(pool.config, (address) => left.push(new URL(address)));
}

/** Leave for the sign-in page; what it was asked. */
async function leave(path = "/historique?statut=failed"): Promise<URLSearchParams> {
  await opened().signIn({ path });
  return left.at(-1)?.searchParams ?? new URLSearchParams();
}

function comeBack(answered: Record<string, string>): void {
  history.replaceState(null, "", `/?${new URLSearchParams(answered)}`);
}

async function signedIn() {
  const state = (await leave()).get("state") ?? "";
  comeBack({ code: "once", state });
  const identities = opened();
  await identities.current();
  return identities;
}

function here(): string {
  return location.pathname + location.search;
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

describe("the way in", () => {
  it("asks for a code, with a state and a challenge", async () => {
    const asked = await leave();

    expect(left[0]?.href).toMatch(`${pool.config.domain}/oauth2/authorize?`);
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: "code",
      client_id: "people",
      redirect_uri: `${location.origin}/`,
      scope: "openid email profile",
      code_challenge_method: "S256",
    });
    expect(asked.get("state")).toBeTruthy();
  });

  it("trades the code with the secret of its challenge", async () => {
    const asked = await leave();
    comeBack({ code: "once", state: asked.get("state") ?? "" });

    await opened().current();

    const traded = Object.fromEntries(pool.asked[0] ?? []);
    expect(traded).toMatchObject({ grant_type: "authorization_code", code: "once" });
    expect(await challengeOf(traded.code_verifier ?? "")).toBe(asked.get("code_challenge"));
  });

  it("comes back to the page that was asked for, as the person of the token", async () => {
    const state = (await leave()).get("state") ?? "";
    comeBack({ code: "once", state });

    const identity = await opened().current();

    expect(identity).toEqual({ email: "claire@durand.example", name: "Claire Durand" });
    expect(here()).toBe("/historique?statut=failed");
  });

  it.each(["//evil.example", "/\\evil.example", "https://evil.example"])(
    "does not lead away to %s",
    async (path) => {
      const state = (await leave(path)).get("state") ?? "";
      comeBack({ code: "once", state });

      await opened().current();

      expect(here()).toBe("/");
    },
  );

  it.each(["code=once&state=forged", "error=access_denied&state=forged"])(
    "takes no answer that it did not ask for: %s",
    async (query) => {
      history.replaceState(null, "", `/?${query}`);

      expect(await opened().current()).toBeNull();
      expect(pool.asked).toEqual([]);
      expect(here()).toBe("/");
    },
  );

  it("tells a pool that cannot be reached from a refusal", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));

    await expect(leave()).rejects.toBeInstanceOf(NetworkError);
    expect(left).toEqual([]);
  });
});

describe("the token", () => {
  it("is the ID token, as long as it lasts", async () => {
    const identities = await signedIn();
    vi.setSystemTime(Date.now() + 58 * MINUTE);

    const token = await identities.token();

    expect(JSON.parse(atob(token?.split(".")[1] ?? ""))).toMatchObject({ sub: "1" });
    expect(pool.asked).toHaveLength(1);
  });

  it("is renewed before it ends, once for all who ask", async () => {
    const identities = await signedIn();
    const before = await identities.token();
    vi.setSystemTime(Date.now() + 59.5 * MINUTE);

    const [first, second] = await Promise.all([identities.token(), identities.token()]);

    expect(Object.fromEntries(pool.asked[1] ?? [])).toEqual({
      grant_type: "refresh_token",
      client_id: "people",
      refresh_token: "refresh 1",
    });
    expect(pool.asked).toHaveLength(2);
    expect(first).not.toBe(before);
    expect(second).toBe(first);
  });

  it("is renewed with the pool's latest refresh token", async () => {
    const identities = await signedIn();
    for (const _ of [1, 2]) {
      vi.setSystemTime(Date.now() + 61 * MINUTE);
      await identities.token();
    }

    expect(pool.asked.map((asked) => asked.get("refresh_token"))).toEqual([
      null,
      "refresh 1",
      "refresh 2",
    ]);
  });

  it("is no more once the pool refuses to renew it", async () => {
    const identities = await signedIn();
    vi.setSystemTime(Date.now() + 61 * MINUTE);
    pool.failure = () => json({ error: "invalid_grant" }, 400);

    expect(await identities.token()).toBeNull();
    expect(await identities.current()).toBeNull();
    expect(pool.asked).toHaveLength(2);
  });

  it.each([
    ["busy", () => json({}, 429)],
    ["broken", () => json({}, 503)],
    ["out of reach", () => Promise.reject(new TypeError("Failed to fetch"))],
  ])("outlives a pool that is %s", async (_, failure) => {
    const identities = await signedIn();
    tokensFrom(identities.token);
    vi.setSystemTime(Date.now() + 61 * MINUTE);
    pool.failure = failure;
    const settings = answer(api.GET("/v1/settings"));
    await expect(settings).rejects.toBeInstanceOf(NetworkError);

    pool.failure = null;

    expect(await identities.token()).not.toBeNull();
  });

  it("serves to its end while the pool is out of reach", async () => {
    const identities = await signedIn();
    const token = await identities.token();
    vi.setSystemTime(Date.now() + 59.5 * MINUTE);
    pool.failure = () => json({}, 503);

    expect(await identities.token()).toBe(token);
  });
});

describe("the way out", () => {
  it("leaves by the pool's sign-out page and keeps nothing", async () => {
    const identities = await signedIn();

    await identities.signOut();

    const home = encodeURIComponent(`${location.origin}/`);
    expect(left.at(-1)?.href).toBe(
      `${pool.config.domain}/logout?client_id=people&logout_uri=${home}`,
    );
    expect(await identities.token()).toBeNull();
  });

  it("has the pool end what could renew the session, by the latest token", async () => {
    const identities = await signedIn();
    vi.setSystemTime(Date.now() + 61 * MINUTE);
    await identities.token();

    await identities.signOut();

    expect(pool.revoked.map((asked) => Object.fromEntries(asked))).toEqual([
      { token: "refresh 2", client_id: "people" },
    ]);
  });

  it("ends also what a renewal brings that was under way", async () => {
    const identities = await signedIn();
    vi.setSystemTime(Date.now() + 61 * MINUTE);
    const renewal = identities.token();

    await identities.signOut();

    expect(await renewal).toBeNull();
    expect(pool.revoked.map((asked) => asked.get("token")).sort()).toEqual([
      "refresh 1",
      "refresh 2",
    ]);
    expect(await identities.token()).toBeNull();
  });

  it.each([
    ["out of reach", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["broken", () => json({}, 503)],
  ])("leads out also while the pool is %s", async (_, failure) => {
    const identities = await signedIn();
    pool.failure = failure;

    await identities.signOut();

    expect(left.at(-1)?.pathname).toBe("/logout");
    expect(sessionStorage.length).toBe(0);
  });

  it("asks nothing of the pool when nobody is signed in", async () => {
    await opened().signOut();

    expect(pool.revoked).toEqual([]);
  });
});

describe("the way out of the local mode", () => {
  it("has the token ended, and keeps nothing", async () => {
    const asked: [string, RequestInit?][] = [];
    vi.stubGlobal("fetch", async (address: string, init?: RequestInit) => {
      asked.push([address, init]);
      return json(address === "/local/login" ? { token: "t1" } : { now: "2026-11-24T09:00:00Z" });
    });
    const identities = localIdentities();
    await identities.signIn({ path: "/", email: "claire@durand.example" });

    await identities.signOut();

    expect(asked.at(-1)).toEqual([
      "/local/logout",
      { method: "POST", headers: { Authorization: "Bearer t1" } },
    ]);
    expect(await identities.token()).toBeNull();
  });
});

describe("what the template says of the pool", () => {
  const template = readFileSync("../template.yaml", "utf8");
  const [, written = ""] = /CONSOLE_CONFIG: !Sub >-\n((?: {12}.*\n)+)/.exec(template) ?? [];
  const deployed = JSON.parse(written.replaceAll(/\$\{[\w:]+\}/g, "x")) as Record<string, string>;

  it("is read by the console, and gives the addresses of a sign-out", async () => {
    vi.stubGlobal("fetch", async () => json(deployed));

    const config = await loadConfig();
    if (config.mode === "cognito")
      await cognitoIdentities(config, (to) => left.push(new URL(to))).signOut();

    expect(left[0]?.origin).toBe("https://x-x.auth.x.amazoncognito.com");
    expect(left[0]?.pathname).toBe("/logout");
  });

  it.each(["mode", "authority", "clientId", "domain"])("is not enough without %s", async (name) => {
    vi.stubGlobal("fetch", async () => json({ ...deployed, [name]: undefined }));

    await expect(loadConfig()).rejects.toBeInstanceOf(NetworkError);
  });
});
