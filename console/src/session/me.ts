import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../api/client";

/** What the organization may still send today: asked anew whenever it is shown. */
export function useLimits() {
  return useQuery({
    queryKey: ["limits"],
    queryFn: async ({ signal }) => (await answer(api.GET("/v1/me", { signal }))).limits,
    staleTime: 0,
  });
}

/** Who the API says is calling, and their role: asked once, when the page opens. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    queryFn: ({ signal }) => answer(api.GET("/v1/me", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
