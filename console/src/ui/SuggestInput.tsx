import { TextInput, type TextInputProps } from "@mantine/core";
import { type KeyboardEvent, useId, useState } from "react";
import { LiveRegion } from "./LiveRegion";
import classes from "./suggest.module.css";

export interface Suggestion<T> {
  key: string;
  label: string;
  detail: string;
  value: T;
}

interface Props<T> extends Omit<TextInputProps, "onChange" | "value"> {
  value: string;
  onChange: (field: HTMLInputElement) => void;
  suggestions: Suggestion<T>[];
  onChoose: (value: T) => void;
  /** What the list is called, and how many it has, for who does not see it. */
  listLabel: string;
  countLabel: (count: number) => string;
  onOpenChange: (open: boolean) => void;
}

/**
 * A text field that proposes values beneath it. Arrows move, Enter or a click takes one, Escape
 * closes: the combobox pattern of WAI-ARIA.
 */
export function SuggestInput<T>({
  value,
  onChange,
  suggestions,
  onChoose,
  listLabel,
  countLabel,
  onOpenChange,
  ...props
}: Props<T>) {
  const list = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const shown = open && suggestions.length > 0;
  const current = shown ? suggestions[at] : undefined;
  const show = (next: boolean) => {
    setOpen(next);
    setAt(-1);
    onOpenChange(next);
  };
  const choose = (suggestion: Suggestion<T>) => {
    onChoose(suggestion.value);
    show(false);
  };
  const move = (by: 1 | -1) => {
    if (!open) return show(true);
    // -1 is the field itself, between the last one and the first.
    const places = suggestions.length + 1;
    setAt(((at + 1 + by + places) % places) - 1);
  };
  const keys: Record<string, (() => void) | undefined> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: current && (() => choose(current)),
    Escape: shown ? () => show(false) : undefined,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div className={classes.place}>
      <TextInput
        {...props}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? list : undefined}
        aria-activedescendant={current && `${list}-${at}`}
        autoComplete="off"
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget);
          if (!open) show(true);
          setAt(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          props.onBlur?.(event);
          show(false);
        }}
      />
      {shown && (
        <div role="listbox" id={list} aria-label={listLabel} className={classes.list}>
          {suggestions.map((suggestion, n) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's
            <div
              key={suggestion.key}
              role="option"
              id={`${list}-${n}`}
              aria-selected={n === at}
              className={classes.option}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(suggestion)}
            >
              <span>{suggestion.label}</span>
              {suggestion.detail && <span className={classes.detail}>{suggestion.detail}</span>}
            </div>
          ))}
        </div>
      )}
      <LiveRegion>{shown && countLabel(suggestions.length)}</LiveRegion>
    </div>
  );
}
