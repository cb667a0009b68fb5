const BUSY_MS = 5_000;
const QUIET_MS = 60_000;

/** How long to wait before asking again: less while something is under way. */
export function pollEvery(isBusy: boolean | undefined): number {
  return isBusy ? BUSY_MS : QUIET_MS;
}
