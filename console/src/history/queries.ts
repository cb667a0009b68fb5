import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { once } from "../api/once";
import { pollEvery } from "../api/polling";
import { WORDED } from "../api/useWording";
import { isUnderWay } from "./failures";
import { type Filters, queryOf } from "./filters";

/** A page of the history, kept up to date by itself. */
export function useSends(filters: Filters) {
  return useQuery({
    queryKey: ["sends", "list", filters],
    meta: WORDED,
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/sends", { params: { query: queryOf(filters) }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => pollEvery(state.data?.items.some(isUnderWay)),
    refetchOnWindowFocus: "always",
  });
}

/** How one send in full is asked for. */
export const sendQuery = (id: string) =>
  queryOptions({
    queryKey: ["sends", "one", id],
    meta: WORDED,
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/sends/{id}", { params: { path: { id } }, signal })),
  });

/** One send in full. */
export function useSend(id: string) {
  return useQuery({
    ...sendQuery(id),
    refetchInterval: ({ state }) => pollEvery(state.data && isUnderWay(state.data)),
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
    refetchInterval: ({ state }) => pollEvery(state.data?.items.some(isUnderWay)),
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
    onSuccess: () => {
      lookAgain(cache);
      for (const wait of DELIVERED_WITHIN_MS) setTimeout(() => lookAgain(cache), wait);
    },
  });
}

/** When a retry's mail is most likely to have been accepted. */
const DELIVERED_WITHIN_MS = [2_000, 5_000, 15_000];

/** «Marquer comme traité» and «Rouvrir». */
export function useResolve(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (action: "resolve" | "reopen") =>
      answer(
        action === "resolve"
          ? api.POST("/v1/sends/{id}/resolve", { params: { path: { id } } })
          : api.POST("/v1/sends/{id}/reopen", { params: { path: { id } } }),
      ),
    onSuccess: (send) => {
      cache.setQueryData(sendQuery(id).queryKey, send);
      lookAgain(cache);
    },
  });
}

/** Whatever shows failures: the history, the banner and the last sends of campaigns. */
function lookAgain(cache: QueryClient): void {
  for (const key of ["sends", "failures", "campaigns"]) {
    void cache.invalidateQueries({ queryKey: [key] });
  }
}
