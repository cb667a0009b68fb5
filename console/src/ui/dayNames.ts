import dayjs from "dayjs";
import { headingOf, type Language } from "../i18n/languages";

const A_SUNDAY = Date.UTC(2023, 0, 1);
const DAY_MS = 86_400_000;

/** Tells the date picker's library the names of days and months in a language; it brings English. */
export function teachNames(language: Language): void {
  if (language in dayjs.Ls) return;
  const { tag } = headingOf(language);
  const days = (style: "long" | "short") =>
    namesOf(7, (n) => A_SUNDAY + n * DAY_MS, tag, { weekday: style });
  const months = (style: "long" | "short") =>
    namesOf(12, (n) => Date.UTC(2023, n), tag, { month: style });
  const weekdays = days("long");
  dayjs.locale(
    {
      name: language,
      weekdays,
      weekdaysShort: days("short"),
      weekdaysMin: weekdays.map((name) => name.slice(0, 2)),
      months: months("long"),
      monthsShort: months("short"),
      weekStart: 1,
      formats: {},
      relativeTime: {},
    },
    undefined,
    true,
  );
}

function namesOf(
  count: number,
  at: (n: number) => number,
  tag: string,
  style: Intl.DateTimeFormatOptions,
): string[] {
  const format = new Intl.DateTimeFormat(tag, { ...style, timeZone: "UTC" });
  return Array.from({ length: count }, (_, n) => format.format(at(n)));
}
