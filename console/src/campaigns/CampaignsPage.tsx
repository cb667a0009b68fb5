import { Button, SegmentedControl } from "@mantine/core";
import { IconCalendar, IconList, IconPlus, IconRepeat, IconSearchOff } from "@tabler/icons-react";
import { Link } from "wouter";
import type { CampaignStatus } from "../api/types";
import { useLanguage } from "../i18n/language";
import { PageLoading } from "../shell/PageLoading";
import { Choice } from "../ui/Choice";
import { EmptyState } from "../ui/EmptyState";
import { ErrorAlert } from "../ui/ErrorAlert";
import { ListStatus } from "../ui/LiveRegion";
import { PageHeader } from "../ui/PageHeader";
import { Pager } from "../ui/Pager";
import { ClearButton, Summary } from "../ui/Summary";
import { known, useUrlFilters } from "../ui/useUrlFilters";
import { Calendar } from "./Calendar";
import { CampaignRows } from "./CampaignRows";
import classes from "./campaigns.module.css";
import { FirstSteps } from "./FirstSteps";
import { useCampaigns } from "./queries";

const STATUSES = ["active", "paused", "completed"] as const satisfies CampaignStatus[];
const NAMES = { status: "statut", view: "vue", month: "mois", cursor: "page" } as const;
const CALENDAR = "calendrier";

/** The campaigns, as a list or as a calendar of coming sends. */
export function CampaignsPage() {
  const { t } = useLanguage();
  const { get, change } = useUrlFilters<keyof typeof NAMES>(NAMES);
  const calendar = get("view") === CALENDAR;
  const status = known(STATUSES, get("status"));
  return (
    <>
      <PageHeader title={t.campaigns.title} intro={t.campaigns.intro} actions={<NewButton />} />
      <div className={classes.toolbar}>
        {calendar ? (
          <span />
        ) : (
          <Choice
            label={t.campaigns.filter}
            value={status}
            onChange={(status) => change({ status })}
            options={[
              { value: "" as const, label: t.campaigns.filters.all },
              ...STATUSES.map((value) => ({ value, label: t.campaigns.filters[value] })),
            ]}
          />
        )}
        <ViewChoice calendar={calendar} onChange={(view) => change({ view })} />
      </div>
      {calendar ? (
        <Calendar month={get("month")} onMonth={(month) => change({ month })} />
      ) : (
        <>
          <Found status={status} cursor={get("cursor")} />
          <List
            status={status}
            cursor={get("cursor")}
            onTurn={(cursor) => change({ cursor })}
            onClear={() => change({ status: "" })}
          />
        </>
      )}
    </>
  );
}

function NewButton() {
  const { t } = useLanguage();
  return (
    <Button
      component={Link}
      href="/campagnes/nouvelle"
      data-new
      leftSection={<IconPlus size={18} aria-hidden />}
    >
      {t.campaigns.create}
    </Button>
  );
}

function ViewChoice({
  calendar,
  onChange,
}: {
  calendar: boolean;
  onChange: (view: string) => void;
}) {
  const { t } = useLanguage();
  return (
    <SegmentedControl
      aria-label={t.common.view}
      value={calendar ? CALENDAR : ""}
      onChange={onChange}
      data={[
        {
          value: "",
          label: <ViewLabel icon={<IconList size={18} aria-hidden />} text={t.campaigns.list} />,
        },
        {
          value: CALENDAR,
          label: (
            <ViewLabel icon={<IconCalendar size={18} aria-hidden />} text={t.campaigns.calendar} />
          ),
        },
      ]}
    />
  );
}

function ViewLabel({ icon, text }: { icon: React.ReactNode; text: string }) {
  return (
    <span className={classes.viewLabel}>
      {icon}
      {text}
    </span>
  );
}

function Found(filters: { status: CampaignStatus | ""; cursor: string }) {
  const { t } = useLanguage();
  const { data, isPlaceholderData } = useCampaigns(filters);
  return <ListStatus asked={filters} page={data} stale={isPlaceholderData} words={t.campaigns} />;
}

function List(props: {
  status: CampaignStatus | "";
  cursor: string;
  onTurn: (cursor: string) => void;
  onClear: () => void;
}) {
  const { t } = useLanguage();
  const { status, cursor, onTurn, onClear } = props;
  const { data, error, isPlaceholderData, refetch } = useCampaigns({ status, cursor });
  if (error && !data) return <ErrorAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageLoading />;
  if (data.items.length === 0 && status !== "") {
    return (
      <EmptyState icon={<IconSearchOff />} title={t.campaigns.nothingTitle}>
        <ClearButton onClear={onClear} />
      </EmptyState>
    );
  }
  if (data.items.length === 0) {
    return (
      <EmptyState icon={<IconRepeat />} title={t.campaigns.emptyTitle} hint={t.campaigns.emptyHint}>
        <FirstSteps />
      </EmptyState>
    );
  }
  return (
    <>
      <Summary page={data} total={t.campaigns.total} shown={t.campaigns.shown} />
      <CampaignRows campaigns={data.items} />
      <div className={classes.foot}>
        <Pager page={data} stale={isPlaceholderData} onTurn={onTurn} />
      </div>
    </>
  );
}
