const PREFIX = "facteur.draft.";

/** What is typed and not saved yet. */
export interface Draft<Values, Read> {
  values: Values;
  /** What was read before typing began, as a save must tell it. */
  read: Read;
  /** The last request made of these values, so that trying it again is the same request. */
  request?: { content: string; key: string };
}

/** Where a person's draft is kept in this tab; another person's stands elsewhere. */
export function placeOf(owner: string, key: string): string {
  return `${PREFIX}${owner}.${key}`;
}

export function readDraft<Values, Read>(place: string): Draft<Values, Read> | null {
  const text = sessionStorage.getItem(place);
  return text === null ? null : (JSON.parse(text) as Draft<Values, Read>);
}

/** Is something typed there and not saved? */
export function hasDraft(place: string): boolean {
  return sessionStorage.getItem(place) !== null;
}

export function writeDraft<Values, Read>(place: string, draft: Draft<Values, Read>): void {
  sessionStorage.setItem(place, JSON.stringify(draft));
}

export function forgetDraft(place: string): void {
  sessionStorage.removeItem(place);
}

/** Is something typed anywhere in this tab that is neither saved nor sent? */
export function hasDrafts(): boolean {
  return Object.keys(sessionStorage).some((place) => place.startsWith(PREFIX));
}

/** Leave nothing behind on a machine that others use. */
export function forgetDrafts(): void {
  for (const place of Object.keys(sessionStorage)) {
    if (place.startsWith(PREFIX)) forgetDraft(place);
  }
}
