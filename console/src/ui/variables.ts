export const VARIABLES = ["document_name", "document_number", "date"] as const;
export type Variable = (typeof VARIABLES)[number];

const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

type Mistake = { kind: "unknown"; name: string } | { kind: "unbalanced" };

/** What is wrong with the braces of a text, as the API will judge it. */
export function mistakesIn(text: string): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const [token, name] of text.matchAll(TOKEN)) {
    if (name !== undefined && !VARIABLES.some((known) => known === name))
      mistakes.push({ kind: "unknown", name: token });
    else if (token === "{" || token === "}") mistakes.push({ kind: "unbalanced" });
  }
  return mistakes;
}

/** A text that, its variables replaced, comes back as it is. */
export function escapeBraces(text: string): string {
  return text.replaceAll("{", "{{").replaceAll("}", "}}");
}
