import { CloseButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useLanguage } from "../i18n/language";
import rows from "../ui/rows.module.css";
import { chipsOf, FIELDS, type FilterProps, isNarrowed } from "./filters";
import classes from "./history.module.css";

/** Search, dates, type and status; all combine. On a phone only the search is always in sight. */
export function FilterBar(props: FilterProps) {
  const { t } = useLanguage();
  const phone = useMediaQuery("(max-width: 47.99em)", false, { getInitialValueInEffect: false });
  // Once unfolded it stays so: clearing the filters moves nothing.
  const [unfolded] = useState(isNarrowed({ ...props.filters, q: "" }));
  const fields = FIELDS.map(({ key, Field }) => <Field key={key} {...props} />);
  if (!phone) return <div className={classes.filters}>{fields}</div>;
  const [search, ...others] = fields;
  return (
    <>
      {search}
      <details className={classes.folded} open={unfolded}>
        <summary>{t.history.filters}</summary>
        <div className={classes.filters}>{others}</div>
      </details>
    </>
  );
}

/** What narrows the list from elsewhere: a campaign, a document. */
export function Chips({ filters, onChange }: FilterProps) {
  const { t } = useLanguage();
  return chipsOf(filters, t).map(({ key, text }) => (
    <span key={key} className={rows.chip}>
      {t.history.filteredBy} {text}
      <CloseButton
        size="xs"
        aria-label={`${t.common.remove} ${text}`}
        onClick={() => onChange({ [key]: "" })}
      />
    </span>
  ));
}
