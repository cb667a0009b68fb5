/** The French and English rule for our counts: one form for 0 and 1 in French, see `en` for 0. */
export function plural(n: number, one: string, other: string): string {
  return Math.abs(n) < 2 ? one : other;
}
