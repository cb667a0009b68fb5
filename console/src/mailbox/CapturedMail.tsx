import { Button, Group, Title } from "@mantine/core";
import { IconFileTypePdf } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { MailView } from "../ui/MailView";
import type { Attachment } from "../ui/mail";
import { PdfView } from "../ui/PdfView";
import { useObjectUrl } from "../ui/useObjectUrl";
import classes from "./mailbox.module.css";
import { type Captured, useCaptured } from "./queries";

/** A captured mail: who gets it, what it says, what is attached. */
export function CapturedMail({ captured }: { captured: Captured }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  const { data, error, refetch } = useCaptured(captured.id);
  return (
    <article className={`card ${classes.mail}`}>
      <Title order={2}>{captured.subject}</Title>
      <dl className={classes.facts}>
        <dt>{t.mailbox.from}</dt>
        <dd>{captured.from}</dd>
        <dt>{t.mailbox.to}</dt>
        <dd>{data?.to ?? t.common.none}</dd>
        <dt>{t.mailbox.envelope}</dt>
        <dd>{captured.to.join(", ")}</dd>
        <dt>{t.mailbox.received}</dt>
        <dd>{format.instant(captured.received_at, zone)}</dd>
      </dl>
      {captured.send_id && captured.origin !== "notice" && (
        <Link href={`/historique/${captured.send_id}`}>{t.detail.title}</Link>
      )}
      {error && <ErrorAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data && (
        <>
          <MailView {...data} title={captured.subject} />
          <Attachments attachments={data.attachments} />
        </>
      )}
    </article>
  );
}

function Attachments({ attachments }: { attachments: Attachment[] }) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(0);
  const chosen = attachments[shown];
  if (!chosen) return null;
  return (
    <section aria-label={t.mailbox.attachments}>
      <Group gap="xs" my="sm">
        {attachments.map((attachment, index) => (
          <Button
            key={attachment.filename}
            size="xs"
            variant={index === shown ? "light" : "default"}
            onClick={() => setShown(index)}
            leftSection={<IconFileTypePdf size={18} aria-hidden />}
          >
            {attachment.filename}
          </Button>
        ))}
      </Group>
      <AttachedPdf key={shown} attachment={chosen} />
    </section>
  );
}

function AttachedPdf({ attachment }: { attachment: Attachment }) {
  const { content, type, filename } = attachment;
  const [file] = useState(() => new Blob([content], { type }));
  const url = useObjectUrl(file);
  return url && <PdfView url={url} name={filename} />;
}
