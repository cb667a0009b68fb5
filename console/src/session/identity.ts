import type { UserRole } from "../api/types";

/** Who is signed in, and the token that says so to the API. */
export interface Identity {
  email: string;
  name: string;
  /** In the local mode, the role that was chosen; the API says what counts. */
  role?: UserRole;
}

/** A way to sign in: the local mode's, or Cognito's. */
export interface Identities {
  /** The person signed in already, if any; finishes a sign-in that is under way. */
  current(): Promise<Identity | null>;
  /** The token for the next request; null when nobody is signed in any more. */
  token(): Promise<string | null>;
  /** Leave for the sign-in page, to come back to `path`; local: sign in as `email` at once. */
  signIn(options: { path: string; email?: string; role?: UserRole }): Promise<Identity | null>;
  signOut(): Promise<void>;
}
