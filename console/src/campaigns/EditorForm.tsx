import { TextInput } from "@mantine/core";
import { type ComponentProps, useRef } from "react";
import type { DocumentRow } from "../api/types";
import { FormPage } from "../forms/FormPage";
import type { Dictionary } from "../i18n/dictionary";
import { useLanguage } from "../i18n/language";
import { DocumentGroup } from "./DocumentGroup";
import { type CampaignForm, defaultName, defaultSubject, withDates } from "./draft";
import classes from "./editor.module.css";
import { LivePreview } from "./LivePreview";
import { EmailGroup, RecipientsGroup } from "./MessageGroups";
import { OptionsGroup } from "./OptionsGroup";
import { RecurrenceGroup } from "./PlanGroups";

type Chosen = Pick<DocumentRow, "name" | "party">;

interface Props {
  editing: ComponentProps<typeof FormPage>["editing"] & { form: CampaignForm };
  isNew: boolean;
  /** The sentences to propose for the mail of a new campaign. */
  mail?: Dictionary;
  /** Was a chosen document imported, so that its date cannot move? */
  uploaded: boolean;
  submitLabel: string;
  onSubmit: () => void;
}

/** The groups of fields, with the live preview beside. */
export function EditorForm({ editing, isNew, mail, uploaded, submitLabel, onSubmit }: Props) {
  const { form } = editing;
  const { t } = useLanguage();
  const suggest = useSuggestions(form, isNew ? mail : undefined);
  return (
    <FormPage
      editing={editing}
      label={submitLabel}
      onSubmit={onSubmit}
      besideLabel={t.editor.preview}
      beside={<LivePreview values={withDates(form.values, uploaded)} />}
    >
      <div className={`card ${classes.group}`}>
        <TextInput label={t.editor.name} required {...form.getInputProps("name")} />
      </div>
      <DocumentGroup form={form} onChosen={suggest} />
      <RecipientsGroup form={form} />
      <EmailGroup form={form} />
      <RecurrenceGroup form={form} onKind={() => suggest()} />
      <OptionsGroup form={form} isNew={isNew} uploaded={uploaded} />
    </FormPage>
  );
}

/** Keeps name and subject in step with what is chosen, until a person writes their own. */
function useSuggestions(form: CampaignForm, mail?: Dictionary) {
  const { t } = useLanguage();
  const last = useRef({ name: form.values.name, subject: form.values.subject });
  const chosenBefore = useRef<Chosen[]>([]);
  return (chosen?: Chosen[]) => {
    if (mail === undefined) return;
    if (chosen) chosenBefore.current = chosen;
    // Values are read after the change that led here has been taken in.
    queueMicrotask(() => {
      const values = form.getValues();
      const next = {
        name: defaultName(values, t, chosenBefore.current[0]?.name),
        subject: defaultSubject(values, chosenBefore.current, mail),
      };
      if (values.name === last.current.name) form.setFieldValue("name", next.name);
      if (values.subject === last.current.subject) form.setFieldValue("subject", next.subject);
      last.current = next;
    });
  };
}
