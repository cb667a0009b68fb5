import type { Dictionary } from "./dictionary";
import type { Heading } from "./heading";
import { sentences as french } from "./languages/fr";

/** A language by the name of its file in `languages/`: «fr». */
export type Language = string;

/** The language of a first visit; its sentences come with the first screen. */
export const FIRST: Language = "fr";

// Every file a second time, for its heading alone: the sentences of this copy are not bundled.
const headings = import.meta.glob<Heading>("./languages/*.ts", {
  eager: true,
  import: "heading",
  query: "?heading",
});
const others = import.meta.glob<Dictionary>(["./languages/*.ts", "!./languages/fr.ts"], {
  import: "sentences",
});

/** Every language that has a file, as menus offer them: the first visit's on top. */
export const LANGUAGES: { code: Language; name: string }[] = Object.entries(headings)
  .map(([path, { name }]) => ({ code: path.replace(/^.*\/|\.ts$/g, ""), name }))
  .sort(
    (one, other) =>
      Number(other.code === FIRST) - Number(one.code === FIRST) ||
      one.name.localeCompare(other.name),
  );

export function headingOf(language: Language): Heading {
  const heading = headings[pathOf(language)];
  if (heading === undefined) throw new Error(`No language "${language}"`);
  return heading;
}

/** The sentences of a language, fetched unless they are those of a first visit. */
export async function loadDictionary(language: Language): Promise<Dictionary> {
  return (await others[pathOf(language)]?.()) ?? french;
}

function pathOf(language: Language): string {
  return `./languages/${language}.ts`;
}
