import { Checkbox } from "@mantine/core";
import { useLanguage } from "../i18n/language";
import { AddressesInput } from "../recipients/AddressesInput";
import { SignaturePreview } from "../send/SignaturePreview";
import { Group } from "../ui/Group";
import { VariableField } from "../ui/VariableField";
import type { CampaignForm } from "./draft";

/** Who receives, and how. */
export function RecipientsGroup({ form }: { form: CampaignForm }) {
  const { t } = useLanguage();
  return (
    <Group title={t.editor.groups.recipients}>
      <AddressesInput
        label={t.editor.recipients}
        description={t.editor.recipientsHint}
        required
        groups={form.getInputProps("groups")}
        {...form.getInputProps("recipients")}
      />
      <Checkbox
        label={t.editor.copyToSender}
        description={t.editor.copyToSenderHint}
        {...form.getInputProps("copy_to_sender", { type: "checkbox" })}
      />
      <Checkbox
        label={t.editor.separate}
        description={t.editor.separateHint}
        {...form.getInputProps("separate", { type: "checkbox" })}
      />
    </Group>
  );
}

/** What it says. */
export function EmailGroup({ form }: { form: CampaignForm }) {
  const { t } = useLanguage();
  return (
    <Group title={t.editor.groups.email}>
      <VariableField label={t.editor.subject} required chips {...form.getInputProps("subject")} />
      <VariableField
        label={t.editor.body}
        description={t.editor.bodyHint}
        multiline
        chips
        {...form.getInputProps("body")}
      />
      <SignaturePreview />
    </Group>
  );
}
