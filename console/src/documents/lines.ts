import type { DocumentBody } from "../api/types";
import { withoutBlankEnd } from "../grid/columns";
import { decimal } from "../grid/figures";

type Given = Extract<DocumentBody, { type: "invoice" }>["lines"][number];
/** A line as it is typed: figures stay text until the API has judged them. */
export type Line = { [Field in keyof Given]-?: string };

export const newLine = (): Line => ({
  description: "",
  quantity: "1",
  unit: "",
  unit_price: "",
  vat_rate: "20",
});

/** Lines whose figures are each replaced by `change(figure)`. */
export function withFigures(lines: Line[], change: (figure: string) => string): Line[] {
  return lines.map((line) => ({
    ...line,
    quantity: change(line.quantity),
    unit_price: change(line.unit_price),
    vat_rate: change(line.vat_rate),
  }));
}

/** Lines as they are sent: decimal points in figures, no blank lines at the end. */
export function cleanLines(lines: Line[]): Line[] {
  return withFigures(withoutBlankEnd(lines, newLine()), decimal);
}
