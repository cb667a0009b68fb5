import { TextInput, type TextInputProps } from "@mantine/core";
import classes from "./suggest.module.css";
import { type ComboboxOptions, useCombobox } from "./useCombobox";

interface Props<T> extends Omit<TextInputProps, "onChange" | "value">, ComboboxOptions<T> {
  value: string;
  onChange: (field: HTMLInputElement) => void;
}

/** A text field that proposes values beneath it. */
export function SuggestInput<T>(all: Props<T>) {
  const { value, onChange, suggestions, onChoose, listLabel, countLabel, ...rest } = all;
  const { onOpenChange, firstChosen, ...props } = rest;
  const options = { suggestions, onChoose, listLabel, countLabel, onOpenChange };
  const combobox = useCombobox({ ...options, firstChosen });
  return (
    <div className={classes.place}>
      <TextInput
        {...props}
        {...combobox.field}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget);
          combobox.onType();
        }}
        onKeyDown={combobox.onKey}
        onBlur={(event) => {
          props.onBlur?.(event);
          combobox.close();
        }}
      />
      {combobox.list}
    </div>
  );
}
