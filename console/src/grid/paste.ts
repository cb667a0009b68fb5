import type { Format } from "../i18n/format";
import { type Column, type Row, tidied } from "./columns";

/** Where a cell is, counted from 0. */
export interface Place {
  row: number;
  column: number;
}

/**
 * The cells of a table that was copied from a spreadsheet: rows of tab-separated cells, in quotes where
 * a cell has line breaks, tabs or quotes itself. Rows without any text are left out.
 */
export function tableIn(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  for (;;) {
    const found = cells.exec(text) ?? bare(text, cells);
    const [whole, quoted, plain = "", end] = found;
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "" || whole === "") break;
    if (end !== "\t") rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell.trim() !== ""));
}

/** A cell that begins with a quote and is not in quotes. */
function bare(text: string, cells: RegExp): RegExpExecArray {
  const rest = /()?([^\t\r\n]*)(\t|\r\n|\n|\r|$)/y;
  rest.lastIndex = cells.lastIndex;
  const found = rest.exec(text) as RegExpExecArray;
  cells.lastIndex = rest.lastIndex;
  return found;
}

/** Is it more than the text of one cell? */
export function isTable(table: string[][]): boolean {
  return table.length > 1 || (table[0]?.length ?? 0) > 1;
}

interface Sheet<R extends Row> {
  rows: R[];
  columns: readonly Column[];
  newRow: () => R;
  /** Rows that there may be. */
  most: number;
}

interface Pasted<R extends Row> {
  rows: R[];
  /** Rows that were written, and those that found no room. */
  written: number;
  left: number;
}

/**
 * The rows with a table written over them from `place` on, and more where they do not suffice. A first
 * row that names columns says where the others belong.
 */
export function pasted<R extends Row>(
  { rows, columns, newRow, most }: Sheet<R>,
  place: Place,
  table: string[][],
  format: Format,
): Pasted<R> {
  const named = columnsNamedIn(table[0] ?? [], columns);
  const given = named ? table.slice(1) : table;
  const targets = named ?? columns.slice(place.column);
  const room = given.slice(0, most - place.row);
  const next = [...rows];
  for (const [n, cells] of room.entries()) {
    const row: Row = { ...(next[place.row + n] ?? newRow()) };
    for (const [at, cell] of cells.entries()) {
      const column = targets[at];
      if (column) row[column.key] = tidied(cell, column, format);
    }
    next[place.row + n] = row as R;
  }
  return { rows: next, written: room.length, left: given.length - room.length };
}

/** The columns that a row of headings names; null when it holds anything else. */
function columnsNamedIn(
  cells: string[],
  columns: readonly Column[],
): (Column | undefined)[] | null {
  const named = cells.map((cell) => columns.find(({ label }) => plain(label) === plain(cell)));
  const isHeading = cells.every((cell, at) => cell.trim() === "" || named[at] !== undefined);
  return isHeading && named.filter(Boolean).length > 1 ? named : null;
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}
