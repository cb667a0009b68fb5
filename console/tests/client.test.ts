import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, api, onUnauthorized, speak, tokensFrom } from "../src/api/client";
import { ApiProblem, NetworkError } from "../src/api/problem";
import { json } from "./page";

const requests: Request[] = [];

function answering(respond: () => Response | Promise<Response>): void {
  vi.stubGlobal("fetch", async (request: Request) => {
    requests.push(request);
    return respond();
  });
}

afterEach(() => {
  requests.length = 0;
  vi.unstubAllGlobals();
});

const settings = () => answer(api.GET("/v1/settings"));

describe("the client", () => {
  it("says who asks and in which language", async () => {
    answering(() => json({ timezone: "Europe/Paris" }));
    tokensFrom(async () => "token");
    speak("en");

    await settings();

    expect(requests[0]?.headers.get("Authorization")).toBe("Bearer token");
    expect(requests[0]?.headers.get("Accept-Language")).toBe("en");
  });

  it("turns a refusal into a problem with its fields", async () => {
    const body = {
      detail: "Deux champs.",
      code: "validation_failed",
      errors: [{ field: "to", code: "required", message: "Obligatoire." }],
    };
    answering(() => json(body, 422));

    const problem = await settings().catch((error: unknown) => error);

    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({ status: 422, code: "validation_failed", fields: body.errors });
  });

  it("tells a lost connection from a refusal", async () => {
    answering(() => Promise.reject(new TypeError("Failed to fetch")));

    await expect(settings()).rejects.toBeInstanceOf(NetworkError);
  });

  it("calls out when the token is no longer accepted", async () => {
    answering(() => json({ code: "unauthorized" }, 401));
    const listener = vi.fn();
    const stop = onUnauthorized(listener);

    await settings().catch(() => undefined);
    stop();

    expect(listener).toHaveBeenCalledOnce();
  });
});
