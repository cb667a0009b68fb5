import { useMemo } from "react";
import type { DocumentType, SendStatus } from "../api/types";
import { DOCUMENT_TYPES } from "../documents/registry";
import { known, useUrlFilters } from "../ui/useUrlFilters";

export const SEND_STATUSES = ["queued", "sent", "failed"] as const satisfies SendStatus[];

/** What the history is narrowed to, as its address says it. */
export interface Filters {
  q: string;
  type: DocumentType | "";
  status: SendStatus | "";
  from: string;
  to: string;
  recipient: string;
  campaign: string;
  document: string;
  cursor: string;
}

const NAMES = {
  q: "q",
  type: "type",
  status: "statut",
  from: "du",
  to: "au",
  recipient: "destinataire",
  campaign: "campagne",
  document: "document",
  cursor: "page",
} as const satisfies Record<keyof Filters, string>;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Filters out of an address; what is not a filter's value counts as none. */
export function filtersOf(params: URLSearchParams): Filters {
  const get = (key: keyof Filters) => params.get(NAMES[key]) ?? "";
  return {
    q: get("q"),
    type: known(DOCUMENT_TYPES, get("type")),
    status: known(SEND_STATUSES, get("status")),
    from: DATE.test(get("from")) ? get("from") : "",
    to: DATE.test(get("to")) ? get("to") : "",
    recipient: get("recipient"),
    campaign: get("campaign"),
    document: get("document"),
    cursor: get("cursor"),
  };
}

/** The same filters for the API, leaving out those that are empty. */
export function queryOf(filters: Filters) {
  const { cursor, campaign, document, ...rest } = filters;
  const query = { ...rest, campaign_id: campaign, document_id: document, cursor };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""));
}

/** An address of the history with these filters. */
export function historyPath(filters: Partial<Filters>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(filters))
    params.set(NAMES[key as keyof Filters], value);
  return `/historique?${params}`;
}

export function isNarrowed(filters: Filters): boolean {
  return Object.entries(filters).some(([key, value]) => key !== "cursor" && value !== "");
}

/** The filters in the address, and how to change some. */
export function useFilters() {
  const { params, change } = useUrlFilters<keyof Filters>(NAMES);
  const filters = useMemo(() => filtersOf(params), [params]);
  return { filters, change, search: params.toString() };
}
