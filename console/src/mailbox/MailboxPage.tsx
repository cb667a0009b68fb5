import { Button } from "@mantine/core";
import { IconMailbox, IconTrash } from "@tabler/icons-react";
import { Link, useParams } from "wouter";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { PageLoading } from "../shell/PageLoading";
import { BusyButton } from "../ui/BusyButton";
import { EmptyState } from "../ui/EmptyState";
import { ErrorAlert } from "../ui/ErrorAlert";
import { PageHeader } from "../ui/PageHeader";
import { CapturedMail } from "./CapturedMail";
import { ClockPanel } from "./ClockPanel";
import classes from "./mailbox.module.css";
import { type Captured, useEmptyMailbox, useMailbox } from "./queries";

/** The mail that the local mode captured, and the clock that makes more of it. */
export function MailboxPage() {
  const { t } = useLanguage();
  const { id } = useParams<{ id?: string }>();
  const { data, error, refetch } = useMailbox();
  const empty = useEmptyMailbox();
  const shown = data?.find((mail) => mail.id === id) ?? (id === undefined ? data?.[0] : undefined);
  return (
    <>
      <PageHeader
        title={t.mailbox.title}
        intro={t.mailbox.intro}
        actions={
          <BusyButton
            variant="default"
            disabled={!data?.length}
            busy={empty.isPending}
            onClick={() => empty.mutate()}
            leftSection={<IconTrash size={18} aria-hidden />}
          >
            {t.mailbox.clear}
          </BusyButton>
        }
      />
      <ClockPanel mails={data?.length ?? 0} />
      {error && <ErrorAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data?.length === 0 && (
        <EmptyState icon={<IconMailbox />} title={t.mailbox.empty} hint={t.mailbox.emptyHint}>
          <Button component={Link} href="/documents">
            {t.history.emptyAction}
          </Button>
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <div className={classes.columns}>
          <MailList mails={data} shown={shown?.id} />
          {shown ? <CapturedMail key={shown.id} captured={shown} /> : <p>{t.mailbox.choose}</p>}
        </div>
      )}
    </>
  );
}

function MailList({ mails, shown }: { mails: Captured[]; shown: string | undefined }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  return (
    <nav className={`card ${classes.list}`} aria-label={t.mailbox.list}>
      <ul>
        {mails.map((mail) => (
          <li key={mail.id}>
            <Link
              href={`/courrier/${mail.id}`}
              aria-current={mail.id === shown ? "true" : undefined}
            >
              <span className={classes.subject}>{mail.subject}</span>
              <span className={classes.minor}>{mail.to.join(", ")}</span>
              <span className={classes.minor}>{format.instant(mail.received_at, zone)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
