import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { onReach } from "../forms/reach";
import type { Column } from "./columns";
import type { Place } from "./paste";

/** Rows on a page. */
export const PAGE = 50;

interface Options {
  path: string;
  count: number;
  columns: readonly Column[];
}

/** Which page of the rows is there, and the way to any of their cells. */
export function usePlace({ path, count, columns }: Options) {
  const root = useRef<HTMLDivElement>(null);
  const wanted = useRef<Place | null>(null);
  const [page, setPage] = useState(0);
  const [, draw] = useState({});
  const last = Math.max(0, Math.ceil(count / PAGE) - 1);
  const shown = Math.min(page, last);
  const focusWanted = () => {
    const place = wanted.current;
    if (place && place.row < 0) {
      wanted.current = null;
      root.current?.querySelector<HTMLElement>("[data-add]")?.focus();
      return;
    }
    const key = place && columns[place.column]?.key;
    const field = key && fieldIn(root.current, `${path}.${place.row}.${key}`);
    if (!field) return;
    wanted.current = null;
    field.focus();
    field.select();
  };
  /** The focus on a cell, at once if it is there, otherwise when it is. */
  const goTo = (place: Place) => {
    wanted.current = place;
    setPage(Math.floor(place.row / PAGE));
    draw({});
  };
  useLayoutEffect(focusWanted);
  const reached = useEffectEvent((field: string) => {
    const place = placeOf(field, path, columns);
    if (place) goTo(place);
  });
  useEffect(() => {
    const stop = new AbortController();
    if (root.current) onReach(root.current, (field) => reached(field), stop.signal);
    return () => stop.abort();
  }, []);
  return {
    root,
    first: shown * PAGE,
    goTo,
    turn: setPage,
    /** The cell or menu that an event comes from. */
    of: (target: EventTarget) => {
      if (!(target instanceof HTMLElement)) return null;
      const { path: field, menu } = target.dataset;
      const place = placeOf(field ?? (menu && `${menu}.${columns[0]?.key}`) ?? "", path, columns);
      return place && { ...place, menu: menu !== undefined };
    },
    focusMenu: (row: number) =>
      root.current?.querySelector<HTMLElement>(`[data-menu="${path}.${row}"]`)?.focus(),
  };
}

function fieldIn(root: Element | null, path: string): HTMLInputElement | null {
  return root?.querySelector<HTMLInputElement>(`[data-path="${path}"]`) ?? null;
}

function placeOf(field: string, path: string, columns: readonly Column[]): Place | null {
  const [list, row, key, more] = field.split(".");
  const column = columns.findIndex((one) => one.key === key);
  if (list !== path || more !== undefined || column < 0) return null;
  return { row: Number(row), column };
}
