import { useState } from "react";
import { useDebounced } from "./useDebounced";

const PAUSE_MS = 300;

interface Typed {
  text: string;
  /** Takes in what a field holds now. */
  type: (field: HTMLInputElement | HTMLTextAreaElement) => void;
  /** Hands over what is pending, because the field is left; `tidied` is how it reads from now on. */
  leave: (tidied?: string) => void;
}

/**
 * What is typed into a field, handed over as it begins, after a pause and when the field is left: a
 * keystroke costs what this field costs, however much the form holds.
 */
export function useTyped(value: string, onChange: (text: string) => void): Typed {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setText(value);
  }
  const hand = (next: string) => {
    // Together with the form's own change: what is typed meanwhile is not undone by it.
    setKnown(next);
    onChange(next);
  };
  // The first change at once: from then on the form has something unsaved, which nothing overwrites.
  const later = useDebounced(hand, PAUSE_MS);
  return {
    text,
    type: (field) => {
      setText(field.value);
      later(field.value);
      // Filled in by the browser: nobody is there who could leave it.
      if (document.activeElement !== field) later.flush();
    },
    leave: (tidied = text) => {
      later.flush();
      if (tidied === text) return;
      setText(tidied);
      hand(tidied);
    },
  };
}
