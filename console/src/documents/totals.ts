import { decimal, isFigure } from "../grid/figures";
import type { Line } from "./lines";

interface Totals {
  rates: { rate: string; vat: number }[];
  net: number;
  gross: number;
}

/**
 * Totals as they are typed, to guide the eye; the PDF's own are computed by the API in decimals.
 * Null while a figure is missing or is not a number.
 */
export function totalsOf(lines: Line[]): Totals | null {
  const nets = new Map<number, number>();
  for (const line of lines) {
    const total = lineTotal(line);
    const rate = numberIn(line.vat_rate);
    if (total === null || rate === null) return null;
    nets.set(rate, (nets.get(rate) ?? 0) + total);
  }
  const sorted = [...nets].sort(([a], [b]) => a - b);
  const rates = sorted.map(([rate, net]) => ({
    rate: String(rate),
    vat: cents((net * rate) / 100),
  }));
  const net = cents(sorted.reduce((sum, [, part]) => sum + part, 0));
  return { rates, net, gross: cents(net + rates.reduce((sum, { vat }) => sum + vat, 0)) };
}

export function lineTotal(line: Line): number | null {
  const quantity = numberIn(line.quantity);
  const price = numberIn(line.unit_price);
  return quantity === null || price === null ? null : cents(quantity * price);
}

function numberIn(typed: string): number | null {
  const text = decimal(typed);
  return isFigure(text) ? Number(text) : null;
}

/** Half-up to the cent, away from the binary dust of 1.005. */
function cents(value: number): number {
  const scaled = Math.abs(value) * 100;
  return (Math.sign(value) * Math.round(scaled + scaled * Number.EPSILON * 4)) / 100;
}
