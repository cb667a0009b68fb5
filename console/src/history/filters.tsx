import { NativeSelect } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import type { SendStatus } from "../api/types";
import { DOCUMENT_TYPES } from "../documents/registry";
import type { Dictionary } from "../i18n/dictionary";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { Choice } from "../ui/Choice";
import { today } from "../ui/clock";
import { SearchInput } from "../ui/SearchInput";
import { known, useUrlFilters } from "../ui/useUrlFilters";
import { DateFilter } from "./DateFilter";
import classes from "./history.module.css";
import { nameOf, PERIODS, periodOf } from "./periods";

const SEND_STATUSES = ["queued", "sent", "failed"] as const satisfies SendStatus[];
/** What is chosen as a status; «À traiter» are the failures that are still open. */
const STATUS_CHOICES = [...SEND_STATUSES, "open"] as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export interface FilterProps {
  filters: Filters;
  onChange: (changes: Partial<Filters>, options?: { replace?: boolean }) => void;
}

/** All that is particular to one filter. */
interface Filter<Value extends string> {
  /** Its name in the address of the page. */
  param: string;
  /** Its name in the API, where it is another. */
  query?: string;
  /** Its value out of an address; empty when the text is none of its values. */
  read: (text: string) => Value | "";
  /** Its field above the list. */
  Field?: (props: FilterProps) => ReactNode;
  /** Without a field, it comes from a link: what a chip says of it. */
  chip?: (value: string, t: Dictionary) => string;
}

const anyText = (text: string): string => text;
const aDate = (text: string): string => (DATE.test(text) ? text : "");

/** Every filter of the history, in the order of their fields. */
const FILTERS = {
  q: { param: "q", read: anyText, Field: Search },
  from: { param: "du", read: aDate, Field: Dates },
  to: { param: "au", read: aDate },
  type: { param: "type", read: (text) => known(DOCUMENT_TYPES, text), Field: Types },
  status: { param: "statut", read: (text) => known(STATUS_CHOICES, text), Field: Statuses },
  campaign: {
    ...{ param: "campagne", query: "campaign_id", read: anyText },
    chip: (_, t) => t.history.filterCampaign,
  },
  document: {
    ...{ param: "document", query: "document_id", read: anyText },
    chip: (_, t) => t.history.filterDocument,
  },
  recipient: {
    ...{ param: "destinataire", read: anyText },
    chip: (address, t) => t.history.filterRecipient(address),
  },
  cursor: { param: "page", read: anyText },
} satisfies Record<string, Filter<string>>;

type Key = keyof typeof FILTERS;

/** What the history is narrowed to, as its address says it; empty where it is not. */
export type Filters = { [K in Key]: ReturnType<(typeof FILTERS)[K]["read"]> };

const ENTRIES = Object.entries(FILTERS) as [Key, Filter<string>][];
const PARAMS = valuesBy((_, { param }) => param);

/** No filter at all. */
export const NO_FILTERS = valuesBy(() => "") as Filters;

/** The fields above the list. */
export const FIELDS = ENTRIES.flatMap(([key, { Field }]) => (Field ? [{ key, Field }] : []));

function valuesBy(value: (key: Key, filter: Filter<string>) => string): Record<Key, string> {
  const pairs = ENTRIES.map(([key, filter]) => [key, value(key, filter)]);
  return Object.fromEntries(pairs) as Record<Key, string>;
}

/** What chips say of the filters that have no field. */
export function chipsOf(filters: Filters, t: Dictionary): { key: Key; text: string }[] {
  return ENTRIES.flatMap(([key, { chip }]) =>
    chip && filters[key] !== "" ? [{ key, text: chip(filters[key], t) }] : [],
  );
}

/** Filters out of an address; what is not a filter's value counts as none. */
export function filtersOf(params: URLSearchParams): Filters {
  return valuesBy((_, { param, read }) => read(params.get(param) ?? "")) as Filters;
}

/** The same filters for the API, leaving out those that are empty. */
export function queryOf(filters: Filters): Record<string, string> {
  const given = ENTRIES.filter(([key]) => filters[key] !== "");
  const query = Object.fromEntries(given.map(([key, { query }]) => [query ?? key, filters[key]]));
  const { status, ...others } = query;
  return status === "open" ? { ...others, resolution: "open" } : query;
}

/** An address of the history with these filters. */
export function historyPath(filters: Partial<Filters>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(filters)) params.set(PARAMS[key as Key], value);
  return `/historique?${params}`;
}

export function isNarrowed(filters: Filters): boolean {
  return Object.entries(filters).some(([key, value]) => key !== "cursor" && value !== "");
}

/** The filters in the address, and how to change some. */
export function useFilters() {
  const { params, change } = useUrlFilters<Key>(PARAMS);
  const filters = useMemo(() => filtersOf(params), [params]);
  return { filters, change, search: params.toString() };
}

function Search({ filters, onChange }: FilterProps) {
  const { t } = useLanguage();
  return (
    <div className={classes.search}>
      <SearchInput
        label={t.history.search}
        value={filters.q}
        onChange={(q) => onChange({ q }, { replace: true })}
      />
    </div>
  );
}

/** A usual period, or its first and its last day. */
function Dates({ filters, onChange }: FilterProps) {
  const { t } = useLanguage();
  const present = today(useZone());
  const period = nameOf(filters, present);
  return (
    <div className={classes.dates}>
      <NativeSelect
        label={t.history.period}
        value={period}
        onChange={(event) => {
          const chosen = PERIODS.find((name) => name === event.currentTarget.value);
          if (chosen) onChange(periodOf(chosen, present));
        }}
        data={[
          ...PERIODS.map((value) => ({ value, label: t.history.periods[value] })),
          ...(period === "" ? [{ value: "", label: t.history.chosenDates }] : []),
        ]}
      />
      <DateFilter
        label={t.history.since}
        maxDate={filters.to || undefined}
        value={filters.from}
        onChange={(from) => onChange({ from })}
      />
      <DateFilter
        label={t.history.until}
        minDate={filters.from || undefined}
        value={filters.to}
        onChange={(to) => onChange({ to })}
      />
    </div>
  );
}

function Types({ filters, onChange }: FilterProps) {
  const { t } = useLanguage();
  return (
    <Choice
      label={t.history.filterType}
      value={filters.type}
      onChange={(type) => onChange({ type })}
      options={[
        { value: "" as const, label: t.history.all },
        ...DOCUMENT_TYPES.map((value) => ({ value, label: t.documentTypes[value].plural })),
      ]}
    />
  );
}

function Statuses({ filters, onChange }: FilterProps) {
  const { t } = useLanguage();
  return (
    <Choice
      label={t.history.filterStatus}
      value={filters.status}
      onChange={(status) => onChange({ status })}
      options={[
        { value: "" as const, label: t.history.all },
        ...SEND_STATUSES.map((value) => ({ value, label: t.sendStatus[value] })),
        { value: "open" as const, label: t.resolutions.open },
      ]}
    />
  );
}
