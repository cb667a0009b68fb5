import type { DateInputProps } from "@mantine/dates";
import { useRef, useState } from "react";
import { DateField } from "../ui/DateField";

interface Props extends Omit<DateInputProps, "value" | "onChange"> {
  value: string;
  onChange: (value: string) => void;
}

/** A date that narrows a list: at once when picked; typed, at Enter or when the field is left. */
export function DateFilter({ value, onChange, ...props }: Props) {
  const [typed, setTyped] = useState<string | null>();
  const typing = useRef(false);
  const commit = (date = typed) => {
    typing.current = false;
    setTyped(undefined);
    if (date !== undefined && (date ?? "") !== value) onChange(date ?? "");
  };
  return (
    <DateField
      {...props}
      clearable
      value={typed === undefined ? value || null : typed}
      onInput={() => {
        typing.current = true;
      }}
      onChange={(date) => (typing.current ? setTyped(date) : commit(date))}
      onBlur={() => commit()}
      onKeyDown={({ key }) => key === "Enter" && commit()}
    />
  );
}
