import type { Recurrence } from "../api/types";
import type { Dictionary } from "../i18n/dictionary";
import type { Format } from "../i18n/format";
import { isTime } from "../ui/times";
import { zoneWords } from "./zone";

/** What the editor holds: the fields of every kind, so that going back and forth loses none. */
export interface RecurrenceValues {
  kind: Recurrence["kind"];
  weekday: number;
  day: number;
  time: string;
  date: string | null;
  /** The rule as it is stored: what it says beyond these fields is kept while the day is. */
  stored?: Recurrence;
}

export type RecurrenceField = Exclude<keyof RecurrenceValues, "kind" | "stored">;

interface Context {
  zone: string;
  recipients: number;
}

/** All that is particular to one kind of recurrence. */
interface Kind<R extends Recurrence> {
  /** What a person fills in, in the order of the form. */
  fields: readonly RecurrenceField[];
  /** Is it sent as soon as it is saved? */
  immediate?: boolean;
  /** Is it sent again and again? */
  repeats?: boolean;
  /** What the API takes; an empty field goes as it is, for the API to name. */
  bodyOf: (values: RecurrenceValues) => R;
  /** The fields of a stored recurrence. */
  valuesOf: (recurrence: R) => Partial<RecurrenceValues>;
  /** «Mensuelle · le 31 ou le dernier jour du mois · 08:00» */
  words: (recurrence: R, t: Dictionary, format: Format) => string;
  /** The same as a sentence, with the zone its hour is in. */
  sentence: (recurrence: R, context: Context, t: Dictionary, format: Format) => string;
}

/** Every kind, in the editor's order. */
const KINDS: { [K in Recurrence["kind"]]: Kind<Extract<Recurrence, { kind: K }>> } = {
  none: {
    fields: [],
    immediate: true,
    bodyOf: () => ({ kind: "none" }),
    valuesOf: () => ({}),
    words: (_, t) => t.recurrence.none.short,
    sentence: (_, { recipients }, t) => t.recurrence.none.sentence(recipients),
  },
  weekly: {
    fields: ["weekday", "time"],
    repeats: true,
    bodyOf: ({ weekday, time, stored }) =>
      stored?.kind === "weekly" && (stored.weekdays?.[0] ?? 1) === weekday
        ? { ...stored, time }
        : { kind: "weekly", weekday, time },
    valuesOf: ({ weekdays, time }) => ({ weekday: weekdays?.[0] ?? 1, time }),
    words: (rule, t) => t.recurrence.weekly.words(daysOfWeek(rule, t), rule.time),
    sentence: (rule, { zone }, t) =>
      t.recurrence.weekly.sentence(daysOfWeek(rule, t), rule.time, zoneWords(zone)),
  },
  monthly: {
    fields: ["day", "time"],
    repeats: true,
    bodyOf: ({ day, time, stored }) =>
      stored?.kind === "monthly" && (stored.days?.[0] ?? 1) === day
        ? { ...stored, time }
        : { kind: "monthly", day, time },
    valuesOf: ({ days, time }) => ({ day: days?.[0] ?? 1, time }),
    words: (rule, t) => t.recurrence.monthly.words(daysOfMonth(rule, t), rule.time),
    sentence: (rule, { zone }, t) =>
      t.recurrence.monthly.sentence(daysOfMonth(rule, t), rule.time, zoneWords(zone)),
  },
  once: {
    fields: ["date", "time"],
    bodyOf: ({ date, time }) => ({ kind: "once", at: `${date ?? ""}T${time}` }),
    valuesOf: ({ at }) => ({ date: at.slice(0, 10), time: at.slice(11, 16) }),
    words: ({ at }, t, format) => t.recurrence.once.words(format.date(at), at.slice(11, 16)),
    sentence: ({ at }, { zone }, t, format) =>
      t.recurrence.once.sentence(format.longDate(at), at.slice(11, 16), zoneWords(zone)),
  },
};

export const RECURRENCE_KINDS = Object.keys(KINDS) as Recurrence["kind"][];

/** What is particular to a kind, for a recurrence that is of that kind. */
export function kindOf({ kind }: Pick<Recurrence, "kind">): Kind<Recurrence> {
  return KINDS[kind] as unknown as Kind<Recurrence>;
}

/** The values of a recurrence to begin with: monthly, and the first day of each kind. */
export function newRecurrence(): RecurrenceValues {
  return { kind: "monthly", weekday: 1, day: 1, time: "08:00", date: null };
}

/** Is every field of the chosen kind filled in? */
export function isComplete(values: RecurrenceValues): boolean {
  const isFilled = (field: RecurrenceField) =>
    field === "time" ? isTime(values.time) : values[field] !== null;
  return kindOf(values).fields.every(isFilled);
}

/** The editor's own values have one day; what the API answers has the list. */
function daysOfWeek(rule: Extract<Recurrence, { kind: "weekly" }>, t: Dictionary): string {
  const weekdays = rule.weekdays ?? [rule.weekday ?? 1];
  return weekdays.map((weekday) => t.weekdays[weekday - 1] ?? "").join(", ");
}

function daysOfMonth(rule: Extract<Recurrence, { kind: "monthly" }>, t: Dictionary): string {
  return (rule.days ?? [rule.day ?? 1]).map((day) => dayOfMonth(day, t)).join(", ");
}

function dayOfMonth(day: number, t: Dictionary): string {
  const { first, lastDays } = t.recurrence.monthly;
  if (day === 1) return first;
  return day > 28 ? lastDays(day) : String(day);
}
