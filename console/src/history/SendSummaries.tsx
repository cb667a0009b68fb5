import { Link } from "wouter";
import type { SendRow } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { SendBadge } from "../ui/StatusBadge";
import classes from "./detail.module.css";
import { recipientsOf } from "./recipients";

/** A few sends in short, each leading to its detail. */
export function SendSummaries({ sends }: { sends: SendRow[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  return (
    <ul className={classes.list}>
      {sends.map((send) => {
        const { shown, more } = recipientsOf(send, t);
        return (
          <li key={send.id} className={classes.item}>
            <div className={classes.itemLine}>
              <Link href={`/historique/${send.id}`} className={classes.address}>
                {send.subject}
              </Link>
              <SendBadge send={send} />
            </div>
            <div className={classes.minor}>
              {send.retry_of && `${t.origins.retry} · `}
              {format.instant(send.sent_at ?? send.queued_at, zone)} · {shown} {more}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
