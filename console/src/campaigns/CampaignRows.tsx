import { useMediaQuery } from "@mantine/hooks";
import { Link } from "wouter";
import type { Campaign } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { now } from "../ui/clock";
import rows from "../ui/rows.module.css";
import { CampaignBadge, SendBadge } from "../ui/StatusBadge";
import { CampaignMenu } from "./CampaignMenu";
import classes from "./campaigns.module.css";
import { PauseButton } from "./PauseButton";
import { kindOf } from "./recurrences";
import { zoneWords } from "./zone";

const SHOWN = 2;

/** Campaigns as a table, or cards on a phone. */
export function CampaignRows({ campaigns }: { campaigns: Campaign[] }) {
  const wide = useMediaQuery("(min-width: 75em)", true, { getInitialValueInEffect: false });
  return (
    <div className={`card ${rows.scroll}`}>
      {wide ? <Rows campaigns={campaigns} /> : <Cards campaigns={campaigns} />}
    </div>
  );
}

function Rows({ campaigns }: { campaigns: Campaign[] }) {
  const { t } = useLanguage();
  const { columns } = t.campaigns;
  return (
    <table className={`${rows.table} ${rows.named}`}>
      <caption className="visually-hidden">{t.campaigns.title}</caption>
      <thead>
        <tr>
          {[
            columns.name,
            columns.document,
            columns.recurrence,
            columns.next,
            columns.last,
            columns.status,
          ].map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          <th scope="col">
            <span className="visually-hidden">{t.common.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {campaigns.map((campaign) => (
          <tr key={campaign.id}>
            <td>
              <NameLink campaign={campaign} />
              <Recipients campaign={campaign} />
            </td>
            <td>{t.documentTypes[campaign.document_type].name}</td>
            <td>
              <Recurrence campaign={campaign} />
            </td>
            <td>
              <NextSend campaign={campaign} />
            </td>
            <td>
              <LastSend campaign={campaign} />
            </td>
            <td>
              <CampaignBadge status={campaign.status} />
            </td>
            <td>
              <Actions campaign={campaign} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ campaigns }: { campaigns: Campaign[] }) {
  const { t } = useLanguage();
  return (
    <ul className={rows.cards}>
      {campaigns.map((campaign) => (
        <li key={campaign.id} className={rows.card}>
          <div className={rows.cardLine}>
            <NameLink campaign={campaign} />
            <CampaignBadge status={campaign.status} />
          </div>
          <Recipients campaign={campaign} />
          <Recurrence campaign={campaign} />
          {campaign.last_send && (
            <div>
              <span className={rows.minor}>{t.campaigns.columns.last}</span>
              <LastSend campaign={campaign} />
            </div>
          )}
          <div className={rows.cardLine}>
            <div>
              <NextSend campaign={campaign} />
            </div>
            <Actions campaign={campaign} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function NameLink({ campaign }: { campaign: Campaign }) {
  return (
    <Link href={`/campagnes/${campaign.id}`} className={rows.link}>
      {campaign.name}
    </Link>
  );
}

function Recipients({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const { recipients } = campaign;
  const hidden = recipients.length - SHOWN;
  const more = hidden > 0 ? ` ${t.history.andMore(hidden)}` : "";
  return <span className={rows.minor}>{recipients.slice(0, SHOWN).join(", ") + more}</span>;
}

function Recurrence({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const format = useFormat();
  return <span>{kindOf(campaign.recurrence).words(campaign.recurrence, t, format)}</span>;
}

function NextSend({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const format = useFormat();
  const { next_run_at: next, timezone } = campaign;
  if (!next || campaign.status !== "active") return t.common.none;
  return (
    <>
      {format.relative(next, now())}
      <span className={rows.minor}>
        {format.instant(next, timezone)} ({zoneWords(timezone)})
      </span>
    </>
  );
}

/** Its last send and what became of it, leading to its detail. */
export function LastSend({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const format = useFormat();
  const last = campaign.last_send;
  if (!last) return t.campaigns.never;
  return (
    <Link href={`/historique/${last.id}?campagne=${campaign.id}`} className={rows.above}>
      <SendBadge send={last} />
      {last.sent_at && (
        <span className={rows.minor}>{format.instant(last.sent_at, campaign.timezone)}</span>
      )}
    </Link>
  );
}

function Actions({ campaign }: { campaign: Campaign }) {
  return (
    <div className={`${classes.rowActions} ${rows.above}`}>
      <PauseButton campaign={campaign} size="xs" />
      <CampaignMenu campaign={campaign} />
    </div>
  );
}
