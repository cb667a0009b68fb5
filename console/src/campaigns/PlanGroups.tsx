import { Checkbox, NativeSelect, Radio, Stack } from "@mantine/core";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { today } from "../ui/clock";
import { DateField } from "../ui/DateField";
import { Group } from "../ui/Group";
import { TimeField } from "../ui/TimeField";
import { TimezoneSelect } from "../ui/TimezoneSelect";
import { canIncrement, recurrenceOf } from "./draft";
import type { CampaignForm } from "./EditorForm";
import classes from "./editor.module.css";
import { recurrenceSentence } from "./words";

const KINDS = ["none", "weekly", "monthly", "once"] as const;
const DAYS = Array.from({ length: 31 }, (_, index) => String(index + 1));

/** When it leaves: kind, day and hour, said back as a sentence. */
export function RecurrenceGroup({ form, onKind }: { form: CampaignForm; onKind: () => void }) {
  const { t } = useLanguage();
  const { kind } = form.values.recurrence;
  const change = (value: string) => {
    const next = KINDS.find((candidate) => candidate === value);
    if (!next) return;
    form.setFieldValue("recurrence.kind", next);
    onKind();
  };
  return (
    <Group title={t.editor.groups.recurrence}>
      <Radio.Group value={kind} onChange={change} aria-label={t.editor.groups.recurrence}>
        <div className={classes.kinds}>
          {KINDS.map((value) => (
            <Radio key={value} value={value} label={t.recurrence[value]} />
          ))}
        </div>
      </Radio.Group>
      {kind !== "none" && <DayAndHour form={form} />}
      <Sentence form={form} />
    </Group>
  );
}

function DayAndHour({ form }: { form: CampaignForm }) {
  const { t } = useLanguage();
  const { kind, weekday, day, date } = form.values.recurrence;
  const atProblem = form.errors["recurrence.at"];
  const setNumber = (path: "recurrence.weekday" | "recurrence.day", value: string) =>
    form.setFieldValue(path, Number(value));
  return (
    <div className={classes.grid}>
      {kind === "weekly" && (
        <NativeSelect
          label={t.editor.weekday}
          value={String(weekday)}
          error={form.errors["recurrence.weekday"]}
          onChange={(event) => setNumber("recurrence.weekday", event.currentTarget.value)}
          data={t.weekdays.map((label, index) => ({ value: String(index + 1), label }))}
        />
      )}
      {kind === "monthly" && (
        <NativeSelect
          label={t.editor.monthDay}
          description={day > 28 ? t.editor.monthDayHint : undefined}
          value={String(day)}
          error={form.errors["recurrence.day"]}
          onChange={(event) => setNumber("recurrence.day", event.currentTarget.value)}
          data={DAYS}
        />
      )}
      {kind === "once" && (
        <DateField
          label={t.editor.date}
          required
          minDate={today(form.values.timezone)}
          {...form.getInputProps("recurrence.date")}
          data-path="recurrence.at"
          error={date === null && atProblem ? t.editor.dateMissing : atProblem}
        />
      )}
      <TimeField label={t.editor.time} required {...form.getInputProps("recurrence.time")} />
    </div>
  );
}

function Sentence({ form }: { form: CampaignForm }) {
  const { t } = useLanguage();
  const format = useFormat();
  const recurrence = recurrenceOf(form.values);
  if (recurrence === null) return null;
  const told = { zone: form.values.timezone, recipients: form.values.recipients.length };
  return (
    <p className={classes.sentence} aria-live="polite">
      {recurrenceSentence(recurrence, told, t, format)}
    </p>
  );
}

export function TimezoneGroup({ form }: { form: CampaignForm }) {
  const { t } = useLanguage();
  if (form.values.recurrence.kind === "none") return null;
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
  if (form.values.document_type !== "staff_list") return null;
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
  if (form.values.recurrence.kind === "none") return null;
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
