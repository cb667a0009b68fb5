import { Button, type ButtonProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage } from "../i18n/language";
import { focusHeading } from "./focus";
import rows from "./rows.module.css";

interface Props {
  /** What is listed, once it is known. */
  page: { items: unknown[]; next: string | null; previous: string | null } | undefined;
  /** How many there are in all, and how many of them a page of several has. */
  total: (n: number) => string;
  shown: (n: number) => string;
  /** Beside the count: what narrows the list without having a field. */
  chips?: ReactNode;
  /** Clears all filters, where some are set; an empty list says it in its place. */
  onClear?: (() => void) | undefined;
}

/** How many there are, and the way back to all of them. It takes its room whether or not it says something. */
export function Summary({ page, total, shown, chips, onClear }: Props) {
  const count = page?.items.length ?? 0;
  const isAll = page?.next === null && page.previous === null;
  return (
    <div className={rows.summary}>
      <span>{count > 0 && (isAll ? total : shown)(count)}</span>
      <span className={rows.summaryActions}>
        {chips}
        {onClear && (count > 0 || !page) && (
          <ClearButton variant="subtle" size="compact-sm" onClear={onClear} />
        )}
      </span>
    </div>
  );
}

/** «Effacer les filtres», which goes with them. */
export function ClearButton({ onClear, ...props }: ButtonProps & { onClear: () => void }) {
  const { t } = useLanguage();
  const clear = () => {
    onClear();
    focusHeading();
  };
  return (
    <Button variant="default" {...props} onClick={clear}>
      {t.history.clearFilters}
    </Button>
  );
}
