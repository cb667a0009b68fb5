import type { ClipboardEvent, KeyboardEvent } from "react";
import { isBlank, type Row } from "./columns";
import { type Step, stepOf } from "./keys";
import { isTable, type Place, tableIn } from "./paste";
import { PAGE, type usePlace } from "./usePlace";
import type { RowsOf, useRows } from "./useRows";

interface Options<R extends Row> {
  of: RowsOf<R> & { rows: R[] };
  place: ReturnType<typeof usePlace>;
  changes: ReturnType<typeof useRows<R>>;
  add: () => void;
}

/** What keys and the clipboard do in the cells of a grid. */
export function useCellEvents<R extends Row>({ of, place, changes, add }: Options<R>) {
  const { columns, newRow } = of;
  const { actions, paste } = changes;
  const below = (to: Place) => {
    const rows = actions.rows();
    const last = rows.at(-1);
    if (to.row < rows.length) place.goTo(to);
    else if (last && !isBlank(last, newRow())) add();
    else place.goTo({ ...to, row: to.row - 1 });
  };
  const take = (step: Step, at: Place, field: EventTarget) => {
    if ("menu" in step) place.focusMenu(at.row);
    else if ("to" in step) place.goTo(step.to);
    else {
      leave(field);
      if ("move" in step) actions.move(at.row, step.move, at.column);
      else below(step.next);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = place.of(event.target);
    if (at === null) return;
    if (at.menu) {
      if (event.key === "ArrowLeft") place.goTo({ row: at.row, column: columns.length - 1 });
      return;
    }
    const extent = { rows: of.rows.length, columns: columns.length, page: PAGE };
    const step = stepOf(event, at, extent);
    if (step === null) return;
    event.preventDefault();
    take(step, at, event.target);
  };
  const onPaste = (event: ClipboardEvent<HTMLElement>) => {
    const at = place.of(event.target);
    if (at === null || at.menu) return;
    const text = event.clipboardData.getData("text/plain");
    const read = of.read?.(text);
    const table = read
      ? read.map((row) => columns.map(({ key }) => row[key] ?? ""))
      : tableIn(text);
    if (!isTable(table)) return;
    event.preventDefault();
    leave(event.target);
    paste(read ? { ...at, column: 0 } : at, table);
  };
  return { onKeyDown, onPaste };
}

/** Has a field hand over what was typed, before rows change under it. */
function leave(field: EventTarget): void {
  if (field instanceof HTMLElement) field.blur();
}
