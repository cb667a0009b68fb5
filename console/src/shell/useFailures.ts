import { useQuery } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { answer, api } from "../api/client";
import { useSession } from "../session/session";

const CHANGED = "facteur:failures-seen";

/** The failed sends that this browser has not shown yet. Ids rise with time. */
export function useFailures(enabled: boolean) {
  const { identity } = useSession();
  const seen = useSeenFailure();
  const { data } = useQuery({
    queryKey: ["failures", identity?.email],
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/sends", { params: { query: { status: "failed", limit: 50 } }, signal })),
    refetchInterval: 60_000,
    enabled,
  });
  const fresh = (data?.items ?? []).filter((send) => send.id > seen);
  return {
    fresh,
    more: fresh.length > 0 && fresh.length === data?.items.length && data.next !== null,
  };
}

/** The newest failed send this person has had on screen, kept in the browser. */
function useSeenFailure(): string {
  const key = useKey();
  return useSyncExternalStore(subscribe, () => localStorage.getItem(key) ?? "");
}

/** Remember that failures up to an id have been on screen. */
export function useMarkFailuresSeen(): (id: string) => void {
  const key = useKey();
  return useCallback(
    (id: string) => {
      if (id <= (localStorage.getItem(key) ?? "")) return;
      localStorage.setItem(key, id);
      window.dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
}

function useKey(): string {
  const { identity } = useSession();
  return `facteur.failure-seen.${identity?.email ?? ""}`;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener("storage", listener);
  };
}
