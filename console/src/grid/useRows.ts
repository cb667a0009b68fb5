import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import type { Column, Row } from "./columns";
import type { RowActions } from "./GridRow";
import { type Place, pasted } from "./paste";

/** As much of a form as a grid of its rows needs. */
export interface RowsForm {
  errors: Record<string, ReactNode>;
  // biome-ignore lint/suspicious/noExplicitAny: Mantine types values by literal paths, these are computed
  setFieldValue: (path: any, value: any) => void;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  insertListItem: (path: any, item: any, index?: number) => void;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  removeListItem: (path: any, index: number) => void;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  reorderListItem: (path: any, move: { from: number; to: number }) => void;
  clearErrors: () => void;
  // biome-ignore lint/suspicious/noExplicitAny: the values of any form
  getValues: () => any;
}

export interface RowsOf<R extends Row> {
  form: RowsForm;
  /** The field of the form that holds the rows. */
  path: string;
  columns: readonly Column[];
  newRow: () => R;
  /** Rows that there may be, and those that there must be. */
  most: number;
  least: number;
  /** The rows in a pasted text that is no table, such as lines of a mail program; null for none. */
  read?: (text: string) => R[] | null;
}

/** The last change that can be taken back, in words. */
interface Done<R> {
  words: string;
  before?: R[];
  at: Place;
}

/** What can be done to the rows of a form. `goTo` gives the focus to a cell, on whatever page it is. */
export function useRows<R extends Row>(of: RowsOf<R>, goTo: (place: Place) => void) {
  const { t } = useLanguage();
  const format = useFormat();
  const [done, setDone] = useState<Done<R> | null>(null);
  const now = useRef({ ...of, goTo, t });
  useEffect(() => {
    now.current = { ...of, goTo, t };
  });
  const rows = (): R[] => of.form.getValues()[of.path];
  // The same for every row, so that none is drawn again because another has changed.
  const actions = useMemo<RowActions & { rows: () => R[] }>(() => {
    const current = (): R[] => now.current.form.getValues()[now.current.path];
    return {
      rows: current,
      change: (path, text) => {
        setDone(null);
        now.current.form.setFieldValue(path, text);
      },
      insert: (row) => {
        const { form, path, newRow, most, t: words } = now.current;
        if (current().length >= most) {
          setDone({ words: words.grid.full(most), at: { row, column: 0 } });
          return;
        }
        setDone(null);
        form.insertListItem(path, newRow(), row);
        now.current.goTo({ row, column: 0 });
      },
      move: (row, by, column = 0) => {
        const to = row + by;
        if (to < 0 || to >= current().length) return;
        setDone(null);
        now.current.form.reorderListItem(now.current.path, { from: row, to });
        now.current.goTo({ row: to, column });
      },
      remove: (row) => {
        const before = current();
        const { form, path, t: words } = now.current;
        form.removeListItem(path, row);
        const at = { row: Math.min(row, before.length - 2), column: 0 };
        setDone({ words: words.grid.removed(row + 1), before, at: { row, column: 0 } });
        now.current.goTo(at);
      },
    };
  }, []);
  const replace = (next: R[]) => {
    // Nobody can tell what the API would say of the rows that are there now.
    if (Object.keys(of.form.errors).some((field) => field.startsWith(`${of.path}.`)))
      of.form.clearErrors();
    of.form.setFieldValue(of.path, next);
  };
  const paste = (place: Place, table: string[][]) => {
    const before = rows();
    const { rows: next, written, left } = pasted({ rows: before, ...of }, place, table, format);
    replace(next);
    const words = left > 0 ? t.grid.pastedPart(written, of.most) : t.grid.pasted(written);
    setDone({ words, before, at: place });
    goTo(place);
  };
  const undo = () => {
    if (!done?.before) return;
    replace(done.before);
    setDone(null);
    goTo(done.at);
  };
  return { actions, paste, undo, done };
}
