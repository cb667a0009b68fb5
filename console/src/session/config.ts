/** How people sign in here, told by whoever serves the page. */
export type Config =
  | { mode: "local" }
  | { mode: "cognito"; authority: string; clientId: string; domain: string };

/** Raised when the page cannot learn how to sign in. */
export class UnreachableError extends Error {}

export async function loadConfig(): Promise<Config> {
  const response = await fetch("/config.json", { cache: "no-store" }).catch(() => null);
  if (response === null || !response.ok) throw new UnreachableError("config.json");
  const config: unknown = await response.json();
  if (!isConfig(config)) throw new UnreachableError("config.json");
  return config;
}

function isConfig(value: unknown): value is Config {
  if (typeof value !== "object" || value === null || !("mode" in value)) return false;
  return (
    value.mode === "local" ||
    (value.mode === "cognito" && "authority" in value && "clientId" in value)
  );
}
