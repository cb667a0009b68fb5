import { useMemo } from "react";
import { useLanguage } from "./language";
import { headingOf, type Language } from "./languages";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["week", 7 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** Dates, times and amounts as people of a language write them, 24-hour clock throughout. */
export interface Format {
  /** DD/MM/YYYY of a plain date (`YYYY-MM-DD`). */
  date: (value: string) => string;
  /** «lundi 31 janvier 2027» of a plain date. */
  longDate: (value: string) => string;
  /** «janvier 2027» of a month (`YYYY-MM`). */
  month: (value: string) => string;
  /** DD/MM/YYYY HH:MM of an instant in a zone. */
  instant: (value: string, zone: string) => string;
  /** «lun. 31 janv. 2027, 08:00» of a local time (`YYYY-MM-DDTHH:MM`). */
  local: (value: string) => string;
  /** «dans 6 jours», «il y a 3 heures». */
  relative: (value: string, now?: number) => string;
  amount: (value: number) => string;
  number: (value: number) => string;
  /** A figure of the API (`1234.5`) as it is typed: «1234,5». */
  figure: (value: string) => string;
}

export function formatsOf(language: Language): Format {
  const { tag } = headingOf(language);
  const day = { day: "2-digit", month: "2-digit", year: "numeric" } as const;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const date = new Intl.DateTimeFormat(tag, { ...day, timeZone: "UTC" });
  const long = new Intl.DateTimeFormat(tag, { dateStyle: "full", timeZone: "UTC" });
  const month = new Intl.DateTimeFormat(tag, { month: "long", year: "numeric", timeZone: "UTC" });
  const local = new Intl.DateTimeFormat(tag, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    ...time,
    timeZone: "UTC",
  });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  const amount = new Intl.NumberFormat(tag, {
    style: "currency",
    currency: "EUR",
    signDisplay: "negative", // no "-0,00 €"
  });
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
  const point = number.formatToParts(0.5).find(({ type }) => type === "decimal")?.value ?? ".";
  return {
    date: (value) => date.format(new Date(`${value.slice(0, 10)}T00:00Z`)),
    longDate: (value) => long.format(new Date(`${value.slice(0, 10)}T00:00Z`)),
    month: (value) => month.format(new Date(`${value}-01T00:00Z`)),
    instant: (value, zone) =>
      new Intl.DateTimeFormat(tag, { ...day, ...time, timeZone: zone })
        .format(new Date(value))
        .replace(",", ""),
    local: (value) => local.format(new Date(`${value}Z`)),
    relative: (value, now = Date.now()) => relativeTo(new Date(value).getTime() - now, relative),
    amount: (value) => amount.format(value),
    number: (value) => number.format(value),
    figure: (value) => value.replace(".", point),
  };
}

function relativeTo(milliseconds: number, format: Intl.RelativeTimeFormat): string {
  const seconds = milliseconds / 1000;
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  return step ? format.format(Math.round(seconds / step[1]), step[0]) : format.format(0, "second");
}

export function useFormat(): Format {
  const { language } = useLanguage();
  return useMemo(() => formatsOf(language), [language]);
}
