import type { KeyboardEvent } from "react";
import type { Place } from "./paste";

type Field = HTMLInputElement | HTMLTextAreaElement;

export type Step =
  | { to: Place }
  /** To the row beneath, which is made when there is none. */
  | { next: Place }
  /** Its row changes places with the one above or beneath. */
  | { move: -1 | 1 }
  | { menu: true };

interface Extent {
  rows: number;
  columns: number;
  /** Rows on a page. */
  page: number;
}

/** Where a key leads from a cell; null when it is the cell's own or the browser's. */
export function stepOf(event: KeyboardEvent, at: Place, extent: Extent): Step | null {
  if (event.nativeEvent.isComposing) return null;
  const { key } = event;
  if (event.altKey) return altStep(key);
  if (event.ctrlKey || event.metaKey) return cornerStep(key, extent);
  if (key === "Tab") return tabStep(at, event.shiftKey, extent);
  if (event.shiftKey) return null;
  const field = event.target as Field;
  if (key === "ArrowLeft" || key === "ArrowRight") return sideStep(field, key, at, extent);
  return downStep(field, key, at, extent);
}

function altStep(key: string): Step | null {
  if (key === "ArrowUp") return { move: -1 };
  return key === "ArrowDown" ? { move: 1 } : null;
}

function cornerStep(key: string, { rows, columns }: Extent): Step | null {
  if (key === "Home") return { to: { row: 0, column: 0 } };
  return key === "End" ? { to: { row: rows - 1, column: columns - 1 } } : null;
}

/** Past the menus from row to row; out of the grid where a page begins and ends. */
function tabStep({ row, column }: Place, back: boolean, extent: Extent): Step | null {
  const { rows, columns, page } = extent;
  if (back) {
    const isFirst = column > 0 || row % page === 0;
    return isFirst ? null : { to: { row: row - 1, column: columns - 1 } };
  }
  const isLast = column < columns - 1 || row + 1 === rows || (row + 1) % page === 0;
  return isLast ? null : { to: { row: row + 1, column: 0 } };
}

function sideStep(field: Field, key: string, { row, column }: Place, { columns }: Extent) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const isWhole = from === 0 && to === value.length;
  const left = key === "ArrowLeft";
  const atEdge = isWhole || (from === to && from === (left ? 0 : value.length));
  if (!atEdge) return null;
  if (left) return column > 0 ? { to: { row, column: column - 1 } } : null;
  return column + 1 < columns ? { to: { row, column: column + 1 } } : ({ menu: true } as const);
}

function downStep(field: Field, key: string, { row, column }: Place, extent: Extent): Step | null {
  const { rows, page } = extent;
  const isWhole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const before = field.value.slice(0, field.selectionStart ?? 0);
  const after = field.value.slice(field.selectionEnd ?? 0);
  switch (key) {
    case "Enter":
      return { next: { row: row + 1, column } };
    case "ArrowDown":
      if (!isWhole && after.includes("\n")) return null;
      return row + 1 < rows ? { to: { row: row + 1, column } } : null;
    case "ArrowUp":
      if (!isWhole && before.includes("\n")) return null;
      return row > 0 ? { to: { row: row - 1, column } } : null;
    case "PageDown":
      return { to: { row: Math.min(row + page, rows - 1), column } };
    case "PageUp":
      return { to: { row: Math.max(row - page, 0), column } };
    default:
      return null;
  }
}
