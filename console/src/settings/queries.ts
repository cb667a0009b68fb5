import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { ProfileBody, SettingsBody } from "../api/types";

const RARELY = 5 * 60_000;

export function useSettings() {
  return useQuery({
    queryKey: ["settings"],
    queryFn: ({ signal }) => answer(api.GET("/v1/settings", { signal })),
    staleTime: RARELY,
  });
}

export function useProfile() {
  return useQuery({
    queryKey: ["profile"],
    queryFn: ({ signal }) => answer(api.GET("/v1/profile", { signal })),
    staleTime: RARELY,
  });
}

/** The organization's time zone, in which the history shows its times. */
export function useZone(): string {
  return useSettings().data?.timezone ?? "Europe/Paris";
}

export function useSaveProfile() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ProfileBody) => answer(api.PUT("/v1/profile", { body })),
    onSuccess: (profile) => cache.setQueryData(["profile"], profile),
  });
}

export function useSaveSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: SettingsBody) => answer(api.PUT("/v1/settings", { body })),
    onSuccess: (settings) => cache.setQueryData(["settings"], settings),
  });
}
