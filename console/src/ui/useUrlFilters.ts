import { useCallback } from "react";
import { useSearchParams } from "wouter";

/** One of the values there are; an address may say anything. */
export function known<Value extends string>(values: readonly Value[], given: string): Value | "" {
  return values.find((value) => value === given) ?? "";
}

/**
 * What the address says, and how to change some of it, by the names it has there: empty values go,
 * and anything but a turn of the page starts again from the first.
 */
export function useUrlFilters<Key extends string>(names: Record<Key | "cursor", string>) {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changes: Partial<Record<Key | "cursor", string>>, options?: { replace?: boolean }) =>
      setParams((before) => {
        const next = new URLSearchParams(before);
        for (const [key, value] of Object.entries<string>({ cursor: "", ...changes })) {
          const name = names[key as Key];
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      }, options),
    [names, setParams],
  );
  const get = (key: Key | "cursor") => params.get(names[key]) ?? "";
  return { params, get, change };
}
