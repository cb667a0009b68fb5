import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { once } from "../api/once";
import { pollEvery } from "../api/polling";
import type { SendRow } from "../api/types";
import { WORDED } from "../api/useWording";
import { type Filters, queryOf } from "./filters";

const isQueued = ({ status }: Pick<SendRow, "status">) => status === "queued";

/** A page of the history, kept up to date by itself. */
export function useSends(filters: Filters) {
  return useQuery({
    queryKey: ["sends", "list", filters],
    meta: WORDED,
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/sends", { params: { query: queryOf(filters) }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => pollEvery(state.data?.items.some(isQueued)),
    refetchOnWindowFocus: "always",
  });
}

/** One send in full. */
export function useSend(id: string) {
  return useQuery({
    queryKey: ["sends", "one", id],
    meta: WORDED,
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/sends/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => pollEvery(state.data && isQueued(state.data)),
  });
}

/** The latest sends of one document or campaign. */
export function useSendsOf(of: { document: string } | { campaign: string }) {
  const query = "document" in of ? { document_id: of.document } : { campaign_id: of.campaign };
  return useQuery({
    queryKey: ["sends", "of", query],
    meta: WORDED,
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/sends", { params: { query: { ...query, limit: 5 } }, signal })),
    refetchInterval: ({ state }) => pollEvery(state.data?.items.some(isQueued)),
  });
}

/** Send again to those that failed, some under corrected addresses. */
export function useRetry(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (corrections: Record<string, string>) =>
      once(`retry ${id} ${JSON.stringify(corrections)}`, (key) =>
        answer(
          api.POST("/v1/sends/{id}/retry", {
            params: { path: { id }, header: { "Idempotency-Key": key } },
            body: { corrections },
          }),
        ),
      ),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ["sends"] }),
  });
}
