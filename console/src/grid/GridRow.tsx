import { ActionIcon } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconRowInsertTop,
  IconTrash,
} from "@tabler/icons-react";
import { memo } from "react";
import { useLanguage } from "../i18n/language";
import { ActionMenu, type MenuEntry } from "../ui/ActionMenu";
import { Cell, problemId } from "./Cell";
import type { Column, Row } from "./columns";
import classes from "./grid.module.css";
import type { CellProblem } from "./problems";

export interface RowActions {
  change: (path: string, text: string) => void;
  insert: (row: number) => void;
  move: (row: number, by: -1 | 1, column?: number) => void;
  remove: (row: number) => void;
}

interface Props {
  /** The id of the grid, of which those of its headings are made. */
  id: string;
  path: string;
  index: number;
  row: Row;
  columns: readonly Column[];
  problems: readonly CellProblem[];
  name: string;
  /** What is computed of the row, when the grid has a column for that. */
  sum?: string | null;
  isFirst: boolean;
  isLast: boolean;
  isFixed: boolean;
  actions: RowActions;
}

/** A row of a grid, and beneath it what is wrong in its cells. Drawn again only when they change. */
export const GridRow = memo(function GridRow(props: Props) {
  const { id, path, index, row, columns, problems, name, sum, actions } = props;
  const heading = `${id}-row-${index}`;
  return (
    <>
      <tr role="row" aria-rowindex={index + 2}>
        <th role="rowheader" scope="row" id={heading} className={classes.number}>
          <span aria-hidden>{index + 1}</span>
          <span className="visually-hidden">{name}</span>
        </th>
        {columns.map((column) => {
          const cell = `${path}.${index}.${column.key}`;
          return (
            <td role="cell" key={column.key}>
              <Cell
                path={cell}
                column={column}
                value={row[column.key] ?? ""}
                isWrong={problems.some((problem) => problem.path === cell)}
                labelledBy={`${id}-${column.key} ${heading}`}
                onChange={actions.change}
              />
            </td>
          );
        })}
        {sum !== undefined && (
          <td role="cell" className={classes.sum}>
            {sum}
          </td>
        )}
        <td role="cell" className={classes.actions}>
          <RowMenu {...props} />
        </td>
      </tr>
      {problems.length > 0 && (
        <tr role="row" className={classes.problems}>
          <td role="cell" />
          <td role="cell">
            {problems.map((problem) => (
              <div key={problem.path} id={problemId(problem.path)} className={classes.problem}>
                <strong>{columns[problem.column]?.label}</strong> {problem.message}
              </div>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}, isSame);

function RowMenu({ path, index, name, isFirst, isLast, isFixed, actions }: Props) {
  const { t } = useLanguage();
  const entries: (MenuEntry | false)[] = [
    {
      label: t.grid.insert,
      icon: <IconRowInsertTop size={18} aria-hidden />,
      onSelect: () => actions.insert(index),
    },
    !isFirst && {
      label: t.grid.up,
      icon: <IconArrowUp size={18} aria-hidden />,
      onSelect: () => actions.move(index, -1),
    },
    !isLast && {
      label: t.grid.down,
      icon: <IconArrowDown size={18} aria-hidden />,
      onSelect: () => actions.move(index, 1),
    },
    !isFixed && {
      label: t.common.delete,
      icon: <IconTrash size={18} aria-hidden />,
      onSelect: () => actions.remove(index),
    },
  ];
  const label = t.grid.rowActions(name);
  return (
    <ActionMenu
      label={label}
      entries={entries.filter((entry) => entry !== false)}
      trigger={(props) => (
        <ActionIcon
          {...props}
          variant="subtle"
          color="gray"
          data-menu={`${path}.${index}`}
          aria-label={label}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      )}
    />
  );
}

/** The form copies its values at each change: rows are compared by what they show. */
function isSame(one: Props, other: Props): boolean {
  const { row, problems, ...rest } = one;
  const { row: otherRow, problems: otherProblems, ...otherRest } = other;
  return (
    one.columns.every(({ key }) => row[key] === otherRow[key]) &&
    problems.length === otherProblems.length &&
    problems.every((problem, n) => isSameProblem(problem, otherProblems[n])) &&
    Object.entries(rest).every(([key, value]) => value === otherRest[key as keyof typeof rest])
  );
}

function isSameProblem(one: CellProblem, other?: CellProblem): boolean {
  return one.path === other?.path && one.message === other.message;
}
