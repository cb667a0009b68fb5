import { Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Send, SendError } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { Notice } from "../ui/Notice";
import { SendBadge } from "../ui/StatusBadge";
import classes from "./detail.module.css";
import { isOver } from "./failures";
import { MailAsSent } from "./MailAsSent";
import { OpenDocument } from "./OpenDocument";
import { RecipientList } from "./RecipientList";
import { ResolveButton } from "./ResolveButton";
import { Retry } from "./Retry";
import { addressShown } from "./recipients";
import { SentDocuments } from "./SentDocuments";
import { Timeline } from "./Timeline";

/** All that is known of a send, the reason of a failure first. */
export function Detail({ send }: { send: Send }) {
  const { t } = useLanguage();
  return (
    <Stack gap="lg">
      <div>
        <SendBadge send={send} />
        <Title order={3} className={classes.subject}>
          {send.subject || t.common.none}
        </Title>
      </div>
      {send.status === "failed" && send.error && <Failure send={send} error={send.error} />}
      <div className={classes.actions}>
        {send.failed_count > 0 && <Retry send={send} />}
        <ResolveButton send={send} />
        <OpenDocument send={send} />
      </div>
      <Facts send={send} />
      <Section title={t.detail.recipients}>
        <RecipientList recipients={send.recipients} />
      </Section>
      <Section title={send.documents.length > 1 ? t.detail.documents : t.detail.document}>
        <SentDocuments send={send} />
      </Section>
      <Section title={t.detail.mail}>
        <MailAsSent send={send} />
      </Section>
      <Section title={t.detail.timeline}>
        <Timeline entries={send.timeline} />
      </Section>
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={4} mb="xs" fz="0.9375rem">
        {title}
      </Title>
      {children}
    </section>
  );
}

/** Cause and remedy in the API's words; the raw text beneath. Quiet once the failure is over. */
function Failure({ send, error }: { send: Send; error: SendError }) {
  const { t } = useLanguage();
  const over = isOver(send);
  return (
    <Notice tone={over ? "gray" : "red"} title={error.cause} role="note">
      {over ? (
        <p>{send.resolution === "retried" ? t.detail.isRetried : t.detail.isResolved}</p>
      ) : (
        <p className={classes.remedy}>
          <strong>{t.detail.remedy}</strong> {error.remedy}
        </p>
      )}
      {error.detail && (
        <p className={classes.raw}>
          {t.detail.rawText} <span className="mono">{error.detail}</span>
        </p>
      )}
    </Notice>
  );
}

function Facts({ send }: { send: Send }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  const sendLink = (id: string) => (
    <Link key={id} href={`/historique/${id}`}>
      {t.detail.seeSend}
    </Link>
  );
  const notSent = send.status === "queued" ? t.detail.notSentYet : t.detail.notSent;
  const facts: [string, ReactNode][] = [
    [t.detail.sentAt, send.sent_at ? `${format.instant(send.sent_at, zone)} (${zone})` : notSent],
    [t.detail.queuedAt, `${format.instant(send.queued_at, zone)} (${zone})`],
    [t.detail.origin, t.origins[send.origin]],
    [t.detail.campaign, campaignOf(send)],
    [t.detail.occurrence, send.occurrence_at && format.instant(send.occurrence_at, zone)],
    [t.detail.from, addressShown(send.from, t)],
    [t.detail.replyTo, send.reply_to],
    [t.detail.retryOf, send.retry_of && sendLink(send.retry_of)],
    [t.detail.retriedBy, send.retried_by.length > 0 && send.retried_by.map(sendLink)],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function campaignOf(send: Send): ReactNode {
  if (!send.campaign_id) return null;
  return (
    <Link href={`/campagnes/${send.campaign_id}`}>{send.campaign_name ?? send.campaign_id}</Link>
  );
}
