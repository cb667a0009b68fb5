import { TextInput, type TextInputProps } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";

/** `HH:MM` out of 8h, 8:5, 8 h 30 or 08.30; anything else as typed, for the API to judge. */
export function timeIn(typed: string): string {
  const match = /^\s*(\d{1,2})\s*(?:[h:.]\s*(\d{1,2})?)?\s*$/i.exec(typed);
  if (!match) return typed.trim();
  return `${match[1]?.padStart(2, "0")}:${(match[2] ?? "").padStart(2, "0")}`;
}

interface Props extends Omit<TextInputProps, "value" | "onChange"> {
  value?: string;
  onChange: (value: string) => void;
}

/** An hour of the day, 24 hours whatever the device's habits; arrows move it by a quarter. */
export function TimeField({ value = "", onChange, ...props }: Props) {
  return (
    <TextInput
      placeholder="08:00"
      inputMode="numeric"
      leftSection={<IconClock size={18} aria-hidden />}
      leftSectionPointerEvents="none"
      {...props}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onChange(timeIn(value))}
      onKeyDown={(event) => {
        const by = { ArrowUp: 15, ArrowDown: -15 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        onChange(movedBy(timeIn(value), by));
      }}
    />
  );
}

/** The quarter of an hour before or after a time, around the clock; from 08:00 when it is none. */
export function movedBy(time: string, minutes: number): string {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(time) ?? ["", "08", "00"];
  const total = (Number(hour) * 60 + Number(minute) + minutes + 1_440) % 1_440;
  const digits = (value: number) => String(value).padStart(2, "0");
  return `${digits(Math.floor(total / 60))}:${digits(total % 60)}`;
}
