let offset = 0;

/** The system's present, in milliseconds: the local mode's clock may be months ahead of the device. */
export function now(): number {
  return Date.now() + offset;
}

export function setPresent(instant: string): void {
  offset = new Date(instant).getTime() - Date.now();
}

/** Today's date in a zone, `YYYY-MM-DD`. */
export function today(zone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(now());
}
