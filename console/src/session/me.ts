import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../api/client";

/** Who the API says is calling, and their role: asked once, when the page opens. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    queryFn: ({ signal }) => answer(api.GET("/v1/me", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
