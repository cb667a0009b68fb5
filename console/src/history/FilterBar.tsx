import { Button, CloseButton, Group } from "@mantine/core";
import { useLanguage } from "../i18n/language";
import { chipsOf, FIELDS, type FilterProps, isNarrowed, NO_FILTERS } from "./filters";
import classes from "./history.module.css";

/** Search, dates, type and status; all combine. */
export function FilterBar(props: FilterProps) {
  return (
    <div className={classes.filters}>
      {FIELDS.map(({ key, Field }) => (
        <Field key={key} {...props} />
      ))}
      <Narrowed {...props} />
    </div>
  );
}

/** The filters that come from elsewhere (a campaign, a document), and how to clear them all. */
function Narrowed({ filters, onChange }: FilterProps) {
  const { t } = useLanguage();
  if (!isNarrowed(filters)) return null;
  return (
    <Group gap="xs" className={classes.narrowed}>
      {chipsOf(filters, t).map(({ key, text }) => (
        <span key={key} className={classes.chip}>
          {t.history.filteredBy} {text}
          <CloseButton
            size="xs"
            aria-label={`${t.common.remove} ${text}`}
            onClick={() => onChange({ [key]: "" })}
          />
        </span>
      ))}
      <Button variant="subtle" size="compact-sm" onClick={() => onChange(NO_FILTERS)}>
        {t.history.clearFilters}
      </Button>
    </Group>
  );
}
