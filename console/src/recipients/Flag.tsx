import { IconAlertTriangle } from "@tabler/icons-react";
import type { KnownRecipient } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import classes from "./recipients.module.css";

/** The state of an address in a word, for who is about to write to it again. */
export function FlagWord({ recipient }: { recipient: KnownRecipient }) {
  const { t } = useLanguage();
  if (recipient.state === "ok") return null;
  return (
    <span className={classes.flag}>
      <IconAlertTriangle size={14} aria-hidden />
      {t.recipients.states[recipient.state].word}
    </span>
  );
}

/** The same with when and why. */
export function Flag({ recipient }: { recipient: KnownRecipient }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  const { state, state_at: at, detail } = recipient;
  if (state === "ok") return null;
  const { word, since } = t.recipients.states[state];
  return (
    <span className={classes.flag}>
      <IconAlertTriangle size={14} aria-hidden />
      <span>
        {[at ? since(format.instant(at, zone)) : word, detail].filter(Boolean).join(" · ")}
      </span>
    </span>
  );
}

const SHOWN = 5;

/** The addresses of a field that were flagged, each with when and why. Said when there are more. */
export function FlaggedList({ recipients }: { recipients: KnownRecipient[] }) {
  const { t } = useLanguage();
  const more = recipients.length - SHOWN;
  return (
    <div role="status" className={classes.flagged}>
      {recipients.slice(0, SHOWN).map((recipient) => (
        <div key={recipient.address} className={classes.flaggedLine}>
          <strong>{recipient.address}</strong> <Flag recipient={recipient} />
        </div>
      ))}
      {more > 0 && t.history.andMore(more)}
    </div>
  );
}
