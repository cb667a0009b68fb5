import { NetworkError } from "../api/problem";
import type { UserRole } from "../api/types";
import { setPresent } from "../ui/clock";
import type { Identities, Identity } from "./identity";

export const DEMO_USERS = ["demo@atelier-durand.example", "demo@autre.example"];

const EMAIL = "facteur.local.email";
const ROLE = "facteur.local.role";
const TOKEN = "facteur.local.token";

/** The local mode's sign-in: an address is enough, and the demo user is signed in by itself. */
export function localIdentities(): Identities {
  return {
    current: async () => login(sessionStorage.getItem(EMAIL) ?? DEMO_USERS[0] ?? "", keptRole()),
    token: async () => sessionStorage.getItem(TOKEN),
    signIn: async ({ email, role = "admin" }) => (email ? login(email, role) : null),
    signOut: async () => {
      const token = sessionStorage.getItem(TOKEN);
      sessionStorage.removeItem(EMAIL);
      sessionStorage.removeItem(ROLE);
      sessionStorage.removeItem(TOKEN);
      const headers = { Authorization: `Bearer ${token}` };
      // Whoever signs out gets out, also when the server has been stopped.
      await fetch("/local/logout", { method: "POST", headers }).catch(() => undefined);
    },
  };
}

function keptRole(): UserRole {
  return sessionStorage.getItem(ROLE) === "member" ? "member" : "admin";
}

async function login(email: string, role: UserRole): Promise<Identity> {
  const response = await fetch("/local/login", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, role }),
  }).catch(() => null);
  if (response === null || !response.ok) throw new NetworkError("login");
  const { token } = (await response.json()) as { token: string };
  sessionStorage.setItem(EMAIL, email);
  sessionStorage.setItem(ROLE, role);
  sessionStorage.setItem(TOKEN, token);
  // Its clock may have been moved months ahead.
  const clock = await fetch("/local/clock");
  setPresent(((await clock.json()) as { now: string }).now);
  return { email, name: email, role };
}
