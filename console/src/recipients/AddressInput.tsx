import type { TextInputProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useLanguage } from "../i18n/language";
import { SuggestInput } from "../ui/SuggestInput";
import { isPlausible } from "./addresses";
import { FlaggedList } from "./Flag";
import { useStandings } from "./queries";
import { useProposals } from "./useProposals";

const PAUSE_MS = 300;

interface Props extends Omit<TextInputProps, "value" | "onChange"> {
  value?: string;
  onChange: (address: string) => void;
}

/** One address: known ones are proposed, and a flagged one says so. */
export function AddressInput({ value = "", onChange, ...props }: Props) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const suggestions = useProposals({ text: value, open, taken: [] });
  const [settled] = useDebouncedValue(value.trim(), PAUSE_MS);
  const standings = useStandings(isPlausible(settled) ? [settled] : []);
  const flagged = [...standings.values()].filter(({ state }) => state !== "ok");
  return (
    <div>
      <SuggestInput
        {...props}
        inputMode="email"
        spellCheck={false}
        value={value}
        onChange={(field) => onChange(field.value)}
        suggestions={suggestions}
        onChoose={(proposal) => "address" in proposal && onChange(proposal.address)}
        listLabel={t.recipients.known}
        countLabel={t.recipients.found}
        onOpenChange={setOpen}
        firstChosen={value.trim() !== "" && !isPlausible(value.trim())}
      />
      <FlaggedList recipients={settled === value.trim() ? flagged : []} />
    </div>
  );
}
