import { IconHistory, IconRepeat } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { answer, api } from "../api/client";
import type { CampaignPage } from "../api/types";
import { WORDED } from "../api/useWording";
import { definitionOf } from "../documents/registry";
import { recipientsOf } from "../history/recipients";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import type { Entry } from "./useActions";
import { hasWords } from "./words";

const SHOWN = 5;
/** Campaigns are searched here, because the API does not: so many pages of them, of 100 each. */
const MOST_PAGES = 10;

export interface Found {
  documents: Entry[];
  campaigns: Entry[];
  sends: Entry[];
  searching: boolean;
  error: unknown;
}

/** What the API finds for some words; answers to earlier words are neither waited for nor shown. */
export function useFound(q: string, sending: boolean): Found {
  const documents = useDocumentsFound(q, sending);
  const campaigns = useCampaignsFound(q, !sending);
  const sends = useSendsFound(q, !sending);
  const all = [documents, campaigns, sends];
  return {
    documents: documents.entries,
    campaigns: campaigns.entries,
    sends: sends.entries,
    searching: all.some(({ searching }) => searching),
    error: all.find(({ error }) => error)?.error,
  };
}

interface Answer {
  entries: Entry[];
  searching: boolean;
  error: unknown;
}

/** Without words: the latest, where a document to send is chosen. */
function useDocumentsFound(q: string, sending: boolean): Answer {
  const { t } = useLanguage();
  const format = useFormat();
  const [, navigate] = useLocation();
  const query = { ...(q && { q }), limit: SHOWN };
  const { data, error, isLoading } = useQuery({
    queryKey: ["documents", "list", "palette", q],
    queryFn: ({ signal }) => answer(api.GET("/v1/documents", { params: { query }, signal })),
    enabled: q !== "" || sending,
  });
  const entries = (data?.items ?? []).map(({ id, name, type, party, date }) => ({
    key: id,
    label: name,
    detail: [t.documentTypes[type].name, party, format.date(date)].filter(Boolean).join(" · "),
    Icon: definitionOf(type).Icon,
    act: () => navigate(sending ? `/documents/${id}/envoyer` : `/documents/${id}`),
  }));
  return { entries, searching: isLoading, error };
}

function useCampaignsFound(q: string, wanted: boolean): Answer {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const { data, error, isLoading } = useQuery({
    queryKey: ["campaigns", "palette"],
    queryFn: ({ signal }) => allCampaigns(signal),
    enabled: wanted && q !== "",
    staleTime: 60_000,
  });
  const found = (data ?? []).filter(({ name }) => hasWords(name, q));
  const entries = found.slice(0, wanted && q ? SHOWN : 0).map(({ id, name, status }) => ({
    key: id,
    label: name,
    detail: t.campaignStatus[status],
    Icon: IconRepeat,
    act: () => navigate(`/campagnes/${id}`),
  }));
  return { entries, searching: isLoading, error };
}

async function allCampaigns(signal: AbortSignal): Promise<CampaignPage["items"]> {
  const found: CampaignPage["items"] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor && { cursor }) };
    const { items, next }: CampaignPage = await answer(
      api.GET("/v1/campaigns", { params: { query }, signal }),
    );
    found.push(...items);
    if (next === null) break;
    cursor = next;
  }
  return found;
}

function useSendsFound(q: string, wanted: boolean): Answer {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  const [, navigate] = useLocation();
  const query = { q, limit: SHOWN };
  const { data, error, isLoading } = useQuery({
    queryKey: ["sends", "palette", q],
    meta: WORDED,
    queryFn: ({ signal }) => answer(api.GET("/v1/sends", { params: { query }, signal })),
    enabled: wanted && q !== "",
  });
  const entries = (data?.items ?? []).map((send) => {
    const at = format.instant(send.sent_at ?? send.queued_at, zone);
    return {
      key: send.id,
      label: send.subject || t.common.none,
      detail: [recipientsOf(send, t).shown, t.sendStatus[send.status], at].join(" · "),
      Icon: IconHistory,
      act: () => navigate(`/historique/${send.id}`),
    };
  });
  return { entries, searching: isLoading, error };
}
