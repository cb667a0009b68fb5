import { Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Occurrence } from "../api/types";
import { useLanguage } from "../i18n/language";
import { usePreview } from "../send/queries";
import { PreviewedMail } from "../send/SendPreview";
import { useProfile } from "../settings/queries";
import { ErrorAlert, messageOf } from "../ui/ErrorAlert";
import { type CampaignValues, previewOf, recurrenceOf } from "./draft";
import classes from "./editor.module.css";
import { OccurrenceList } from "./OccurrenceList";
import { useComing } from "./queries";
import { kindOf } from "./recurrences";

const NEXT = 5;

/** The mail and the coming dates of the draft as it stands, a moment after each change. */
export function LivePreview({ values }: { values: CampaignValues }) {
  const { t } = useLanguage();
  const { data: profile } = useProfile();
  const [settled] = useDebouncedValue(values, 500);
  const body = previewOf(settled, profile?.email);
  const { data: last, error, isPlaceholderData } = usePreview(body);
  const data = body ? last : undefined;
  return (
    <>
      {!kindOf(settled.recurrence).immediate && (
        <section className={`card ${classes.panel}`}>
          <Title order={2} mb="xs">
            {t.editor.next}
          </Title>
          <Dates values={settled} dated={error ? undefined : data?.occurrences} />
        </section>
      )}
      <section className={`card ${classes.panel}`}>
        <Title order={2} mb="sm">
          {t.editor.preview}
        </Title>
        {error && <ErrorAlert error={error} />}
        {data && <PreviewedMail preview={data} stale={isPlaceholderData || error !== null} />}
        {!data && !error && <p className={classes.minor}>{t.editor.previewWaiting}</p>}
      </section>
    </>
  );
}

/** The coming dates: those of the preview, which know the dates of the lists, or of the recurrence alone. */
function Dates({ values, dated }: { values: CampaignValues; dated?: Occurrence[] | undefined }) {
  const { t } = useLanguage();
  const { timezone } = values;
  const recurrence = recurrenceOf(values);
  const { data, error } = useComing(recurrence && !dated ? { recurrence, timezone } : null);
  const known = dated ?? data?.occurrences;
  return (
    <OccurrenceList
      occurrences={(recurrence && known?.slice(0, NEXT)) ?? []}
      zone={timezone}
      empty={recurrence && error ? messageOf(error, t) : t.editor.nextNone}
    />
  );
}
