import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
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
  const { value, onChange, ...field } = form.getInputProps(`${path}.name`);
  const [open, setOpen] = useState(false);
  const [typed] = useDebouncedValue(value as string, 200);
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
      value={value as string}
      onChange={onChange}
      suggestions={suggestions}
      onChoose={(party) => form.setFieldValue(path, party)}
      listLabel={d.knownParties}
      countLabel={d.partiesFound}
      onOpenChange={setOpen}
    />
  );
}
