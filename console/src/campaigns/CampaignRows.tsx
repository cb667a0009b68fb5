import { useMediaQuery } from "@mantine/hooks";
import { Link } from "wouter";
import type { Campaign, CampaignPage } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useAllGroups } from "../recipients/queries";
import { now } from "../ui/clock";
import rows from "../ui/rows.module.css";
import { CampaignBadge, SendBadge } from "../ui/StatusBadge";
import { TableHead } from "../ui/TableHead";
import { CampaignMenu } from "./CampaignMenu";
import classes from "./campaigns.module.css";
import { PauseButton } from "./PauseButton";
import { kindOf } from "./recurrences";
import { zoneWords } from "./zone";

const SHOWN = 2;

type ListedCampaign = CampaignPage["items"][number];

/** Campaigns as a table, or cards on a phone. */
export function CampaignRows({ campaigns }: { campaigns: ListedCampaign[] }) {
  const wide = useMediaQuery("(min-width: 75em)", true, { getInitialValueInEffect: false });
  return (
    <div className={`card ${rows.scroll}`}>
      {wide ? <Rows campaigns={campaigns} /> : <Cards campaigns={campaigns} />}
    </div>
  );
}

function Rows({ campaigns }: { campaigns: ListedCampaign[] }) {
  const { t } = useLanguage();
  const { columns } = t.campaigns;
  return (
    <table className={rows.table}>
      <caption className="visually-hidden">{t.campaigns.title}</caption>
      <TableHead
        columns={[
          { label: columns.name, width: "18%" },
          { label: columns.document, width: "9.5rem" },
          { label: columns.recurrence },
          { label: columns.next, width: "11.5rem" },
          { label: columns.last, width: "9.5rem" },
          { label: columns.status, width: "7rem" },
        ]}
        actions="12.5rem"
      />
      <tbody>
        {campaigns.map((campaign) => (
          <tr key={campaign.id}>
            <td>
              <NameLink campaign={campaign} />
              <Recipients campaign={campaign} />
            </td>
            <td>
              <Documents campaign={campaign} />
            </td>
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

function Cards({ campaigns }: { campaigns: ListedCampaign[] }) {
  const { columns } = useLanguage().t.campaigns;
  const facts = [
    [columns.recurrence, Recurrence],
    [columns.document, Documents],
    [columns.next, NextSend],
    [columns.last, LastSend],
  ] as const;
  return (
    <ul className={rows.cards}>
      {campaigns.map((campaign) => (
        <li key={campaign.id} className={rows.card}>
          <div className={rows.cardLine}>
            <NameLink campaign={campaign} />
            <CampaignBadge status={campaign.status} />
          </div>
          <Recipients campaign={campaign} />
          <div className={rows.cardBody}>
            <dl className={rows.cardFacts}>
              {facts.map(([name, Fact]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    <Fact campaign={campaign} />
                  </dd>
                </div>
              ))}
            </dl>
            <Actions campaign={campaign} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function NameLink({ campaign }: { campaign: Campaign }) {
  return (
    <Link href={`/campagnes/${campaign.id}`} className={rows.link} title={campaign.name}>
      {campaign.name}
    </Link>
  );
}

function Recipients({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const { recipients, groups } = campaign;
  const { data: known } = useAllGroups(groups.length > 0);
  const named = known?.filter(({ id }) => groups.includes(id)) ?? [];
  const all = [
    ...named.map(({ name, count }) => t.recipients.groupTag(name, count)),
    ...recipients,
  ];
  const hidden = all.length - SHOWN;
  const more = hidden > 0 ? ` ${t.history.andMore(hidden)}` : "";
  const text = all.slice(0, SHOWN).join(", ") + more;
  return (
    <span className={rows.minor} title={text}>
      {text}
    </span>
  );
}

/** The first of its documents, how many more there are, and what they are unless its name says it. */
function Documents({ campaign }: { campaign: ListedCampaign }) {
  const { t } = useLanguage();
  const [first, ...others] = campaign.documents;
  const type = t.documentTypes[campaign.document_type].name;
  if (!first) return <span className={rows.minor}>{t.history.noDocument}</span>;
  const number = first.name.includes(first.number) ? "" : first.number;
  const kind = first.name.includes(type) ? "" : type;
  const more = others.length > 0 ? t.history.andMore(others.length) : "";
  const minor = [more, kind, number].filter(Boolean).join(" · ");
  return (
    <>
      <Link
        href={`/documents/${first.id}`}
        className={`${minor ? rows.line : rows.clamp} ${rows.above}`}
        title={first.name}
      >
        {first.name}
      </Link>
      {minor && <span className={rows.minor}>{minor}</span>}
    </>
  );
}

function Recurrence({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const format = useFormat();
  const words = kindOf(campaign.recurrence).words(campaign.recurrence, t, format);
  return (
    <span className={rows.clamp} title={words}>
      {words}
    </span>
  );
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
      <PauseButton campaign={campaign} size="compact-sm" fz="xs" />
      <CampaignMenu campaign={campaign} />
    </div>
  );
}
