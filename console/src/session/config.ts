import { NetworkError } from "../api/problem";

/** The pool of users: who issues tokens, for which client, and where its pages are, as `https://…`. */
export interface Pool {
  authority: string;
  clientId: string;
  domain: string;
}

/** How people sign in here, told by whoever serves the page. */
export type Config = { mode: "local" } | ({ mode: "cognito" } & Pool);

/** Throws a NetworkError when the page cannot learn how to sign in. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch("/config.json", { cache: "no-store" }).catch(() => null);
  const config: unknown = response?.ok ? await response.json() : null;
  if (!isConfig(config)) throw new NetworkError("config.json");
  return config;
}

function isConfig(value: unknown): value is Config {
  if (typeof value !== "object" || value === null || !("mode" in value)) return false;
  const isText = (name: string) => typeof (value as Record<string, unknown>)[name] === "string";
  return (
    value.mode === "local" ||
    (value.mode === "cognito" && ["authority", "clientId", "domain"].every(isText))
  );
}
