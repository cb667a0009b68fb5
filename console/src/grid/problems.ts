import type { ReactNode } from "react";
import type { Dictionary } from "../i18n/dictionary";
import { type Column, problemIn, type Row } from "./columns";
import type { Place } from "./paste";

export interface CellProblem extends Place {
  path: string;
  message: ReactNode;
}

interface Checked {
  path: string;
  rows: readonly Row[];
  columns: readonly Column[];
  /** The API's problems, by the paths of their fields. */
  errors: Record<string, ReactNode>;
}

/** What is wrong in the cells of every page, in order: what the API says, else what can be told here. */
export function problemsOf({ path, rows, columns, errors }: Checked, t: Dictionary): CellProblem[] {
  const problems: CellProblem[] = [];
  for (const [row, cells] of rows.entries()) {
    for (const [column, of] of columns.entries()) {
      const cell = `${path}.${row}.${of.key}`;
      const message = errors[cell] ?? problemIn(cells[of.key] ?? "", of, t);
      if (message) problems.push({ row, column, path: cell, message });
    }
  }
  return problems;
}
