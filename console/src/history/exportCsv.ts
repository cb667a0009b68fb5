import { fetchRaw } from "../api/client";
import { today } from "../ui/clock";
import { type Filters, queryOf } from "./filters";

/** Download the sends that the filters leave, as a file dated today in a zone. */
export async function exportCsv(filters: Filters, zone: string): Promise<void> {
  const query = new URLSearchParams(queryOf({ ...filters, cursor: "" }));
  const response = await fetchRaw(`/v1/sends.csv?${query}`, "text/csv");
  // `text()` would drop the mark by which spreadsheets know UTF-8.
  save(await response.blob(), `historique-${today(zone)}.csv`);
}

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
