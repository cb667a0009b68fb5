import { Checkbox, Radio, Stack } from "@mantine/core";
import { definitionOf } from "../documents/registry";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useCount } from "../recipients/queries";
import { DateField } from "../ui/DateField";
import { Group } from "../ui/Group";
import { TimezoneSelect } from "../ui/TimezoneSelect";
import { type CampaignForm, canIncrement, recurrenceOf } from "./draft";
import classes from "./editor.module.css";
import { RecurrenceFields } from "./RecurrenceFields";
import { kindOf, RECURRENCE_KINDS } from "./recurrences";

/** When it is sent: kind, day and hour, said back as a sentence. */
export function RecurrenceGroup({ form, onKind }: { form: CampaignForm; onKind: () => void }) {
  const { t } = useLanguage();
  const { kind } = form.values.recurrence;
  const change = (value: string) => {
    const next = RECURRENCE_KINDS.find((candidate) => candidate === value);
    if (!next) return;
    form.setFieldValue("recurrence.kind", next);
    onKind();
  };
  return (
    <Group title={t.editor.groups.recurrence}>
      <Radio.Group value={kind} onChange={change} aria-label={t.editor.groups.recurrence}>
        <div className={classes.kinds}>
          {RECURRENCE_KINDS.map((value) => (
            <Radio key={value} value={value} label={t.recurrence[value].label} />
          ))}
        </div>
      </Radio.Group>
      <RecurrenceFields form={form} />
      <Sentence form={form} />
    </Group>
  );
}

function Sentence({ form }: { form: CampaignForm }) {
  const { t } = useLanguage();
  const format = useFormat();
  const recipients = useCount(form.values.recipients, form.values.groups);
  const recurrence = recurrenceOf(form.values);
  if (recurrence === null) return null;
  const context = { zone: form.values.timezone, recipients };
  return (
    <p className={classes.sentence} aria-live="polite">
      {kindOf(recurrence).sentence(recurrence, context, t, format)}
    </p>
  );
}

export function TimezoneGroup({ form }: { form: CampaignForm }) {
  const { t } = useLanguage();
  if (kindOf(form.values.recurrence).immediate) return null;
  return (
    <Group title={t.editor.groups.timezone}>
      <TimezoneSelect label={t.editor.timezone} {...form.getInputProps("timezone")} />
    </Group>
  );
}

/** «Incrémenter automatiquement les dates», for lists that come again and again. */
export function DatesGroup(props: { form: CampaignForm; isNew: boolean; uploaded: boolean }) {
  const { t } = useLanguage();
  const { form, isNew, uploaded } = props;
  if (!definitionOf(form.values.document_type).movingDate) return null;
  const possible = canIncrement(form.values) && !uploaded;
  const impossible = uploaded ? t.editor.incrementUploaded : t.editor.incrementOnly;
  const increments = possible && form.values.auto_increment_date;
  return (
    <Group title={t.editor.groups.dates}>
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
    </Group>
  );
}

/** «Statut de la campagne», chosen at creation. */
export function StatusGroup({ form }: { form: CampaignForm }) {
  const { t } = useLanguage();
  if (kindOf(form.values.recurrence).immediate) return null;
  return (
    <Group title={t.editor.groups.status}>
      <Radio.Group
        aria-label={t.editor.groups.status}
        value={form.values.status}
        onChange={(value) => form.setFieldValue("status", value === "paused" ? "paused" : "active")}
      >
        <Stack gap="xs">
          <Radio value="active" label={t.editor.active} description={t.editor.activeHint} />
          <Radio value="paused" label={t.editor.paused} description={t.editor.pausedHint} />
        </Stack>
      </Radio.Group>
    </Group>
  );
}
