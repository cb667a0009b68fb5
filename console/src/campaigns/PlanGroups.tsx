import { Radio } from "@mantine/core";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useCount } from "../recipients/queries";
import { Group } from "../ui/Group";
import { isTime } from "../ui/times";
import { type CampaignForm, recurrenceOf } from "./draft";
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
  if (recurrence === null) return <Missing form={form} />;
  const context = { zone: form.values.timezone, recipients };
  return (
    <p className={classes.sentence} aria-live="polite">
      {kindOf(recurrence).sentence(recurrence, context, t, format)}
    </p>
  );
}

/** What the recurrence still needs. */
function Missing({ form }: { form: CampaignForm }) {
  const { t } = useLanguage();
  const { date, time } = form.values.recurrence;
  const { fields } = kindOf(form.values.recurrence);
  return (
    <p className={classes.minor} role="status">
      {fields.includes("date") && date === null && t.editor.dateMissing}{" "}
      {fields.includes("time") && !isTime(time) && t.editor.timeMissing}
    </p>
  );
}
