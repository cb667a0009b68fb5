import type {
  CampaignStatus,
  DocumentStatus,
  DocumentType,
  HookDelivery,
  Outcome,
  SendRow,
} from "../api/types";
import { useLanguage } from "../i18n/language";
import classes from "./status.module.css";

type Tone = "green" | "red" | "amber" | "blue" | "gray";

const SEND: Record<SendRow["status"], Tone> = { queued: "amber", sent: "green", failed: "red" };
const CAMPAIGN: Record<CampaignStatus, Tone> = {
  active: "green",
  paused: "amber",
  completed: "gray",
};
const DOCUMENT: Record<DocumentStatus, Tone> = { draft: "gray", published: "green", sent: "green" };
const OUTCOME: Record<Outcome, Tone> = {
  queued: "amber",
  sending: "amber",
  unconfirmed: "red",
  sent: "blue",
  delayed: "amber",
  delivered: "green",
  bounced: "red",
  complained: "amber",
  rejected: "red",
  failed: "red",
};
const HOOK: Record<HookDelivery["state"], Tone> = {
  pending: "amber",
  delivered: "green",
  failed: "red",
};

/** A state in words, with a colour that only repeats them. */
function Badge({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`${classes.badge} ${classes[tone]}`}>{children}</span>;
}

/** The state of a send: «Erreur (1 sur 12)» when only some failed, quiet once that is over. */
export function SendBadge({
  send,
}: {
  send: Pick<SendRow, "status" | "resolution" | "failed_count" | "recipient_count">;
}) {
  const { t } = useLanguage();
  const { resolution } = send;
  if (resolution === "retried" || resolution === "resolved") {
    return <Badge tone="gray">{t.resolutions[resolution]}</Badge>;
  }
  const partial = send.status === "failed" && send.failed_count > 0 && send.recipient_count > 1;
  const text = partial
    ? t.history.partial(send.failed_count, send.recipient_count)
    : t.sendStatus[send.status];
  return <Badge tone={SEND[send.status]}>{text}</Badge>;
}

export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { t } = useLanguage();
  return <Badge tone={OUTCOME[outcome]}>{t.outcomes[outcome]}</Badge>;
}

export function DocumentBadge({ type, status }: { type: DocumentType; status: DocumentStatus }) {
  const { t } = useLanguage();
  return <Badge tone={DOCUMENT[status]}>{t.documentTypes[type].statuses[status]}</Badge>;
}

export function CampaignBadge({ status }: { status: CampaignStatus }) {
  const { t } = useLanguage();
  return <Badge tone={CAMPAIGN[status]}>{t.campaignStatus[status]}</Badge>;
}

export function WebhookBadge({ enabled }: { enabled: boolean }) {
  const { t } = useLanguage();
  return (
    <Badge tone={enabled ? "green" : "gray"}>{t.webhooks.states[enabled ? "on" : "off"]}</Badge>
  );
}

export function HookBadge({ state }: { state: HookDelivery["state"] }) {
  const { t } = useLanguage();
  return <Badge tone={HOOK[state]}>{t.webhooks.deliveryStates[state]}</Badge>;
}
