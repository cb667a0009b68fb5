import type { DocumentBody } from "../api/types";
import { timeIn } from "../ui/TimeField";

export type Entry = Extract<DocumentBody, { type: "staff_list" }>["entries"][number];

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

const COLUMNS = [
  "last_name",
  "first_name",
  "position",
  "phone",
  "email",
  "start",
  "end",
  "notes",
] as const;

/** Entries out of rows copied from a spreadsheet; none when the text is not a table. */
export function entriesIn(text: string): Entry[] {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== "");
  if (!text.includes("\t") && rows.length < 2) return [];
  return rows.map((row) => {
    const entry = newEntry();
    for (const [index, cell] of row.split("\t").entries()) {
      const column = COLUMNS[index];
      if (column)
        entry[column] = column === "start" || column === "end" ? timeIn(cell) : cell.trim();
    }
    return entry;
  });
}
