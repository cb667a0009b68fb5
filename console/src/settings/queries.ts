import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { Profile, ProfileBody, Settings, SettingsBody } from "../api/types";

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

/** The profile, saved or fetched now, for the whole page. */
export function useStoredProfile() {
  const remembered = useRemembered<Profile>("profile");
  return {
    save: (body: ProfileBody) => remembered(api.PUT("/v1/profile", { body })),
    fetchStored: () => remembered(api.GET("/v1/profile")),
  };
}

/** The organization's settings, saved or fetched now, for the whole page. */
export function useStoredSettings() {
  const remembered = useRemembered<Settings>("settings");
  return {
    save: (body: SettingsBody) => remembered(api.PUT("/v1/settings", { body })),
    fetchStored: () => remembered(api.GET("/v1/settings")),
  };
}

function useRemembered<T>(key: string): (call: Promise<{ data?: T }>) => Promise<T> {
  const cache = useQueryClient();
  return async (call) => {
    const stored = await answer(call);
    cache.setQueryData([key], stored);
    return stored;
  };
}
