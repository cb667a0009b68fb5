import { isTime, timeIn } from "../ui/times";
import type { Content } from "./content";
import type { Entry } from "./entries";
import type { Line } from "./lines";
import { cleaned, definitionOf } from "./registry";

/** What stands where something is still to be typed. */
const MISSING = "…";

/** An unfinished content as its PDF shows it: what the API requires and is not there yet is left open. */
export function printable(content: Content): Content {
  const { numbered } = definitionOf(content.type);
  const body = cleaned(content);
  const named = numbered
    ? { ...body, number: filled(body.number) }
    : { ...body, name: filled(body.name) };
  return withRows(named as Content);
}

function withRows(content: Content): Content {
  switch (content.type) {
    case "staff_list":
      return { ...content, entries: content.entries.map(openEntry) };
    case "invoice":
      return { ...content, client: openParty(content.client), lines: content.lines.map(openLine) };
    case "purchase_order":
      return {
        ...content,
        supplier: openParty(content.supplier),
        lines: content.lines.map(openLine),
      };
  }
}

function openParty<P extends { name: string }>(party: P): P {
  return { ...party, name: filled(party.name) };
}

function openLine(line: Line): Line {
  return {
    ...line,
    description: filled(line.description),
    quantity: line.quantity.trim() || "0",
    unit_price: line.unit_price.trim() || "0",
    vat_rate: line.vat_rate.trim() || "0",
  };
}

function openEntry(entry: Entry): Entry {
  return {
    ...entry,
    last_name: filled(entry.last_name),
    start: openTime(entry.start),
    end: openTime(entry.end),
  };
}

/** An hour of which only a part is typed is none yet. */
function openTime(typed = ""): string {
  const time = timeIn(typed);
  return isTime(time) ? time : "";
}

function filled(text = ""): string {
  return text.trim() || MISSING;
}
