import { Button, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { type FormEvent, type ReactNode, useRef } from "react";
import type { DocumentRow } from "../api/types";
import { useLanguage } from "../i18n/language";
import { DocumentGroup } from "./DocumentGroup";
import { type CampaignValues, defaultName, defaultSubject, withDates } from "./draft";
import classes from "./editor.module.css";
import { LivePreview } from "./LivePreview";
import { EmailGroup, RecipientsGroup } from "./MessageGroups";
import { DatesGroup, RecurrenceGroup, StatusGroup, TimezoneGroup } from "./PlanGroups";

export type CampaignForm = UseFormReturnType<CampaignValues>;
type Chosen = Pick<DocumentRow, "name" | "party">;

interface Props {
  form: CampaignForm;
  isNew: boolean;
  /** Was a chosen document imported, so that its date cannot move? */
  uploaded: boolean;
  saving: boolean;
  submitLabel: string;
  restored: boolean;
  onDiscard: () => void;
  onSubmit: () => void;
  /** Problems of no particular field. */
  children: ReactNode;
}

/** The seven groups in the seed's order, and the live preview beside. */
export function EditorForm(props: Props) {
  const { form, isNew, uploaded } = props;
  const { t } = useLanguage();
  const suggest = useSuggestions(form, isNew);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <form
      noValidate
      className={classes.columns}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
      }}
    >
      <div>
        <div className={`card ${classes.group}`}>
          <TextInput label={t.editor.name} required {...form.getInputProps("name")} />
        </div>
        <DocumentGroup form={form} onChosen={suggest} />
        <RecipientsGroup form={form} />
        <EmailGroup form={form} />
        <RecurrenceGroup form={form} onKind={() => suggest()} />
        <TimezoneGroup form={form} />
        <DatesGroup form={form} isNew={isNew} uploaded={uploaded} />
        {isNew && <StatusGroup form={form} />}
        {props.children}
        <Foot {...props} />
      </div>
      <LivePreview values={withDates(form.values, uploaded)} />
    </form>
  );
}

function Foot({ form, saving, submitLabel, restored, onDiscard }: Props) {
  const { t } = useLanguage();
  return (
    <div className={`card ${classes.saveBar}`}>
      <Button type="submit" loading={saving}>
        {submitLabel}
      </Button>
      {form.isDirty() && restored && (
        <>
          <span className={classes.minor}>{t.common.draftRestored}</span>
          <Button variant="subtle" size="compact-sm" onClick={onDiscard}>
            {t.common.discardDraft}
          </Button>
        </>
      )}
    </div>
  );
}

/** Keeps name and subject in step with what is chosen, until a person writes their own. */
function useSuggestions(form: CampaignForm, isNew: boolean) {
  const { t } = useLanguage();
  const last = useRef({ name: form.values.name, subject: form.values.subject });
  const chosenBefore = useRef<Chosen[]>([]);
  return (chosen?: Chosen[]) => {
    if (!isNew) return;
    if (chosen) chosenBefore.current = chosen;
    // Values are read after the change that led here has been taken in.
    queueMicrotask(() => {
      const values = form.getValues();
      const next = {
        name: defaultName(values, t, chosenBefore.current[0]?.name),
        subject: defaultSubject(values, chosenBefore.current, t),
      };
      if (values.name === last.current.name) form.setFieldValue("name", next.name);
      if (values.subject === last.current.subject) form.setFieldValue("subject", next.subject);
      last.current = next;
    });
  };
}
