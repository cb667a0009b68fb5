import { useQueries } from "@tanstack/react-query";
import type { Send } from "../api/types";
import { sendQuery } from "./queries";
import { isReached } from "./recipients";

/** The addresses that the retries of a send have reached, in lower case; undefined until known. */
export function useReachedSince(send: Send | undefined): ReadonlySet<string> | undefined {
  const fetched = useQueries({ queries: (send?.retried_by ?? []).map((id) => sendQuery(id)) });
  if (!send || fetched.some(({ isPending }) => isPending)) return undefined;
  return reachedSince(
    send,
    fetched.flatMap(({ data }) => data ?? []),
  );
}

/** The failed addresses that have been reached by these retries, or by retries of theirs. */
export function reachedSince(send: Send, retries: Send[]): ReadonlySet<string> {
  const reached = retries.flatMap((retry) =>
    retry.recipients.filter((one) => retry.resolution === "retried" || isReached(one)),
  );
  // All of them, also those whose address was corrected.
  const all = send.resolution === "retried" ? send.recipients : [];
  return new Set([...reached, ...all].map(({ address }) => address.toLowerCase()));
}
