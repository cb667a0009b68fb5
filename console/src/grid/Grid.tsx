import { Button } from "@mantine/core";
import { IconArrowBackUp, IconPlus } from "@tabler/icons-react";
import { type CSSProperties, type ReactNode, useId, useMemo, useState } from "react";
import { HOLDS } from "../forms/reach";
import { useLanguage } from "../i18n/language";
import type { Column, Row } from "./columns";
import { GridPager } from "./GridPager";
import { GridRow } from "./GridRow";
import classes from "./grid.module.css";
import { ProblemList } from "./ProblemList";
import { type CellProblem, problemsOf } from "./problems";
import { useCellEvents } from "./useCellEvents";
import { PAGE, usePlace } from "./usePlace";
import { type RowsOf, useRows } from "./useRows";

interface Props<R extends Row> extends RowsOf<R> {
  rows: R[];
  /** What a row is called: «Ligne 3». */
  nameOf: (n: number) => string;
  add: string;
  label: string;
  /** A column that is computed. */
  sum?: { label: string; of: (row: R) => string | null };
  children?: ReactNode;
}

const NONE: readonly CellProblem[] = [];

/**
 * Rows of a form as a spreadsheet has them: by the keyboard alone, pasted from one, a page at a time. A
 * keystroke costs what its cell costs, however many rows there are. Roles are said in so many words:
 * some browsers take a table that is laid out otherwise for none.
 */
export function Grid<R extends Row>(props: Props<R>) {
  const { form, path, rows, columns, nameOf, label, sum, least, most } = props;
  const { t } = useLanguage();
  const id = useId();
  const place = usePlace({ path, count: rows.length, columns });
  const { first, goTo } = place;
  const changes = useRows(props, goTo);
  const { actions, undo, done } = changes;
  const { editing, enter, leave } = useEditing();
  const all = useMemo(
    () => problemsOf({ path, rows, columns, errors: form.errors }, t),
    [path, rows, columns, form.errors, t],
  );
  // What is being typed is not wrong before it is left, unless the API has said so.
  const problems = all.filter((one) => one.path !== editing || form.errors[one.path]);
  const byRow = rowsOf(problems);
  const add = () => actions.insert(actions.rows().length);
  const events = useCellEvents({ of: props, place, changes, add });
  return (
    <div className={classes.grid} ref={place.root} {...{ [HOLDS]: path }}>
      <p className={classes.hint}>{t.grid.hint}</p>
      <ProblemList problems={problems} columns={columns} nameOf={nameOf} onGo={goTo} />
      {rows.length > 0 && (
        <div className={classes.scroll}>
          <table
            role="table"
            className={classes.table}
            aria-label={label}
            aria-rowcount={rows.length + 1}
            style={layoutOf(columns, sum !== undefined)}
            {...events}
            onFocus={(event) => enter(event.target.getAttribute("data-path"))}
            onBlur={(event) => leave(event.target.getAttribute("data-path"))}
          >
            <Headings id={id} columns={columns} sum={sum?.label} />
            <tbody role="rowgroup">
              {rows.slice(first, first + PAGE).map((row, n) => {
                const index = first + n;
                return (
                  <GridRow
                    key={index}
                    id={id}
                    path={path}
                    index={index}
                    row={row}
                    columns={columns}
                    problems={byRow.get(index) ?? NONE}
                    name={nameOf(index + 1)}
                    sum={sum?.of(row)}
                    isFirst={index === 0}
                    isLast={index === rows.length - 1}
                    isFixed={rows.length <= least}
                    actions={actions}
                  />
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <div className={classes.foot}>
        <Button
          variant="default"
          size="xs"
          data-add=""
          disabled={rows.length >= most}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={add}
        >
          {props.add}
        </Button>
        <span role="status" className={classes.done}>
          {done?.words}
        </span>
        {done?.before && (
          <Button
            variant="subtle"
            size="xs"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={undo}
          >
            {t.grid.undo}
          </Button>
        )}
        <GridPager count={rows.length} first={first} onTurn={place.turn} />
      </div>
      {props.children}
    </div>
  );
}

/** The cell that is being edited. One that is left by a click is so once the click is done: what is said
 * of it then would move the button away from under the pointer. */
function useEditing() {
  const [editing, setEditing] = useState<string | null>(null);
  const leave = (path: string | null) => {
    const clear = () => setEditing((now) => (now === path ? null : now));
    if (document.querySelector(":active") === null) clear();
    else addEventListener("pointerup", () => setTimeout(clear), { once: true });
  };
  return { editing, enter: setEditing, leave };
}

interface HeadingsProps {
  id: string;
  columns: readonly Column[];
  sum?: string;
}

function Headings({ id, columns, sum }: HeadingsProps) {
  const { t } = useLanguage();
  return (
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col" className={classes.number}>
          <span aria-hidden>{t.grid.number}</span>
          <span className="visually-hidden">{t.grid.rowNumber}</span>
        </th>
        {columns.map(({ key, label, kind, required }) => (
          <th key={key} role="columnheader" scope="col" id={`${id}-${key}`} data-kind={kind}>
            {label}
            {required && (
              <span aria-hidden className={classes.required}>
                {" *"}
              </span>
            )}
          </th>
        ))}
        {sum !== undefined && (
          <th role="columnheader" scope="col" data-kind="figure">
            {sum}
          </th>
        )}
        <th role="columnheader" scope="col">
          <span className="visually-hidden">{t.grid.actions}</span>
        </th>
      </tr>
    </thead>
  );
}

const NUMBERS = 2.25;
const SUMS = 6.5;
const MENUS = 2.25;

/** The widths of the columns, in the style of the table: all of its rows are laid out by them. */
function layoutOf(columns: readonly Column[], hasSum: boolean): CSSProperties {
  const least = columns.map(({ width, least = 7 }) => {
    return width ? `${width}rem` : `calc(${least}rem * var(--ease))`;
  });
  const own = columns.map(({ width }, n) => (width ? least[n] : `minmax(${least[n]}, 1fr)`));
  const sums = hasSum ? [`${SUMS}rem`] : [];
  return {
    "--columns": [`${NUMBERS}rem`, ...own, ...sums, `${MENUS}rem`].join(" "),
    minWidth: `calc(${[`${NUMBERS}rem`, ...least, ...sums, `${MENUS}rem`].join(" + ")})`,
  } as CSSProperties;
}

/** The problems of each row that has any. */
function rowsOf(problems: readonly CellProblem[]): Map<number, CellProblem[]> {
  const byRow = new Map<number, CellProblem[]>();
  for (const problem of problems)
    byRow.set(problem.row, [...(byRow.get(problem.row) ?? []), problem]);
  return byRow;
}
