import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from "react";
import { onUnauthorized } from "../api/client";
import type { UserRole } from "../api/types";
import { forgetDrafts } from "../forms/drafts";
import type { Config } from "./config";
import type { Identities, Identity } from "./identity";

interface Value {
  config: Config;
  identity: Identity | null;
  /** True when a session ended by itself, so that the sign-in page can say so. */
  expired: boolean;
  signIn: (email?: string, role?: UserRole) => Promise<void>;
  signOut: () => Promise<void>;
}

const Context = createContext<Value | null>(null);

interface Props {
  config: Config;
  identities: Identities;
  first: Identity | null;
  children: ReactNode;
}

/** Who is signed in. Another person never sees what was fetched for the one before. */
export function SessionProvider({ config, identities, first, children }: Props) {
  const [identity, setIdentity] = useState(first);
  const [expired, setExpired] = useState(false);
  const cache = useQueryClient();
  useEffect(
    () =>
      onUnauthorized(() => {
        setExpired(true);
        setIdentity(null);
      }),
    [],
  );
  const signIn = useCallback(
    async (email?: string, role?: UserRole) => {
      const path = location.pathname + location.search;
      const local = { ...(email ? { email } : {}), ...(role ? { role } : {}) };
      const next = await identities.signIn({ path, ...local });
      if (next === null) return;
      cache.clear();
      setExpired(false);
      setIdentity(next);
    },
    [identities, cache],
  );
  const signOut = useCallback(async () => {
    forgetDrafts();
    await identities.signOut();
    cache.clear();
    setIdentity(null);
  }, [identities, cache]);
  const value = useMemo(
    () => ({ config, identity, expired, signIn, signOut }),
    [config, identity, expired, signIn, signOut],
  );
  return <Context value={value}>{children}</Context>;
}

export function useSession(): Value {
  const value = use(Context);
  if (value === null) throw new Error("useSession outside its provider");
  return value;
}
