import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage } from "../i18n/language";
import { today } from "../ui/clock";
import { DateField } from "../ui/DateField";
import { TimeField } from "../ui/TimeField";
import type { CampaignForm } from "./draft";
import classes from "./editor.module.css";
import { kindOf, type RecurrenceField } from "./recurrences";

interface Props {
  form: CampaignForm;
}

const DAYS = Array.from({ length: 31 }, (_, index) => String(index + 1));
const FIELDS: Record<RecurrenceField, (props: Props) => ReactNode> = {
  weekday: WeekdayField,
  day: DayField,
  date: OnceField,
  time: HourField,
};

/** The fields of the chosen kind. */
export function RecurrenceFields({ form }: Props) {
  const { fields } = kindOf(form.values.recurrence);
  if (fields.length === 0) return null;
  return (
    <div className={classes.grid}>
      {fields.map((name) => {
        const Field = FIELDS[name];
        return <Field key={name} form={form} />;
      })}
    </div>
  );
}

function WeekdayField({ form }: Props) {
  const { t } = useLanguage();
  return (
    <NativeSelect
      label={t.editor.weekday}
      value={String(form.values.recurrence.weekday)}
      error={form.errors["recurrence.weekday"]}
      onChange={(event) =>
        form.setFieldValue("recurrence.weekday", Number(event.currentTarget.value))
      }
      data={t.weekdays.map((label, index) => ({ value: String(index + 1), label }))}
    />
  );
}

function DayField({ form }: Props) {
  const { t } = useLanguage();
  const { day } = form.values.recurrence;
  return (
    <NativeSelect
      label={t.editor.monthDay}
      description={day > 28 ? t.editor.monthDayHint : undefined}
      value={String(day)}
      error={form.errors["recurrence.day"]}
      onChange={(event) => form.setFieldValue("recurrence.day", Number(event.currentTarget.value))}
      data={DAYS}
    />
  );
}

function OnceField({ form }: Props) {
  const { t } = useLanguage();
  const problem = form.errors["recurrence.at"];
  return (
    <DateField
      label={t.editor.date}
      required
      minDate={today(form.values.timezone)}
      {...form.getInputProps("recurrence.date")}
      data-path="recurrence.at"
      error={form.values.recurrence.date === null && problem ? t.editor.dateMissing : problem}
    />
  );
}

function HourField({ form }: Props) {
  const { t } = useLanguage();
  return <TimeField label={t.editor.time} required {...form.getInputProps("recurrence.time")} />;
}
