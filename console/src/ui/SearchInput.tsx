import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useLanguage } from "../i18n/language";

/** A search that follows what is typed, a moment later. `/` leads to it from anywhere. */
export function SearchInput(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useLanguage();
  const { label, value, onChange } = props;
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const send = useDebouncedCallback((text: string) => {
    sent.current = text;
    onChange(text);
  }, 300);
  useEffect(() => {
    // Changed from outside: the back button, or «Effacer les filtres».
    if (value !== sent.current) {
      sent.current = value;
      setTyped(value);
    }
  }, [value]);
  const change = (text: string) => {
    setTyped(text);
    send(text.trim());
  };
  const clear = () => {
    change("");
    field.current?.focus();
  };
  return (
    <TextInput
      ref={field}
      type="search"
      label={label}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={
        typed && <CloseButton size="sm" aria-label={t.history.clearSearch} onClick={clear} />
      }
      w="100%"
    />
  );
}
