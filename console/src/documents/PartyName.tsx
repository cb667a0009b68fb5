import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTyped } from "../forms/useTyped";
import { useLanguage } from "../i18n/language";
import { SuggestInput } from "../ui/SuggestInput";
import type { ContentForm } from "./content";
import { useParties } from "./queries";

interface Props {
  form: ContentForm;
  path: "client" | "supplier";
}

/** The name of a client or supplier: earlier ones are proposed, and fill in all that is known. */
export function PartyName({ form, path }: Props) {
  const { t } = useLanguage();
  const d = t.documents;
  const { value, onChange, onBlur, ...field } = form.getInputProps(`${path}.name`);
  const { text, type, leave } = useTyped(value as string, onChange);
  const [open, setOpen] = useState(false);
  const [typed] = useDebouncedValue(text, 200);
  const { data } = useParties(form.values.type, typed.trim(), open);
  const suggestions = (data?.items ?? []).map((party) => ({
    key: party.name,
    label: party.name,
    detail: party.address.join(", "),
    value: party,
  }));
  return (
    <SuggestInput
      {...field}
      label={d.partyName}
      required
      value={text}
      onChange={type}
      onBlur={() => leave()}
      suggestions={suggestions}
      onChoose={(party) => {
        // What is pending of the name would otherwise come after it.
        leave();
        form.setFieldValue(path, party);
      }}
      listLabel={d.knownParties}
      countLabel={d.partiesFound}
      onOpenChange={setOpen}
    />
  );
}
