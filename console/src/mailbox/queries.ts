import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { setPresent } from "../ui/clock";
import { parseMail } from "../ui/mail";

/** A mail the local mode captured instead of sending it; `to` is the envelope. */
export interface Captured {
  id: string;
  from: string;
  to: string[];
  subject: string;
  received_at: string;
  send_id: string | null;
  origin: string | null;
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, { ...init, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

export function useMailbox() {
  return useQuery({
    queryKey: ["mailbox"],
    queryFn: async () => (await (await ask("/local/mailbox")).json()) as Captured[],
    refetchInterval: 3_000,
  });
}

export function useCaptured(id: string) {
  return useQuery({
    queryKey: ["mailbox", id],
    queryFn: async () =>
      parseMail(await (await fetch(`/local/mailbox/${encodeURIComponent(id)}`)).arrayBuffer()),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useEmptyMailbox() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => ask("/local/mailbox", { method: "DELETE" }),
    onSuccess: () => cache.setQueryData(["mailbox"], []),
  });
}

/** The system's clock, which everything relative is then told by. */
export function useClock() {
  return useQuery({
    queryKey: ["clock"],
    queryFn: async () => readClock(await ask("/local/clock")),
    refetchInterval: 30_000,
  });
}

/** Move the clock on; everything that falls due happens on the way. */
export function useAdvanceClock() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (advance: string) =>
      readClock(await ask("/local/clock", { method: "POST", body: JSON.stringify({ advance }) })),
    onSuccess: async (now) => {
      cache.setQueryData(["clock"], now);
      await cache.invalidateQueries();
    },
  });
}

async function readClock(response: Response): Promise<string> {
  const { now } = (await response.json()) as { now: string };
  setPresent(now);
  return now;
}
