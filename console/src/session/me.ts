import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "../api/client";

const me = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => answer(api.GET("/v1/me", { signal })),
});

/** What the organization may still send today: asked again when it is shown. */
export function useLimits() {
  return useQuery({ ...me, staleTime: 2_000 }).data?.limits;
}

/** Who the API says is calling, and their role: asked once, when the page opens. */
export function useMe() {
  return useQuery({ ...me, staleTime: Number.POSITIVE_INFINITY });
}
