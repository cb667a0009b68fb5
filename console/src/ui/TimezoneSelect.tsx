import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import { useMemo } from "react";

/** A time zone by its IANA name, grouped by region; typing in the list finds one. */
export function TimezoneSelect(props: NativeSelectProps) {
  const data = useMemo(
    () => grouped(Intl.supportedValuesOf("timeZone"), String(props.value)),
    [props.value],
  );
  return <NativeSelect {...props} data={data} />;
}

function grouped(
  zones: string[],
  chosen: string,
): { group: string; items: { value: string; label: string }[] }[] {
  const all = zones.includes(chosen) ? zones : [chosen, ...zones];
  const regions = new Map<string, { value: string; label: string }[]>();
  for (const value of all) {
    const region = value.includes("/") ? value.slice(0, value.indexOf("/")) : value;
    const items = regions.get(region) ?? [];
    items.push({ value, label: value.replaceAll("_", " ") });
    regions.set(region, items);
  }
  return [...regions].map(([group, items]) => ({ group, items }));
}
