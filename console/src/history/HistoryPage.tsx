import { Button } from "@mantine/core";
import { IconDownload, IconSearchOff, IconSend } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import type { SendPage } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { PageLoading } from "../shell/PageLoading";
import { useMarkFailuresSeen } from "../shell/useFailures";
import { BusyButton } from "../ui/BusyButton";
import { EmptyState } from "../ui/EmptyState";
import { ErrorAlert } from "../ui/ErrorAlert";
import { ListStatus } from "../ui/LiveRegion";
import { PageHeader } from "../ui/PageHeader";
import { Pager } from "../ui/Pager";
import { ClearButton, Summary } from "../ui/Summary";
import { toastError } from "../ui/toast";
import { DetailDrawer } from "./DetailDrawer";
import { exportCsv } from "./exportCsv";
import { Chips, FilterBar } from "./FilterBar";
import { type Filters, isNarrowed, NO_FILTERS, useFilters } from "./filters";
import classes from "./history.module.css";
import { useSends } from "./queries";
import { SendRows } from "./SendRows";

/** Every past send, narrowed by the address, with the detail of one in a drawer. */
export function HistoryPage() {
  const { t } = useLanguage();
  const { id } = useParams<{ id?: string }>();
  const [, navigate] = useLocation();
  const { filters, change, search } = useFilters();
  const { data, error, isPlaceholderData, refetch } = useSends(filters);
  useFailuresOnScreen(isPlaceholderData ? undefined : data);
  return (
    <>
      <PageHeader
        title={t.history.title}
        intro={t.history.intro}
        actions={<ExportButton filters={filters} />}
      />
      <FilterBar filters={filters} onChange={change} />
      <Summary
        page={data}
        total={t.history.total}
        shown={t.history.shown}
        chips={<Chips filters={filters} onChange={change} />}
        onClear={isNarrowed(filters) ? () => change(NO_FILTERS) : undefined}
      />
      <ListStatus asked={filters} page={data} stale={isPlaceholderData} words={t.history} />
      {error && <ErrorAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data && (
        <div className={isPlaceholderData ? classes.stale : undefined}>
          {data.items.length > 0 ? (
            <SendRows sends={data.items} search={search} />
          ) : (
            <Nothing
              filters={filters}
              more={data.next !== null}
              onClear={() => navigate("/historique")}
            />
          )}
          <Foot page={data} stale={isPlaceholderData} onTurn={(cursor) => change({ cursor })} />
        </div>
      )}
      <DetailDrawer id={id} onClose={() => navigate(`/historique${search && `?${search}`}`)} />
    </>
  );
}

/** What is listed here counts as seen: the banner only tells of other failures. */
function useFailuresOnScreen(page: SendPage | undefined): void {
  const markSeen = useMarkFailuresSeen();
  useEffect(() => {
    if (page) markSeen(page.items.filter((send) => send.status === "failed"));
  }, [page, markSeen]);
}

function Foot({
  page,
  stale,
  onTurn,
}: {
  page: SendPage;
  stale: boolean;
  onTurn: (cursor: string) => void;
}) {
  const { t } = useLanguage();
  const zone = useZone();
  return (
    <div className={classes.foot}>
      <span>
        {t.history.zone(zone)} · {t.history.updated}
      </span>
      <Pager page={page} stale={stale} onTurn={onTurn} />
    </div>
  );
}

function Nothing({
  filters,
  more,
  onClear,
}: {
  filters: Filters;
  more: boolean;
  onClear: () => void;
}) {
  const { t } = useLanguage();
  if (more) {
    return (
      <EmptyState
        icon={<IconSearchOff />}
        title={t.history.partialPageTitle}
        hint={t.history.partialPageHint}
      >
        <ClearButton onClear={onClear} />
      </EmptyState>
    );
  }
  if (!isNarrowed(filters)) {
    return (
      <EmptyState icon={<IconSend />} title={t.history.emptyTitle} hint={t.history.emptyHint}>
        <Button component={Link} href="/documents">
          {t.history.emptyAction}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconSearchOff />}
      title={t.history.nothingTitle}
      hint={t.history.nothingHint}
    >
      <ClearButton onClear={onClear} />
    </EmptyState>
  );
}

function ExportButton({ filters }: { filters: Filters }) {
  const { t } = useLanguage();
  const zone = useZone();
  const [busy, setBusy] = useState(false);
  const start = () => {
    setBusy(true);
    exportCsv(filters, zone)
      .catch((error: unknown) => toastError(error, t))
      .finally(() => setBusy(false));
  };
  return (
    <BusyButton
      variant="default"
      busy={busy}
      onClick={start}
      leftSection={<IconDownload size={18} aria-hidden />}
    >
      {t.history.export}
    </BusyButton>
  );
}
