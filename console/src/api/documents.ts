import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";

/** One document, as every screen asks for it. */
export function documentQuery(id: string) {
  return queryOptions({
    queryKey: ["documents", "one", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/documents/{id}", { params: { path: { id } }, signal })),
  });
}
