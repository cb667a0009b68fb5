import type { DocumentBody } from "../api/types";
import { withoutBlankEnd } from "../grid/columns";

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

/** Entries as they are sent: no blank ones at the end. */
export function cleanEntries(entries: Entry[]): Entry[] {
  return withoutBlankEnd(entries, newEntry());
}
