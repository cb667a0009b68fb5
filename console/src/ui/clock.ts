let offset = 0;

/** The system's present, in milliseconds: the local mode's clock may be months ahead of the device. */
export function now(): number {
  return Date.now() + offset;
}

export function setPresent(instant: string): void {
  offset = new Date(instant).getTime() - Date.now();
}

/** An instant as clocks show it in a zone, `YYYY-MM-DD HH:MM`. */
export function localTime(instant: string | number, zone: string): string {
  const style = { timeZone: zone, dateStyle: "short", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat("sv-SE", style).format(new Date(instant));
}

/** Today's date in a zone, `YYYY-MM-DD`. */
export function today(zone: string): string {
  return localTime(now(), zone).slice(0, 10);
}
