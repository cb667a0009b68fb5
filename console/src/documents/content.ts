import type { UseFormReturnType } from "@mantine/form";
import type { DocumentBody, DocumentType } from "../api/types";
import type { Line } from "./lines";

type Given<Type extends DocumentType> = Extract<DocumentBody, { type: Type }>;
type WithLines<Body> = Body extends { lines: unknown }
  ? Omit<Body, "lines"> & { lines: Line[] }
  : Body;

/** The content of a document of one type as its form holds it: figures are text. */
export type ContentOf<Type extends DocumentType> = WithLines<Given<Type>>;
export type Content = { [Type in DocumentType]: ContentOf<Type> }[DocumentType];
export type ContentForm = UseFormReturnType<Content>;

/** Lines or entries that the API takes at most. */
export const MOST_ROWS = 1_000;

/** A client or a supplier that nothing is known of yet. */
export const newParty = () => ({ name: "", address: [], email: "", siren: "", vat_number: "" });

/** A party without the blank lines of its address. */
export function cleanParty<P extends { address?: string[] }>(party: P): P {
  return { ...party, address: withoutBlanks(party.address) };
}

export function withoutBlanks(lines: string[] | undefined): string[] | undefined {
  return lines?.filter((line) => line.trim());
}
