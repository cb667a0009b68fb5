import { useQuery } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { answer, api } from "../api/client";
import type { SendRow } from "../api/types";
import { useSession } from "../session/session";
import { now } from "../ui/clock";

const CHANGED = "facteur:failures-seen";
const KEPT = 500;
const SANDBOX_KNOWN_MS = 7 * 86_400_000;

/** The open failures that this browser has not shown yet, and whether SES is still in its sandbox. */
export function useFailures() {
  const { identity } = useSession();
  const seen = useSeen();
  const { data } = useQuery({
    queryKey: ["failures", identity?.email],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/v1/sends", { params: { query: { resolution: "open", limit: 50 } }, signal }),
      ),
    refetchInterval: 60_000,
  });
  const failed = data?.items ?? [];
  const fresh = failed.filter(({ id }) => !seen.includes(id)).length;
  return {
    fresh,
    more: fresh > 0 && fresh === failed.length && data?.next !== null,
    sandbox: isInSandbox(failed),
  };
}

/** Known from sends alone: one of this week was refused for it and has not been retried since. */
export function isInSandbox(failed: SendRow[]): boolean {
  const last = failed.find(({ error }) => error?.code === "ses_sandbox");
  if (!last || last.retried_by.length > 0) return false;
  return now() - Date.parse(last.queued_at) < SANDBOX_KNOWN_MS;
}

/** Remember that these failures have been on screen. */
export function useMarkFailuresSeen(): (failed: SendRow[]) => void {
  const key = useKey();
  return useCallback(
    (failed: SendRow[]) => {
      const before = localStorage.getItem(key) ?? "";
      const after = withSeen(
        before,
        failed.map(({ id }) => id),
      );
      if (after === before) return;
      localStorage.setItem(key, after);
      window.dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
}

/** Ids that have been seen, with some more; of the very many, the latest queued. */
export function withSeen(seen: string, ids: string[]): string {
  const all = new Set([...seen.split(" "), ...ids].filter(Boolean));
  return [...all].sort().slice(-KEPT).join(" ");
}

/** The ids that this person has had on screen, kept in the browser: a send may fail long after it was queued. */
function useSeen(): string {
  const key = useKey();
  return useSyncExternalStore(subscribe, () => localStorage.getItem(key) ?? "");
}

function useKey(): string {
  const { identity } = useSession();
  return `facteur.failures-seen.${identity?.email ?? ""}`;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener("storage", listener);
  };
}
