import type { Send } from "../api/types";
import type { Dictionary } from "../i18n/dictionary";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import classes from "./detail.module.css";
import { addressShown } from "./recipients";

const AT_MOST = 100;

/** All that happened to a send, oldest first. */
export function Timeline({ entries }: { entries: Send["timeline"] }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  return (
    <ol className={classes.timeline}>
      {entries.slice(0, AT_MOST).map((entry) => (
        <li key={entry.at + entry.event + entry.address}>
          {eventIn(entry.event, t)}
          <div className={classes.minor}>
            {[format.instant(entry.at, zone), entry.address && addressShown(entry.address, t)]
              .filter(Boolean)
              .join(" · ")}
          </div>
        </li>
      ))}
      {entries.length > AT_MOST && <li>{t.history.andMore(entries.length - AT_MOST)}</li>}
    </ol>
  );
}

function eventIn(event: string, t: Dictionary): string {
  const words: Record<string, string> = t.detail.events;
  return words[event] ?? event;
}
