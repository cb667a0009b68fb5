import type { Document, DocumentBody, DocumentType } from "../api/types";
import type { Language } from "../i18n/language";

type Given<Type extends DocumentType> = Extract<DocumentBody, { type: Type }>;
/** A line as it is typed: figures stay text until the API has judged them. */
export type Line = { [Field in keyof Given<"invoice">["lines"][number]]-?: string };
export type Entry = Given<"staff_list">["entries"][number];
type Typed<Type extends "invoice" | "purchase_order"> = Omit<Given<Type>, "lines"> & {
  lines: Line[];
};
export type Content = Given<"staff_list"> | Typed<"invoice"> | Typed<"purchase_order">;

export const newEntry = (): Entry => ({
  last_name: "",
  first_name: "",
  position: "",
  phone: "",
  email: "",
  start: "",
  end: "",
  notes: "",
});

export const newLine = (): Line => ({
  description: "",
  quantity: "1",
  unit: "",
  unit_price: "",
  vat_rate: "20",
});

const newParty = () => ({ name: "", address: [], email: "", siren: "", vat_number: "" });

/** An empty document of a type, dated today. */
export function newContent(type: DocumentType, date: string): Content {
  switch (type) {
    case "staff_list":
      return { type, name: "", number: "", date, site: "", notes: "", entries: [newEntry()] };
    case "invoice":
      return {
        ...{
          type,
          number: "",
          name: "",
          date,
          due_date: null,
          delivery_date: null,
          order_number: "",
        },
        ...{ payment_terms: "", operation: null, vat_on_debits: false, notes: "" },
        ...{ client: newParty(), lines: [newLine()] },
      };
    case "purchase_order":
      return {
        ...{ type, number: "", name: "", date, delivery_date: null, delivery_address: [] },
        ...{ payment_terms: "", notes: "", supplier: newParty(), lines: [newLine()] },
      };
  }
}

/** What a person may change of a document, its figures as people type them in their language. */
export function contentOf(document: Document, language: Language): Content {
  const { id, status, version, created_at, updated_at, ...rest } = document;
  const content = rest as Content;
  if (content.type === "staff_list" || language !== "fr") return content;
  return { ...content, lines: content.lines.map((line) => figures(line, withComma)) };
}

function figures(line: Line, change: (figure: string) => string): Line {
  const { quantity, unit_price, vat_rate } = line;
  return {
    ...line,
    quantity: change(quantity),
    unit_price: change(unit_price),
    vat_rate: change(vat_rate),
  };
}

const withComma = (figure: string) => figure.replace(".", ",");

/** The content as it is sent: blank lines of addresses dropped, decimal commas made points. */
export function cleaned<C extends Content>(content: C): C {
  if (content.type === "staff_list") return content;
  const lines = content.lines.map((line) => figures(line, decimal));
  if (content.type === "invoice") return { ...content, lines, client: cleanParty(content.client) };
  const delivery_address = content.delivery_address?.filter((line) => line.trim());
  return { ...content, lines, delivery_address, supplier: cleanParty(content.supplier) };
}

function cleanParty<P extends { address?: string[] }>(party: P): P {
  return { ...party, address: party.address?.filter((line) => line.trim()) };
}

/** «1 234,50» as people type it, to «1234.50» as the API reads it. */
export function decimal(typed: string): string {
  return typed.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
}
