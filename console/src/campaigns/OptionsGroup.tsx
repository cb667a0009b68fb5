import { Checkbox, Radio, Stack } from "@mantine/core";
import { useLayoutEffect, useRef } from "react";
import { definitionOf } from "../documents/registry";
import { useLanguage } from "../i18n/language";
import { DateField } from "../ui/DateField";
import group from "../ui/group.module.css";
import { TimezoneSelect } from "../ui/TimezoneSelect";
import { type CampaignForm, canIncrement } from "./draft";
import classes from "./editor.module.css";
import { kindOf } from "./recurrences";
import { zoneWords } from "./zone";

interface Props {
  form: CampaignForm;
  isNew: boolean;
  /** Was a chosen document imported, so that its date cannot move? */
  uploaded: boolean;
}

const FIELDS = ["timezone", "auto_increment_date", "next_document_date", "status"];

/** What most campaigns leave as it is, folded: zone, dates of the lists, status at creation. */
export function OptionsGroup({ form, isNew, uploaded }: Props) {
  const { t } = useLanguage();
  const details = useOpenedByProblems(form);
  const planned = !kindOf(form.values.recurrence).immediate;
  const { movingDate } = definitionOf(form.values.document_type);
  if (!planned && !movingDate) return null;
  return (
    <details ref={details} className={`card ${group.group} ${classes.options}`}>
      <summary>
        <span>{t.campaigns.options}</span>
        <Chosen form={form} isNew={isNew} uploaded={uploaded} />
      </summary>
      <div className={group.stack}>
        {planned && (
          <TimezoneSelect label={t.editor.timezone} {...form.getInputProps("timezone")} />
        )}
        {movingDate && <DatesField form={form} isNew={isNew} uploaded={uploaded} />}
        {planned && isNew && <StatusField form={form} />}
      </div>
    </details>
  );
}

/** Opens where the API finds a problem within, and leads there when there is none elsewhere. */
function useOpenedByProblems({ errors }: CampaignForm) {
  const details = useRef<HTMLDetailsElement>(null);
  useLayoutEffect(() => {
    const wrong = Object.keys(errors);
    if (!details.current || !wrong.some((field) => FIELDS.includes(field))) return;
    details.current.open = true;
    if (wrong.every((field) => FIELDS.includes(field)))
      details.current.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [errors]);
  return details;
}

/** The options as they stand, so that nobody has to unfold them to know. */
function Chosen({ form, isNew, uploaded }: Props) {
  const { t } = useLanguage();
  const { values } = form;
  const planned = !kindOf(values.recurrence).immediate;
  const moves = canIncrement(values) && !uploaded && values.auto_increment_date;
  const words = [
    planned && t.editor.zoneOf(zoneWords(values.timezone)),
    definitionOf(values.document_type).movingDate &&
      (moves ? t.editor.datesMove : t.editor.datesStay),
    planned && isNew && t.campaignStatus[values.status],
  ];
  return <span className={classes.minor}>{words.filter(Boolean).join(" · ")}</span>;
}

/** «Incrémenter automatiquement les dates», for lists that come again and again. */
function DatesField({ form, isNew, uploaded }: Props) {
  const { t } = useLanguage();
  const possible = canIncrement(form.values) && !uploaded;
  const impossible = uploaded ? t.editor.incrementUploaded : t.editor.incrementOnly;
  const increments = possible && form.values.auto_increment_date;
  return (
    <>
      <Checkbox
        label={t.editor.increment}
        description={possible ? t.editor.incrementHint : impossible}
        disabled={!possible}
        checked={increments}
        error={form.errors.auto_increment_date}
        onChange={(event) => form.setFieldValue("auto_increment_date", event.currentTarget.checked)}
      />
      {!isNew && increments && (
        <DateField
          label={t.editor.nextDocumentDate}
          description={t.editor.nextDocumentDateHint}
          {...form.getInputProps("next_document_date")}
        />
      )}
    </>
  );
}

/** «Statut de la campagne», chosen at creation. */
function StatusField({ form }: { form: CampaignForm }) {
  const { t } = useLanguage();
  return (
    <Radio.Group
      label={t.editor.groups.status}
      value={form.values.status}
      onChange={(value) => form.setFieldValue("status", value === "paused" ? "paused" : "active")}
    >
      <Stack gap="xs" mt={4}>
        <Radio value="active" label={t.editor.active} description={t.editor.activeHint} />
        <Radio value="paused" label={t.editor.paused} description={t.editor.pausedHint} />
      </Stack>
    </Radio.Group>
  );
}
