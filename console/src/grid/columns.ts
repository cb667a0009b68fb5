import type { Dictionary } from "../i18n/dictionary";
import type { Format } from "../i18n/format";
import { isTime, timeIn } from "../ui/times";
import { decimal, isFigure } from "./figures";

export type Row = { [key: string]: string | undefined };

/** What is typed into a column: `long` texts may have several lines. */
type Kind = "text" | "long" | "figure" | "time";

export interface Column {
  /** The field of a row that it shows. */
  key: string;
  label: string;
  kind: Kind;
  /** In rem; a column without one shares what is left. */
  width?: number;
  /** In rem, of a column without a width. */
  least?: number;
  required?: boolean;
  placeholder?: string;
  inputMode?: "tel" | "email";
}

/** A cell's text once it is left or pasted: «0830» reads 08:30, «1 234,50 €» reads 1234,50. */
export function tidied(text: string, { kind }: Column, format: Format): string {
  if (kind === "time") return timeIn(text);
  if (kind === "long") return text.trim();
  const line = text.replace(/\s+/g, " ").trim();
  const figure = decimal(line);
  return kind === "figure" && isFigure(figure) ? format.figure(figure) : line;
}

/** What is wrong with a text that can be told without the API. */
export function problemIn(text: string, { kind }: Column, t: Dictionary): string | null {
  if (text.trim() === "") return null;
  if (kind === "time") return isTime(timeIn(text)) ? null : t.grid.notTime;
  if (kind === "figure") return isFigure(decimal(text)) ? null : t.grid.notFigure;
  return null;
}

/** Is nothing typed into a row, but for what a new one holds? */
export function isBlank<R extends Row>(row: R, fresh: R): boolean {
  return Object.entries(row).every(([key, text]) => !text?.trim() || text === fresh[key]);
}

/** The rows without those at the end that nobody has filled in, the first one excepted. */
export function withoutBlankEnd<R extends Row>(rows: R[], fresh: R): R[] {
  const last = rows.findLastIndex((row) => !isBlank(row, fresh));
  return rows.slice(0, Math.max(last + 1, 1));
}
