import {
  keepPreviousData,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { documentQuery } from "../api/documents";
import { once } from "../api/once";
import type {
  Document,
  DocumentBody,
  DocumentEdit,
  DocumentStatus,
  DocumentType,
  DraftBody,
} from "../api/types";
import { WORDED } from "../api/useWording";

export interface DocumentFilters {
  q: string;
  type: DocumentType | "";
  status: DocumentStatus | "";
  cursor: string;
}

/** A page of the documents, newest first. */
export function useDocuments(filters: DocumentFilters) {
  const query = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ""));
  return useQuery({
    queryKey: ["documents", "list", filters],
    queryFn: ({ signal }) => answer(api.GET("/v1/documents", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useDocument(id: string) {
  return useQuery(documentQuery(id));
}

/** Documents by their ids, as far as they have come. */
export function useDocumentsOf(ids: string[]): Document[] {
  const found = useQueries({
    queries: ids.map((id) => ({ ...documentQuery(id), retry: false })),
  });
  return found.flatMap(({ data }) => data ?? []);
}

/** Is one of these documents a PDF that was imported? */
export function useChosenUpload(ids: string[]): boolean {
  return useDocumentsOf(ids).some((document) => "upload" in document);
}

/** A link to a document's PDF as it is stored now, for the few minutes that it lives. */
export function askPdf(id: string, signal?: AbortSignal) {
  return answer(api.GET("/v1/documents/{id}/pdf", { params: { path: { id } }, signal }));
}

/** The link of the PDF shown beside; fetched again after each edit and on each visit. */
export function usePdfLink(document: Pick<Document, "id" | "version" | "updated_at">) {
  const { id } = document;
  return useQuery({
    queryKey: ["documents", "pdf", id, document.version, document.updated_at],
    queryFn: ({ signal }) => askPdf(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** Links to PDFs of drafts live for fifteen minutes. */
const LINK_MS = 10 * 60_000;

/** The PDF of what is not saved, `body` in JSON, and what to look at in it; the last good answer stays meanwhile. */
export function useDraftPdf(body: string, enabled: boolean) {
  return useQuery({
    enabled,
    queryKey: ["documents", "draft", body],
    meta: WORDED,
    queryFn: ({ signal }) =>
      answer(api.POST("/v1/documents/preview", { body: JSON.parse(body) as DraftBody, signal })),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
    staleTime: LINK_MS,
    refetchInterval: LINK_MS,
    refetchOnWindowFocus: false,
  });
}

/** Creates a document. */
export function useCreateDocument() {
  const remembered = useRemembered();
  return (body: DocumentBody, key: string) =>
    remembered(api.POST("/v1/documents", { params: { header: { "Idempotency-Key": key } }, body }));
}

/** Replaces a document's content; its version is the one that was read. */
export function useReplaceDocument(id: string) {
  const remembered = useRemembered();
  return (body: DocumentEdit) =>
    remembered(api.PUT("/v1/documents/{id}", { params: { path: { id } }, body }));
}

/** Fetches a document as it is stored now. */
export function useFetchDocument(id: string) {
  const remembered = useRemembered();
  return () => remembered(api.GET("/v1/documents/{id}", { params: { path: { id } } }));
}

/** Shows a document that came by another way wherever it is shown. */
function useRemembered(): (call: Promise<{ data?: Document }>) => Promise<Document> {
  const cache = useQueryClient();
  return async (call) => {
    const document = await answer(call);
    cache.setQueryData(documentQuery(document.id).queryKey, document);
    void cache.invalidateQueries({ queryKey: ["documents", "list"] });
    return document;
  };
}

/** Publish a list, or mark an invoice or order as sent. */
export function usePublish(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/v1/documents/{id}/publish", { params: { path: { id } } })),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ["documents"] }),
  });
}

/** Take back to draft; the answer names the campaigns that will miss it. */
export function useUnpublish(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answer(api.POST("/v1/documents/{id}/unpublish", { params: { path: { id } } })),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ["documents"] }),
  });
}

export function useDeleteDocument(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/v1/documents/{id}", { params: { path: { id } } })),
    onSuccess: () => {
      cache.removeQueries(documentQuery(id));
      void cache.invalidateQueries({ queryKey: ["documents", "list"] });
    },
  });
}

/** Copies a document: a draft of today, with the next number. */
export function useDuplicate(id: string) {
  const remembered = useRemembered();
  return useMutation({
    mutationFn: () =>
      once(`duplicate ${id}`, (key) =>
        remembered(
          api.POST("/v1/documents/{id}/duplicate", {
            params: { path: { id }, header: { "Idempotency-Key": key } },
          }),
        ),
      ),
  });
}

/** The number that follows the last one, asked for anew by each new document; empty for none. */
export function useNextNumber(type: DocumentType) {
  return useQuery({
    queryKey: ["documents", "next-number", type],
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/documents/next-number", { params: { query: { type } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}

/** Clients or suppliers of earlier documents whose names have these words. */
export function useParties(type: DocumentType, q: string, enabled: boolean) {
  return useQuery({
    queryKey: ["documents", "parties", type, q],
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/parties", { params: { query: { type, q } }, signal })),
    enabled,
    staleTime: 60_000,
    retry: false,
  });
}
