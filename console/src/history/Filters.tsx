import { Button, CloseButton, Group } from "@mantine/core";
import { DOCUMENT_TYPES } from "../documents/registry";
import { useLanguage } from "../i18n/language";
import { Choice } from "../ui/Choice";
import { SearchInput } from "../ui/SearchInput";
import { DateFilter } from "./DateFilter";
import { type Filters, isNarrowed, SEND_STATUSES } from "./filters";
import classes from "./history.module.css";

interface Props {
  filters: Filters;
  onChange: (changes: Partial<Filters>, options?: { replace?: boolean }) => void;
}

/** Search, type, status and dates; all combine. */
export function FilterBar({ filters, onChange }: Props) {
  const { t } = useLanguage();
  const types = [
    { value: "" as const, label: t.history.all },
    ...DOCUMENT_TYPES.map((value) => ({ value, label: t.documentTypes[value].plural })),
  ];
  const statuses = [
    { value: "" as const, label: t.history.all },
    ...SEND_STATUSES.map((value) => ({ value, label: t.sendStatus[value] })),
  ];
  return (
    <div className={classes.filters}>
      <div className={classes.search}>
        <SearchInput
          label={t.history.search}
          value={filters.q}
          onChange={(q) => onChange({ q }, { replace: true })}
        />
      </div>
      <Dates filters={filters} onChange={onChange} />
      <Choice
        label={t.history.filterType}
        value={filters.type}
        onChange={(type) => onChange({ type })}
        options={types}
      />
      <Choice
        label={t.history.filterStatus}
        value={filters.status}
        onChange={(status) => onChange({ status })}
        options={statuses}
      />
      <Narrowed filters={filters} onChange={onChange} />
    </div>
  );
}

function Dates({ filters, onChange }: Props) {
  const { t } = useLanguage();
  return (
    <div className={classes.dates}>
      <DateFilter
        aria-label={t.history.since}
        placeholder={t.common.from}
        maxDate={filters.to || undefined}
        value={filters.from}
        onChange={(from) => onChange({ from })}
      />
      <DateFilter
        aria-label={t.history.until}
        placeholder={t.common.to}
        minDate={filters.from || undefined}
        value={filters.to}
        onChange={(to) => onChange({ to })}
      />
    </div>
  );
}

/** The filters that come from elsewhere (a campaign, a document), and how to lift them all. */
function Narrowed({ filters, onChange }: Props) {
  const { t } = useLanguage();
  if (!isNarrowed(filters)) return null;
  const hidden: [keyof Filters, string][] = [
    ["campaign", t.history.filterCampaign],
    ["document", t.history.filterDocument],
    ["recipient", t.history.filterRecipient(filters.recipient)],
  ];
  const none = {
    q: "",
    type: "",
    status: "",
    from: "",
    to: "",
    campaign: "",
    document: "",
    recipient: "",
  } as const;
  return (
    <Group gap="xs" className={classes.narrowed}>
      {hidden
        .filter(([key]) => filters[key] !== "")
        .map(([key, text]) => (
          <span key={key} className={classes.chip}>
            {t.history.filteredBy} {text}
            <CloseButton
              size="xs"
              aria-label={`${t.common.remove} ${text}`}
              onClick={() => onChange({ [key]: "" })}
            />
          </span>
        ))}
      <Button variant="subtle" size="compact-sm" onClick={() => onChange(none)}>
        {t.history.clearFilters}
      </Button>
    </Group>
  );
}
