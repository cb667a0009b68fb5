import { Anchor, Button, Title } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { documentQuery } from "../api/documents";
import { ApiProblem } from "../api/problem";
import type { Campaign } from "../api/types";
import { historyPath } from "../history/filters";
import { useSendsOf } from "../history/queries";
import { SendSummaries } from "../history/SendSummaries";
import type { Dictionary } from "../i18n/dictionary";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { GroupLinks } from "../recipients/GroupLinks";
import { NotFound } from "../shell/NotFound";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Notice } from "../ui/Notice";
import { PageError } from "../ui/PageError";
import { PageHeader } from "../ui/PageHeader";
import { CampaignBadge } from "../ui/StatusBadge";
import { CampaignMenu, useAct, useRemove } from "./CampaignMenu";
import { LastSend } from "./CampaignRows";
import classes from "./campaigns.module.css";
import { OccurrenceList } from "./OccurrenceList";
import { PauseButton } from "./PauseButton";
import { useCampaign, useOccurrences } from "./queries";
import { kindOf } from "./recurrences";

const COMING = 12;

/** A campaign: its settings, what comes, what was sent. */
export function CampaignPage() {
  const { id } = useParams<{ id: string }>();
  const { data, error, refetch } = useCampaign(id);
  if (data) return <Loaded campaign={data} />;
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  return error ? <PageError error={error} onRetry={() => void refetch()} /> : <PageLoading />;
}

function Loaded({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  return (
    <>
      <PageHeader
        title={campaign.name}
        aside={<CampaignBadge status={campaign.status} />}
        actions={<Actions campaign={campaign} />}
      />
      {campaign.pause_reason && (
        <div className={classes.notice}>
          <Notice tone="amber" title={t.campaigns.pauseReason}>
            {reasonOf(campaign.pause_reason, t)}
          </Notice>
        </div>
      )}
      <div className={classes.columns}>
        <div>
          <Settings campaign={campaign} />
          <Sends campaign={campaign} />
        </div>
        <Coming campaign={campaign} />
      </div>
    </>
  );
}

/** Why it paused itself; a reason that this page does not know yet is said in general. */
function reasonOf(reason: string, t: Dictionary): string {
  const words: Record<string, string> = t.campaigns.pauseReasons;
  return words[reason] ?? t.campaigns.pauseReasons.other;
}

function Actions({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const remove = useRemove(campaign);
  return (
    <>
      <PauseButton campaign={campaign} />
      <Button
        component={Link}
        href={`/campagnes/${campaign.id}/modifier`}
        leftSection={<IconPencil size={18} aria-hidden />}
      >
        {t.campaigns.edit}
      </Button>
      <Button variant="default" onClick={remove} leftSection={<IconTrash size={18} aria-hidden />}>
        {t.campaigns.delete}
      </Button>
      <CampaignMenu campaign={campaign} />
    </>
  );
}

function Settings({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const format = useFormat();
  const options = [
    campaign.copy_to_sender && t.editor.copyToSender,
    campaign.separate && t.editor.separate,
    campaign.auto_increment_date && t.editor.increment,
  ].filter(Boolean);
  const facts: [string, ReactNode][] = [
    [t.editor.type, t.documentTypes[campaign.document_type].name],
    [t.editor.documents, <DocumentLinks key="documents" ids={campaign.document_ids} />],
    [
      t.campaigns.columns.recurrence,
      kindOf(campaign.recurrence).words(campaign.recurrence, t, format),
    ],
    [t.editor.timezone, campaign.timezone],
    [
      t.campaigns.nextDocumentDate,
      campaign.next_document_date && format.date(campaign.next_document_date),
    ],
    [t.campaigns.columns.last, <LastSend key="last" campaign={campaign} />],
    [t.editor.subject, campaign.subject],
  ];
  const wide: [string, ReactNode][] = [
    [t.detail.recipients, campaign.recipients.join(", ")],
    [t.recipients.groups, campaign.groups.length > 0 && <GroupLinks ids={campaign.groups} />],
    [t.campaigns.options, options.join(" · ")],
    [t.editor.body, campaign.body],
  ];
  return (
    <section className={`card ${classes.panel}`}>
      <Title order={2} mb="sm">
        {t.campaigns.settings}
      </Title>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => value && <Fact key={name} name={name} value={value} />)}
        {wide.map(([name, value]) => value && <Fact key={name} name={name} value={value} wide />)}
      </dl>
    </section>
  );
}

/** The documents it sends, by name; one that is gone says so. */
function DocumentLinks({ ids }: { ids: string[] }) {
  const { t } = useLanguage();
  const fetched = useQueries({
    queries: ids.map((id) => ({ ...documentQuery(id), retry: false })),
  });
  return fetched.map(({ data, error }, index) => (
    <div key={ids[index]}>
      {data && <Link href={`/documents/${data.id}`}>{data.name}</Link>}
      {error && t.history.noDocument}
    </div>
  ));
}

function Fact({ name, value, wide = false }: { name: string; value: ReactNode; wide?: boolean }) {
  return (
    <div className={wide ? classes.wide : undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Coming({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useOccurrences(campaign.id, COMING);
  return (
    <section className={`card ${classes.panel}`}>
      <Title order={2} mb="xs">
        {t.campaigns.upcoming}
      </Title>
      {campaign.status === "paused" && (
        <p className={classes.minor}>{t.campaigns.upcomingPaused}</p>
      )}
      {error && <ErrorAlert error={error} onRetry={() => void refetch()} />}
      {data && (
        <OccurrenceList
          occurrences={data.occurrences}
          zone={campaign.timezone}
          empty={t.campaigns.upcomingNone}
        />
      )}
    </section>
  );
}

function Sends({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const { id } = campaign;
  const act = useAct(campaign);
  const { data } = useSendsOf({ campaign: id });
  return (
    <section className={`card ${classes.panel}`}>
      <Title order={2} mb="xs">
        {t.campaigns.sends}
      </Title>
      {data?.items.length === 0 && (
        <>
          <p className={classes.minor}>{t.campaigns.sendsNone}</p>
          <Button variant="default" size="xs" onClick={() => act("test", t.campaigns.tested)}>
            {t.campaigns.test}
          </Button>
        </>
      )}
      {data && data.items.length > 0 && (
        <>
          <SendSummaries sends={data.items} />
          <Anchor component={Link} href={historyPath({ campaign: id })}>
            {t.campaigns.sendsAll}
          </Anchor>
        </>
      )}
    </section>
  );
}
