import { NativeSelect, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";

interface Props<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: { value: Value; label: string }[];
}

/** One of a few: side by side where there is room, a list on a phone. */
export function Choice<Value extends string>({ label, value, onChange, options }: Props<Value>) {
  const wide = useMediaQuery("(min-width: 48em)", true, { getInitialValueInEffect: false });
  if (wide) {
    return <SegmentedControl aria-label={label} value={value} onChange={onChange} data={options} />;
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
