import { Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import type { Dictionary } from "../i18n/dictionary";
import { useLanguage } from "../i18n/language";
import { mistakesIn, VARIABLES, type Variable } from "./variables";
import classes from "./variables.module.css";

interface Props {
  label: string;
  value?: string;
  onChange: (value: string) => void;
  error?: ReactNode;
  description?: string;
  required?: boolean;
  multiline?: boolean;
  /** Offer the variables one click away. */
  chips?: boolean;
  "data-path"?: string;
}

/** A text that may hold variables: chips put them in, unknown ones are named in place. */
export function VariableField({
  multiline = false,
  chips = false,
  value = "",
  onChange,
  error,
  ...props
}: Props) {
  const { t } = useLanguage();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const insert = (variable: Variable) => {
    const start = input.current?.selectionStart ?? value.length;
    const end = input.current?.selectionEnd ?? start;
    onChange(`${value.slice(0, start)}{${variable}}${value.slice(end)}`);
    const caret = start + variable.length + 2;
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(caret, caret);
    });
  };
  const shared = { ...props, value, ref: input, error: error || mistakeIn(value, t) };
  return (
    <div>
      {multiline ? (
        <Textarea
          {...shared}
          autosize
          minRows={5}
          maxRows={16}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />
      )}
      {chips && <Chips field={props.label} onInsert={insert} />}
    </div>
  );
}

function Chips({ field, onInsert }: { field: string; onInsert: (variable: Variable) => void }) {
  const { t } = useLanguage();
  return (
    <div className={classes.chips}>
      <span>{t.sendForm.variables}</span>
      {VARIABLES.map((variable) => (
        <button
          key={variable}
          type="button"
          className={classes.chip}
          title={t.sendForm.variableNames[variable]}
          aria-label={`${t.sendForm.insertVariable(`{${variable}}`)} (${field})`}
          onClick={() => onInsert(variable)}
        >
          {`{${variable}}`}
        </button>
      ))}
    </div>
  );
}

function mistakeIn(text: string, t: Dictionary): string | undefined {
  const [first] = mistakesIn(text);
  if (!first) return undefined;
  if (first.kind === "unbalanced") return t.sendForm.unbalancedBrace;
  return t.sendForm.unknownVariable(
    first.name,
    VARIABLES.map((variable) => `{${variable}}`).join(", "),
  );
}
