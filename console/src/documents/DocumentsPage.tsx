import { Group } from "@mantine/core";
import { IconFileText, IconSearchOff } from "@tabler/icons-react";
import type { DocumentStatus } from "../api/types";
import { useLanguage } from "../i18n/language";
import { PageLoading } from "../shell/PageLoading";
import { Choice } from "../ui/Choice";
import { EmptyState } from "../ui/EmptyState";
import { ErrorAlert } from "../ui/ErrorAlert";
import { ListStatus } from "../ui/LiveRegion";
import { PageHeader } from "../ui/PageHeader";
import { Pager } from "../ui/Pager";
import { SearchInput } from "../ui/SearchInput";
import { ClearButton, Summary } from "../ui/Summary";
import { known, useUrlFilters } from "../ui/useUrlFilters";
import { DocumentRows } from "./DocumentRows";
import classes from "./documents.module.css";
import { NewMenu } from "./NewMenu";
import { type DocumentFilters, useDocuments } from "./queries";
import { DOCUMENT_TYPES } from "./registry";

const STATUSES = ["draft", "published", "sent"] as const satisfies DocumentStatus[];
const NAMES = { q: "q", type: "type", status: "statut", cursor: "page" } as const;

/** The documents, narrowed by the address. */
export function DocumentsPage() {
  const { t } = useLanguage();
  const { filters, change } = useDocumentFilters();
  const { data, error, isPlaceholderData, refetch } = useDocuments(filters);
  const clear = () => change({ q: "", type: "", status: "" });
  const narrowed = filters.q !== "" || filters.type !== "" || filters.status !== "";
  return (
    <>
      <PageHeader
        title={t.documents.title}
        intro={t.documents.intro}
        actions={<NewMenu isMain />}
      />
      <Filters filters={filters} onChange={change} />
      <Summary
        page={data}
        total={t.documents.total}
        shown={t.documents.shown}
        onClear={narrowed ? clear : undefined}
      />
      <ListStatus asked={filters} page={data} stale={isPlaceholderData} words={t.documents} />
      {error && <ErrorAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data && data.items.length > 0 && <DocumentRows documents={data.items} />}
      {data?.items.length === 0 &&
        (narrowed ? (
          <EmptyState
            icon={<IconSearchOff />}
            title={t.documents.nothingTitle}
            hint={t.history.nothingHint}
          >
            <ClearButton onClear={clear} />
          </EmptyState>
        ) : (
          <EmptyState
            icon={<IconFileText />}
            title={t.documents.emptyTitle}
            hint={t.documents.emptyHint}
          >
            <Group justify="center" gap="xs">
              <NewMenu />
            </Group>
          </EmptyState>
        ))}
      {data && (
        <div className={classes.foot}>
          <Pager page={data} stale={isPlaceholderData} onTurn={(cursor) => change({ cursor })} />
        </div>
      )}
    </>
  );
}

function useDocumentFilters() {
  const { get, change } = useUrlFilters<keyof DocumentFilters>(NAMES);
  const filters: DocumentFilters = {
    q: get("q"),
    type: known(DOCUMENT_TYPES, get("type")),
    status: known(STATUSES, get("status")),
    cursor: get("cursor"),
  };
  return { filters, change };
}

interface FiltersProps {
  filters: DocumentFilters;
  onChange: (changes: Partial<DocumentFilters>, options?: { replace?: boolean }) => void;
}

function Filters({ filters, onChange }: FiltersProps) {
  const { t } = useLanguage();
  return (
    <div className={classes.filters}>
      <div className={classes.search}>
        <SearchInput
          label={t.documents.search}
          value={filters.q}
          onChange={(q) => onChange({ q }, { replace: true })}
        />
      </div>
      <Choice
        label={t.documents.filterType}
        value={filters.type}
        onChange={(type) => onChange({ type })}
        options={[
          { value: "" as const, label: t.documents.all },
          ...DOCUMENT_TYPES.map((value) => ({ value, label: t.documentTypes[value].plural })),
        ]}
      />
      <Choice
        label={t.documents.filterStatus}
        value={filters.status}
        onChange={(status) => onChange({ status })}
        options={[
          { value: "" as const, label: t.documents.all },
          ...STATUSES.map((value) => ({ value, label: t.documents.statuses[value] })),
        ]}
      />
    </div>
  );
}
