export const SEPARATORS = /[\s,;]+/;
const PLAUSIBLE = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/;

const NAMED = /(?<=^|[\s,;])(?:"[^"]*"\s*|(?:[^\s,;<>"@]+[ \t]+)*)<([^<>]*)>/g;

/** The addresses in a typed or pasted text; of «Jean Petit <jean@…>», as address books copy it, what stands between < and >. */
export function addressesIn(text: string): string[] {
  return text
    .replace(NAMED, " $1 ")
    .split(SEPARATORS)
    .filter((word) => word !== "");
}

/** Could it be an address? The API judges for good. */
export function isPlausible(address: string): boolean {
  return PLAUSIBLE.test(address);
}

/** Has an address ended in what is being typed? A space may also stand within a name. */
export function isEnded(typed: string): boolean {
  return /[,;\n]/.test(typed) || /@\S*\s/.test(typed);
}

export function withoutDuplicates(addresses: string[]): string[] {
  const seen = new Set<string>();
  return addresses.filter((address) => {
    const key = address.toLowerCase();
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}
