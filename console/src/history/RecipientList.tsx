import { Button } from "@mantine/core";
import { useState } from "react";
import type { RecipientOutcome } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { OutcomeBadge } from "../ui/StatusBadge";
import classes from "./detail.module.css";
import { addressShown, hasFailed } from "./recipients";

const AT_FIRST = 20;

/** Every recipient with what became of them, those that failed first. */
export function RecipientList({ recipients }: { recipients: RecipientOutcome[] }) {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const sorted = [...recipients].sort((a, b) => Number(hasFailed(b)) - Number(hasFailed(a)));
  const shown = all ? sorted : sorted.slice(0, AT_FIRST);
  return (
    <>
      <ul className={classes.list}>
        {shown.map((recipient) => (
          <Recipient key={recipient.role + recipient.address} recipient={recipient} />
        ))}
      </ul>
      {shown.length < sorted.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t.history.andMore(sorted.length - shown.length)}
        </Button>
      )}
    </>
  );
}

function Recipient({ recipient }: { recipient: RecipientOutcome }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  const facts = [t.roles[recipient.role], recipient.at && format.instant(recipient.at, zone)];
  return (
    <li className={classes.item}>
      <div className={classes.itemLine}>
        <span className={classes.address}>{addressShown(recipient.address, t)}</span>
        <OutcomeBadge outcome={recipient.outcome} />
      </div>
      <div className={classes.minor}>{facts.filter(Boolean).join(" · ")}</div>
      {hasFailed(recipient) && recipient.cause && (
        <div className={classes.minor}>{recipient.cause}</div>
      )}
      {recipient.detail && (
        <div className={classes.minor}>
          {t.detail.remoteWords} <span className="mono">{recipient.detail}</span>
        </div>
      )}
      {recipient.ses_message_id && (
        <div className={classes.minor}>
          {t.detail.sesId} <span className="mono">{recipient.ses_message_id}</span>
        </div>
      )}
    </li>
  );
}
