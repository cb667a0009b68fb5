import { TextInput, type TextInputProps } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useState } from "react";
import { useLanguage } from "../i18n/language";
import { isTime, movedBy, timeIn } from "./times";

interface Props extends Omit<TextInputProps, "value" | "onChange"> {
  value?: string;
  onChange: (value: string) => void;
}

/** An hour of the day, 24 hours whatever the device's habits; arrows move it by a quarter. */
export function TimeField({ value = "", onChange, error, ...props }: Props) {
  const { t } = useLanguage();
  const [left, setLeft] = useState(false);
  const isWrong = left && value !== "" && !isTime(value);
  return (
    <TextInput
      placeholder="08:00"
      inputMode="numeric"
      leftSection={<IconClock size={18} aria-hidden />}
      leftSectionPointerEvents="none"
      {...props}
      error={isWrong ? t.grid.notTime : error}
      value={value}
      onChange={(event) => {
        setLeft(false);
        onChange(event.currentTarget.value);
      }}
      onBlur={() => {
        setLeft(true);
        if (timeIn(value) !== value) onChange(timeIn(value));
      }}
      onKeyDown={(event) => {
        const by = { ArrowUp: 15, ArrowDown: -15 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        onChange(movedBy(timeIn(value), by));
      }}
    />
  );
}
