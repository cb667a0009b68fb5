import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { PreviewBody, SendBody } from "../api/types";
import { WORDED } from "../api/useWording";

/** The send form of a document as the API fills it in. */
export function useEmailForm(id: string) {
  return useQuery({
    queryKey: ["documents", "email", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/documents/{id}/email", { params: { path: { id } }, signal })),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** Its links to PDFs live for fifteen minutes. */
const LINKS_RENEWED_MS = 10 * 60_000;

/** An unsaved draft as it would be mailed; the last good one stays while the next is made. */
export function usePreview(body: PreviewBody | null) {
  return useQuery({
    queryKey: ["preview", body],
    meta: WORDED,
    queryFn: ({ signal }) => answer(api.POST("/v1/preview", { body: body as PreviewBody, signal })),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
    refetchInterval: LINKS_RENEWED_MS,
  });
}

/** Sends documents at once. */
export function useCreateSend() {
  const cache = useQueryClient();
  return async (body: SendBody, key: string) => {
    const params = { header: { "Idempotency-Key": key } };
    const send = await answer(api.POST("/v1/sends", { params, body }));
    void cache.invalidateQueries({ queryKey: ["sends"] });
    void cache.invalidateQueries({ queryKey: ["documents"] });
    return send;
  };
}
