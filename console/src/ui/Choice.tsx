import { Group, Input, NativeSelect, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useId } from "react";

interface Props<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: { value: Value; label: string }[];
}

/** One of a few, under its name: side by side where there is room, a list on a phone. */
export function Choice<Value extends string>({ label, value, onChange, options }: Props<Value>) {
  const id = useId();
  const wide = useMediaQuery("(min-width: 48em)", true, { getInitialValueInEffect: false });
  if (wide) {
    return (
      <Group gap="xs" wrap="nowrap">
        <Input.Label id={id} labelElement="div">
          {label}
        </Input.Label>
        <SegmentedControl aria-labelledby={id} value={value} onChange={onChange} data={options} />
      </Group>
    );
  }
  return (
    <NativeSelect
      label={label}
      value={value}
      data={options}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.currentTarget.value);
        if (chosen) onChange(chosen.value);
      }}
    />
  );
}
