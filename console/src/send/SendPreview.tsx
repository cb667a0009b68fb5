import { Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Preview, PreviewBody } from "../api/types";
import { useLanguage } from "../i18n/language";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { MailFrame } from "../ui/MailFrame";
import { Notice } from "../ui/Notice";
import { useSize } from "../ui/useSize";
import { usePreview } from "./queries";
import classes from "./send.module.css";

const SHOWN = 8;

/** The very mail that would leave, with its envelopes and what to think about before sending. */
export function SendPreview({ body }: { body: PreviewBody }) {
  const [settled] = useDebouncedValue(body, 400);
  const { data, error, isPlaceholderData } = usePreview(settled);
  if (error) return <ErrorAlert error={error} />;
  return data ? <PreviewedMail preview={data} stale={isPlaceholderData} /> : <PageLoading />;
}

export function PreviewedMail({ preview, stale }: { preview: Preview; stale: boolean }) {
  const { t } = useLanguage();
  const size = useSize();
  const [first] = preview.messages;
  const reached = preview.messages.flatMap((message) => message.envelope);
  return (
    <Stack gap="sm" style={stale ? { opacity: 0.6 } : undefined}>
      {preview.warnings.map((warning) => (
        <Notice key={warning.message} tone="amber" title={warning.message} />
      ))}
      <div>
        <dl className={classes.facts}>
          <dt>{t.sendForm.subject}</dt>
          <dd>
            <strong>{preview.subject}</strong>
          </dd>
          <dt>{t.detail.from}</dt>
          <dd>{first?.from}</dd>
          <dt>{t.sendForm.shownTo}</dt>
          <dd>{first?.to_header}</dd>
          <dt>{t.sendForm.envelope}</dt>
          <dd>
            {reached.slice(0, SHOWN).join(", ")}{" "}
            {reached.length > SHOWN && t.history.andMore(reached.length - SHOWN)}
          </dd>
          <dt>{t.sendForm.attachment}</dt>
          <dd>
            {preview.documents.map((document) => (
              <a key={document.filename} href={document.url} target="_blank" rel="noopener">
                {document.filename} ({size(document.size)})
              </a>
            ))}
          </dd>
        </dl>
        <MailFrame html={preview.html} title={t.sendForm.previewTitle} />
      </div>
      <span className={classes.minor}>
        {t.sendForm.messages(preview.messages.length)} · {t.sendForm.previewHint}
      </span>
    </Stack>
  );
}
