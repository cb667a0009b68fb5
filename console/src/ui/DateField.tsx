import { DateInput, type DateInputProps } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import { useLanguage } from "../i18n/language";
import { teachNames } from "./dayNames";

/** `YYYY-MM-DD` out of what people type: 31/1/27, 31.01.2027, 31012027 or 2027-01-31. */
export function parseDate(typed: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed.trim());
  if (iso) return dateOf(iso[1], iso[2], iso[3]);
  const european = /^(\d{1,2})[\s/.-]?(\d{1,2})[\s/.-]?(\d{4}|\d{2})$/.exec(typed.trim());
  return european ? dateOf(european[3], european[2], european[1]) : null;
}

function dateOf(year = "", month = "", day = ""): string | null {
  const full = year.length === 2 ? `20${year}` : year;
  const text = `${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${text}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

/** A date, typed or picked, DD/MM/YYYY. */
export function DateField(props: DateInputProps) {
  const { t, language } = useLanguage();
  teachNames(language);
  return (
    <DateInput
      dateParser={parseDate}
      leftSection={<IconCalendar size={18} aria-hidden />}
      leftSectionPointerEvents="none"
      placeholder={t.dates.placeholder}
      {...props}
    />
  );
}
