import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { LiveRegion } from "./LiveRegion";
import classes from "./suggest.module.css";

/** Something that a field proposes while it is typed into. */
export interface Suggestion<T> {
  key: string;
  label: ReactNode;
  detail?: ReactNode;
  value: T;
}

export interface ComboboxOptions<T> {
  suggestions: Suggestion<T>[];
  onChoose: (value: T) => void;
  /** What the list is called, and how many it has, for who does not see it. */
  listLabel: string;
  countLabel: (count: number) => string;
  onOpenChange: (open: boolean) => void;
  /** Does Enter take the first one, unless another is gone to? */
  firstChosen?: boolean;
}

/**
 * The combobox pattern of WAI-ARIA: a field that proposes values beneath it. Arrows move, Enter or a
 * click takes one, Escape closes. The list stands beside the field in an element of class `place`.
 */
export function useCombobox<T>(options: ComboboxOptions<T>) {
  const { suggestions, onChoose, listLabel, countLabel, onOpenChange, firstChosen } = options;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [moved, setMoved] = useState<number | null>(null);
  const shown = open && suggestions.length > 0;
  const at = moved ?? (firstChosen ? 0 : -1);
  const current = shown ? suggestions[at] : undefined;
  const show = (next: boolean) => {
    setOpen(next);
    setMoved(null);
    onOpenChange(next);
  };
  const choose = (suggestion: Suggestion<T>) => {
    onChoose(suggestion.value);
    show(false);
  };
  const move = (by: 1 | -1) => {
    if (!open) return show(true);
    // -1 is the field itself, between the last one and the first, unless Enter takes one anyway.
    const start = firstChosen ? 0 : -1;
    const places = suggestions.length - start;
    setMoved(((at - start + by + places) % places) + start);
  };
  const keys: Record<string, (() => void) | undefined> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: current && (() => choose(current)),
    Escape: shown ? () => show(false) : undefined,
  };
  /** Does what a key means to the list; true when it means something. */
  const onKey = (event: KeyboardEvent): boolean => {
    const isOurs = !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing;
    const act = isOurs ? keys[event.key] : undefined;
    if (!act) return false;
    event.preventDefault();
    event.stopPropagation();
    act();
    return true;
  };
  return {
    onKey,
    /** What is typed has changed. */
    onType: () => (open ? setMoved(null) : show(true)),
    close: () => show(false),
    field: {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": shown,
      "aria-controls": shown ? id : undefined,
      "aria-activedescendant": current && `${id}-${at}`,
      autoComplete: "off",
      // Escape closes the list and not the dialog that the field stands in.
      "data-mantine-stop-propagation": shown || undefined,
    } as const,
    list: (
      <>
        {shown && (
          <div role="listbox" id={id} aria-label={listLabel} className={classes.list}>
            {suggestions.map((suggestion, n) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's
              <div
                key={suggestion.key}
                role="option"
                id={`${id}-${n}`}
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
      </>
    ),
  };
}
