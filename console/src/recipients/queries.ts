import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { Campaign, Group, GroupBody, GroupEdit, GroupRow, KnownRecipient } from "../api/types";
import { WORDED } from "../api/useWording";

const FRESH_MS = 60_000;
/** Groups, or campaigns, in one answer. */
const MOST_AT_ONCE = 100;

/** Addresses written to before that fit what is typed; those of the last text stay meanwhile. */
export function useKnownRecipients(q: string, enabled: boolean) {
  return useQuery({
    queryKey: ["recipients", "list", q],
    meta: WORDED,
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/recipients", { params: { query: { q } }, signal })),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    retry: false,
  });
}

/** What is known of each of these addresses, as far as it has come. */
export function useStandings(addresses: string[]): Map<string, KnownRecipient> {
  const found = useQueries({
    queries: addresses.map((address) => ({
      queryKey: ["recipients", "one", address.toLowerCase()],
      meta: WORDED,
      queryFn: ({ signal }: { signal: AbortSignal }) => findRecipient(address, signal),
      staleTime: FRESH_MS,
      retry: false,
    })),
  });
  return new Map(found.flatMap(({ data }, n) => (data ? [[addresses[n] ?? "", data]] : [])));
}

async function findRecipient(address: string, signal: AbortSignal): Promise<KnownRecipient | null> {
  const query = { q: address };
  const { items } = await answer(api.GET("/v1/recipients", { params: { query }, signal }));
  return items.find((one) => one.address.toLowerCase() === address.toLowerCase()) ?? null;
}

/** Every group by name, for fields that propose or show some. */
export function useAllGroups(enabled: boolean) {
  return useQuery({
    queryKey: ["groups", "all"],
    queryFn: ({ signal }) => allGroups(signal),
    enabled,
    staleTime: FRESH_MS,
    retry: false,
  });
}

async function allGroups(signal: AbortSignal): Promise<GroupRow[]> {
  const groups: GroupRow[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = { limit: MOST_AT_ONCE };
    if (cursor !== null) query.cursor = cursor;
    const page = await answer(api.GET("/v1/groups", { params: { query }, signal }));
    groups.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return groups.sort((one, other) => one.name.localeCompare(other.name));
}

/** A page of the groups, newest first. */
export function useGroups(cursor: string) {
  const query = cursor === "" ? {} : { cursor };
  return useQuery({
    queryKey: ["groups", "list", cursor],
    queryFn: ({ signal }) => answer(api.GET("/v1/groups", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

function groupQuery(id: string) {
  return queryOptions({
    queryKey: ["groups", "one", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/v1/groups/{id}", { params: { path: { id } }, signal })),
  });
}

export function useGroup(id: string) {
  return useQuery(groupQuery(id));
}

/** How many addresses some recipients and groups are, each counted once. */
export function useCount(recipients: string[], groups: string[]): number {
  const found = useQueries({
    queries: groups.map((id) => ({ ...groupQuery(id), staleTime: FRESH_MS, retry: false })),
  });
  return countOf(
    recipients,
    found.flatMap(({ data }) => data ?? []),
  );
}

/** The same, asked for when it is needed. */
export function useAskCount(): (recipients: string[], groups: string[]) => Promise<number> {
  const cache = useQueryClient();
  return async (recipients, groups) =>
    countOf(recipients, await Promise.all(groups.map((id) => cache.fetchQuery(groupQuery(id)))));
}

function countOf(recipients: string[], groups: Group[]): number {
  const all = [
    ...recipients,
    ...groups.flatMap(({ addresses }) => addresses.map(({ address }) => address)),
  ];
  return new Set(all.map((address) => address.toLowerCase())).size;
}

/** Creates a group. */
export function useCreateGroup() {
  const remembered = useRemembered();
  return (body: GroupBody, key: string) =>
    remembered(api.POST("/v1/groups", { params: { header: { "Idempotency-Key": key } }, body }));
}

/** Replaces a group; its version is the one that was read. */
export function useReplaceGroup(id: string) {
  const remembered = useRemembered();
  return (body: GroupEdit) =>
    remembered(api.PUT("/v1/groups/{id}", { params: { path: { id } }, body }));
}

/** Fetches a group as it is stored now. */
export function useFetchGroup(id: string) {
  const remembered = useRemembered();
  return () => remembered(api.GET("/v1/groups/{id}", { params: { path: { id } } }));
}

/** Shows a group that came by another way wherever it is shown. */
function useRemembered(): (call: Promise<{ data?: Group }>) => Promise<Group> {
  const cache = useQueryClient();
  return async (call) => {
    const group = await answer(call);
    cache.setQueryData(groupQuery(group.id).queryKey, group);
    void cache.invalidateQueries({ queryKey: ["groups"] });
    return group;
  };
}

export function useDeleteGroup(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/v1/groups/{id}", { params: { path: { id } } })),
    onSuccess: () => {
      cache.removeQueries(groupQuery(id));
      void cache.invalidateQueries({ queryKey: ["groups"] });
    },
  });
}

/** The campaigns that send to a group. */
export function useCampaignsOf(group: string) {
  return useQuery({
    queryKey: ["campaigns", "of-group", group],
    queryFn: ({ signal }) => campaignsOf(group, signal),
    gcTime: 0,
  });
}

async function campaignsOf(group: string, signal: AbortSignal): Promise<Campaign[]> {
  const using: Campaign[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = { limit: MOST_AT_ONCE };
    if (cursor !== null) query.cursor = cursor;
    const page = await answer(api.GET("/v1/campaigns", { params: { query }, signal }));
    using.push(...page.items.filter(({ groups }) => groups.includes(group)));
    cursor = page.next;
  } while (cursor !== null);
  return using;
}
