import { describe, expect, it } from "vitest";
import { sentences as en } from "../src/i18n/languages/en";
import { sentences as fr } from "../src/i18n/languages/fr";
import { unusedSentences } from "./unused";

/** Every sentence of a dictionary with its path; those that take figures or words are given 1 and 2. */
function sentences(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    return [1, 2].map((given): [string, string] => [path, String(value(given, given, given))]);
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
}

const NARROW = "\u202f";
const WIDE = "\u00a0";
const RULES: [string, RegExp][] = [
  ["a narrow no-break space before ; ? !", new RegExp(`[^${NARROW}][;?!]`)],
  ["a no-break space before :", new RegExp(`[^${WIDE}\\d]:(?!\\d|//)`)],
  ["a no-break space after «", new RegExp(`«[^${WIDE}]`)],
  ["a no-break space before »", new RegExp(`[^${WIDE}]»`)],
  ["a no-break space before %", new RegExp(`[^${WIDE}]%`)],
  ["a curly apostrophe", /'/],
  ["an ellipsis in one character", /\.\.\./],
  ["no two plain spaces in a row", / {2}/],
];

describe("the French dictionary", () => {
  it.each(RULES)("has %s everywhere", (_, wrong) => {
    const found = sentences(fr).filter(([, text]) => wrong.test(text));

    expect(found).toEqual([]);
  });

  it("leaves no sentence empty", () => {
    expect(sentences(fr).filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("has no sentence that nobody reads", { timeout: 60_000 }, () => {
    expect(unusedSentences()).toEqual([]);
  });
});

describe("the English dictionary", () => {
  it("has the very sentences of the French one", () => {
    const paths = (dictionary: unknown) => [
      ...new Set(sentences(dictionary).map(([path]) => path)),
    ];

    expect(paths(en).sort()).toEqual(paths(fr).sort());
  });

  it("translates every sentence, but for what is the same in both languages", () => {
    const french = new Map(sentences(fr));

    const untranslated = sentences(en).filter(
      ([path, text]) => text.length > 16 && french.get(path) === text,
    );

    expect(untranslated).toEqual([]);
  });

  it("has curly apostrophes and no French punctuation", () => {
    const found = sentences(en).filter(([, text]) => /'|«|»|\u202f/.test(text));

    expect(found).toEqual([]);
  });
});
