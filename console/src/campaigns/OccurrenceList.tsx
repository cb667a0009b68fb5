import type { Occurrence } from "../api/types";
import type { Dictionary } from "../i18n/dictionary";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import classes from "./campaigns.module.css";
import { zoneWords } from "./zone";

/** Coming occurrences: when, with which date on the list, and what is particular about each. */
export function OccurrenceList(props: {
  occurrences: (Omit<Occurrence, "notes"> & { notes: string[] })[];
  zone: string;
  empty: string;
}) {
  const { t } = useLanguage();
  const format = useFormat();
  const { occurrences, zone, empty } = props;
  if (occurrences.length === 0) return <p className={classes.minor}>{empty}</p>;
  return (
    <ol className={classes.dates}>
      {occurrences.map((occurrence) => (
        <li
          key={occurrence.occurrence_at}
          className={occurrence.notes.includes("skipped") ? classes.skipped : undefined}
        >
          <span>
            {format.local(occurrence.local)} ({zoneWords(zone)})
          </span>
          <div className={classes.minor}>
            {occurrence.document_date && (
              <div>{t.campaigns.listDate(format.date(occurrence.document_date))}</div>
            )}
            {occurrence.notes.map((note) => (
              <div key={note}>{noteIn(note, t)}</div>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

function noteIn(note: string, t: Dictionary): string {
  const words: Record<string, string> = t.campaigns.notes;
  return words[note] ?? note;
}
