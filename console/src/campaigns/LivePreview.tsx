import { Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useLanguage } from "../i18n/language";
import { usePreview } from "../send/queries";
import { PreviewedMail } from "../send/SendPreview";
import { useProfile } from "../settings/queries";
import { ErrorAlert } from "../ui/ErrorAlert";
import { type CampaignValues, previewOf } from "./draft";
import classes from "./editor.module.css";
import { OccurrenceList } from "./OccurrenceList";

const NEXT = 5;

/** The mail and the coming dates of the draft as it stands, a moment after each change. */
export function LivePreview({ values }: { values: CampaignValues }) {
  const { t } = useLanguage();
  const { data: profile } = useProfile();
  const [settled] = useDebouncedValue(values, 500);
  const { data, error, isPlaceholderData } = usePreview(previewOf(settled, profile?.email));
  const chosen = settled.document_ids.length > 0;
  const incomplete = error ? t.editor.nextBlocked : t.editor.nextNone;
  const waiting = chosen ? incomplete : t.editor.previewWaiting;
  return (
    <aside className={classes.beside} aria-label={t.editor.preview}>
      <section className={`card ${classes.group}`}>
        <Title order={2} mb="xs">
          {t.editor.next}
        </Title>
        <OccurrenceList
          occurrences={data?.occurrences.slice(0, NEXT) ?? []}
          zone={settled.timezone}
          empty={waiting}
        />
      </section>
      <section className={`card ${classes.group}`}>
        <Title order={2} mb="sm">
          {t.editor.preview}
        </Title>
        {error && <ErrorAlert error={error} />}
        {data && <PreviewedMail preview={data} stale={isPlaceholderData || error !== null} />}
        {!data && !error && <p className={classes.minor}>{t.editor.previewWaiting}</p>}
      </section>
    </aside>
  );
}
