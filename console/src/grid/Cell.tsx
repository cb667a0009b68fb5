import { memo } from "react";
import { useTyped } from "../forms/useTyped";
import { useFormat } from "../i18n/format";
import { type Column, tidied } from "./columns";
import classes from "./grid.module.css";

interface Props {
  path: string;
  column: Column;
  value: string;
  isWrong: boolean;
  /** The ids of what names it: its column and its row. */
  labelledBy: string;
  onChange: (path: string, text: string) => void;
}

/** A cell of a grid, a field of its own until it is left. */
export const Cell = memo(function Cell(props: Props) {
  const { path, column, value, isWrong, labelledBy, onChange } = props;
  const format = useFormat();
  const { text, type, leave } = useTyped(value, (next) => onChange(path, next));
  const field = {
    value: text,
    className: classes.field,
    "data-path": path,
    "data-kind": column.kind,
    "aria-labelledby": labelledBy,
    "aria-invalid": isWrong || undefined,
    "aria-describedby": isWrong ? problemId(path) : undefined,
    "aria-required": column.required || undefined,
    autoComplete: "off",
    placeholder: column.placeholder,
    onBlur: () => leave(tidied(text, column, format)),
  };
  if (column.kind === "long")
    return <textarea {...field} rows={1} onChange={(event) => type(event.currentTarget)} />;
  return (
    <input
      {...field}
      type="text"
      inputMode={column.kind === "figure" ? "decimal" : column.inputMode}
      onChange={(event) => type(event.currentTarget)}
    />
  );
});

/** The id of what is said of a wrong cell. */
export function problemId(path: string): string {
  return `${path}-problem`;
}
