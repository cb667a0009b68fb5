import type { Recurrence } from "../api/types";
import type { Format } from "../i18n/format";
import type { Dictionary } from "../i18n/fr";

/** A recurrence in words: «Mensuelle · le 31 ou le dernier jour du mois · 08:00». */
export function recurrenceWords(recurrence: Recurrence, t: Dictionary, format: Format): string {
  const r = t.recurrence;
  switch (recurrence.kind) {
    case "none":
      return r.noneShort;
    case "weekly":
      return r.weeklyWords(t.weekdays[recurrence.weekday - 1] ?? "", recurrence.time);
    case "monthly":
      return r.monthlyWords(dayWords(recurrence.day, t), recurrence.time);
    case "once":
      return r.onceWords(format.date(recurrence.at), recurrence.at.slice(11, 16));
  }
}

/** A recurrence said back as a sentence, with the zone its hour is in. */
export function recurrenceSentence(
  recurrence: Recurrence,
  told: { zone: string; recipients: number },
  t: Dictionary,
  format: Format,
): string {
  const r = t.recurrence;
  const zone = zoneWords(told.zone);
  switch (recurrence.kind) {
    case "none":
      return r.sayNone(told.recipients);
    case "weekly":
      return r.sayWeekly(t.weekdays[recurrence.weekday - 1] ?? "", recurrence.time, zone);
    case "monthly":
      return r.sayMonthly(dayWords(recurrence.day, t), recurrence.time, zone);
    case "once":
      return r.sayOnce(format.longDate(recurrence.at), recurrence.at.slice(11, 16), zone);
  }
}

function dayWords(day: number, t: Dictionary): string {
  if (day === 1) return t.recurrence.first;
  return day > 28 ? t.recurrence.lastDays(day) : String(day);
}

/** «Paris» for Europe/Paris: people know the city. */
export function zoneWords(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}
