import { Pill, PillsInput, type PillsInputProps } from "@mantine/core";
import { useId, useState } from "react";
import { useLanguage } from "../i18n/language";

const SEPARATORS = /[\s,;]+/;
const PLAUSIBLE = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/;

const NAMED = /(?<=^|[\s,;])(?:"[^"]*"\s*|(?:[^\s,;<>"@]+[ \t]+)*)<([^<>]*)>/g;

/** The addresses in a typed or pasted text; of «Jean Petit <jean@…>», as address books copy it, what stands between < and >. */
export function addressesIn(text: string): string[] {
  return text
    .replace(NAMED, " $1 ")
    .split(SEPARATORS)
    .filter((word) => word !== "");
}

/** Could it be an address? The API judges for good. */
export function isPlausible(address: string): boolean {
  return PLAUSIBLE.test(address);
}

interface Props extends Omit<PillsInputProps, "value" | "onChange" | "onBlur" | "onFocus"> {
  value?: string[];
  onChange: (value: string[]) => void;
  "data-path"?: string;
}

/** Addresses as tags: commas, semicolons, spaces, new lines and pasted lists all separate them. */
export function AddressesInput({
  value = [],
  onChange,
  error,
  "data-path": path,
  ...props
}: Props) {
  const { t } = useLanguage();
  const id = useId();
  const [typed, setTyped] = useState("");
  const wrong = value.filter((address) => !isPlausible(address));
  const take = (text: string) => {
    onChange(withoutDuplicates([...value, ...addressesIn(text)]));
    setTyped("");
  };
  const type = (text: string) => (SEPARATORS.test(text) ? take(text) : setTyped(text));
  const remove = (address: string) => onChange(value.filter((other) => other !== address));
  return (
    <PillsInput
      {...props}
      id={id}
      error={error || wrong.map((address) => t.sendForm.badAddress(address)).join(" ") || undefined}
    >
      <Pill.Group>
        {value.map((address) => (
          <Pill
            key={address}
            withRemoveButton
            onRemove={() => remove(address)}
            removeButtonProps={{
              "aria-label": t.sendForm.removeAddress(address),
              tabIndex: 0,
              "aria-hidden": false,
            }}
            bg={isPlausible(address) ? undefined : "var(--tone-red-back)"}
            c={isPlausible(address) ? undefined : "var(--tone-red-text)"}
          >
            {address}
          </Pill>
        ))}
        <PillsInput.Field
          data-path={path}
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          onPaste={(event) => {
            event.preventDefault();
            const { selectionStart, selectionEnd } = event.currentTarget;
            const pasted = event.clipboardData.getData("text/plain");
            const before = typed.slice(0, selectionStart ?? undefined);
            take(before + pasted + typed.slice(selectionEnd ?? undefined));
          }}
          onBlur={() => typed && take(typed)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && typed && !event.ctrlKey && !event.metaKey) {
              event.preventDefault();
              take(typed);
            }
            const last = value.at(-1);
            if (event.key === "Backspace" && typed === "" && last) remove(last);
          }}
        />
      </Pill.Group>
    </PillsInput>
  );
}

function withoutDuplicates(addresses: string[]): string[] {
  const seen = new Set<string>();
  return addresses.filter((address) => {
    const key = address.toLowerCase();
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}
