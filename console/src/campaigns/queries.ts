import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { once } from "../api/once";
import { pollEvery } from "../api/polling";
import type {
  CalendarBody,
  Campaign,
  CampaignBody,
  CampaignEdit,
  CampaignPage,
  CampaignStatus,
} from "../api/types";
import { WORDED } from "../api/useWording";
import { now } from "../ui/clock";

/** A page of the campaigns, newest first. */
export function useCampaigns(filters: { status: CampaignStatus | ""; cursor: string }) {
  const query = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ""));
  return useQuery({
    queryKey: ["campaigns", "list", filters],
    queryFn: ({ signal }) => answer(api.GET("/v1/campaigns", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => pollEvery(state.data?.items.some(isUnderWay)),
  });
}

export function useCampaign(id: string) {
  return useQuery({
    queryKey: ["campaigns", "one", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/campaigns/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => pollEvery(state.data && isUnderWay(state.data)),
  });
}

/** Is it sending, or about to? */
function isUnderWay({ status, next_run_at: next, last_send: last }: Campaign): boolean {
  const isDue = status === "active" && (!next || Date.parse(next) <= now());
  return isDue || last?.status === "queued";
}

export function useOccurrences(id: string, count: number) {
  return useQuery({
    queryKey: ["campaigns", "occurrences", id, count],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/v1/campaigns/{id}/occurrences", {
          params: { path: { id }, query: { count } },
          signal,
        }),
      ),
  });
}

/** The coming occurrences of a recurrence that is not saved. */
export function useComing(calendar: CalendarBody | null) {
  return useQuery({
    queryKey: ["campaigns", "coming", calendar],
    meta: WORDED,
    queryFn: ({ signal }) =>
      answer(api.POST("/v1/campaigns/occurrences", { body: calendar as CalendarBody, signal })),
    enabled: calendar !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  });
}

/** The coming sends of every campaign between two dates, both included. */
export function useUpcoming(from: string, to: string) {
  return useQuery({
    queryKey: ["campaigns", "upcoming", from, to],
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/upcoming", { params: { query: { from, to } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** «Mettre en pause» and «Reprendre», shown at once and undone when refused. */
export function usePause(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (action: "pause" | "resume") => act(id, action),
    onMutate: async (action) => {
      await cache.cancelQueries({ queryKey: ["campaigns"] });
      return showStatus(cache, id, action === "pause" ? "paused" : "active");
    },
    onError: (_error, _action, undo) => undo?.(),
    onSettled: () => void cache.invalidateQueries({ queryKey: ["campaigns"] }),
  });
}

/** Change a campaign's status in everything on screen; gives how to undo it. */
function showStatus(cache: QueryClient, id: string, status: CampaignStatus): () => void {
  const lists = cache.getQueriesData<CampaignPage>({ queryKey: ["campaigns", "list"] });
  const one = cache.getQueryData<Campaign>(["campaigns", "one", id]);
  for (const [key, page] of lists) {
    const items = page?.items.map((campaign) =>
      campaign.id === id ? { ...campaign, status } : campaign,
    );
    if (page && items) cache.setQueryData(key, { ...page, items });
  }
  if (one) cache.setQueryData(["campaigns", "one", id], { ...one, status });
  return () => {
    for (const [key, page] of lists) cache.setQueryData(key, page);
    cache.setQueryData(["campaigns", "one", id], one);
  };
}

export type Action = "skip" | "unskip" | "test" | "run" | "duplicate";

/** The other things that may be done to a campaign as it stands. */
export function useCampaignAction(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (action: Action) => act(id, action),
    onSuccess: () => {
      const look = () => {
        void cache.invalidateQueries({ queryKey: ["sends"] });
        void cache.invalidateQueries({ queryKey: ["campaigns"] });
      };
      look();
      for (const wait of MADE_WITHIN_MS) setTimeout(look, wait);
    },
  });
}

/** A run or a test is made by another worker: its send comes some seconds after the answer. */
const MADE_WITHIN_MS = [2_000, 5_000, 15_000];

async function act(id: string, action: "pause" | "resume" | Action): Promise<void> {
  const path = { id };
  const params = { path };
  const keyed = (key: string) => ({ params: { path, header: { "Idempotency-Key": key } } });
  const name = `${action} ${id}`;
  switch (action) {
    case "pause":
      return void (await api.POST("/v1/campaigns/{id}/pause", { params }));
    case "resume":
      return void (await api.POST("/v1/campaigns/{id}/resume", { params }));
    case "skip":
      return void (await api.POST("/v1/campaigns/{id}/skip", { params }));
    case "unskip":
      return void (await api.POST("/v1/campaigns/{id}/unskip", { params }));
    case "test":
      return void (await once(name, (key) => api.POST("/v1/campaigns/{id}/test", keyed(key))));
    case "run":
      return void (await once(name, (key) => api.POST("/v1/campaigns/{id}/run", keyed(key))));
    case "duplicate":
      return void (await once(name, (key) => api.POST("/v1/campaigns/{id}/duplicate", keyed(key))));
  }
}

export function useDeleteCampaign(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/v1/campaigns/{id}", { params: { path: { id } } })),
    onSuccess: () => {
      cache.removeQueries({ queryKey: ["campaigns", "one", id] });
      void cache.invalidateQueries({ queryKey: ["campaigns", "list"] });
    },
  });
}

/** Creates a campaign. */
export function useCreateCampaign() {
  const remembered = useRemembered();
  return (body: CampaignBody, key: string) =>
    remembered(api.POST("/v1/campaigns", { params: { header: { "Idempotency-Key": key } }, body }));
}

/** Replaces a campaign's settings; its version is the one that was read. */
export function useReplaceCampaign(id: string) {
  const remembered = useRemembered();
  return (body: CampaignEdit) =>
    remembered(api.PUT("/v1/campaigns/{id}", { params: { path: { id } }, body }));
}

/** Fetches a campaign as it is stored now. */
export function useFetchCampaign(id: string) {
  const remembered = useRemembered();
  return () => remembered(api.GET("/v1/campaigns/{id}", { params: { path: { id } } }));
}

/** Shows a campaign that came by another way wherever it is shown. */
function useRemembered(): (call: Promise<{ data?: Campaign }>) => Promise<Campaign> {
  const cache = useQueryClient();
  return async (call) => {
    const campaign = await answer(call);
    cache.setQueryData(["campaigns", "one", campaign.id], campaign);
    void cache.invalidateQueries({ queryKey: ["campaigns"] });
    return campaign;
  };
}
