import { ActionIcon, NativeSelect } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import classes from "./grid.module.css";
import { PAGE } from "./usePlace";

interface Props {
  count: number;
  /** The first row that is shown, from 0. */
  first: number;
  onTurn: (page: number) => void;
}

/** The way from page to page, when there are several. */
export function GridPager({ count, first, onTurn }: Props) {
  const { t } = useLanguage();
  const { number } = useFormat();
  const pages = Math.ceil(count / PAGE);
  if (pages < 2) return null;
  const page = first / PAGE;
  const range = (n: number) =>
    t.grid.range(number(n * PAGE + 1), number(Math.min((n + 1) * PAGE, count)), number(count));
  const turn = (by: number) => {
    if (page + by >= 0 && page + by < pages) onTurn(page + by);
  };
  return (
    <nav className={classes.pager} aria-label={t.common.pages}>
      {/* Not `disabled`, which would lose the focus at the end of the way. */}
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t.common.previous}
        aria-disabled={page === 0}
        data-disabled={page === 0 || undefined}
        onClick={() => turn(-1)}
      >
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <NativeSelect
        size="xs"
        aria-label={t.grid.rows}
        value={String(page)}
        onChange={(event) => onTurn(Number(event.currentTarget.value))}
        data={Array.from({ length: pages }, (_, n) => ({ value: String(n), label: range(n) }))}
      />
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t.common.next}
        aria-disabled={page === pages - 1}
        data-disabled={page === pages - 1 || undefined}
        onClick={() => turn(1)}
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      <span role="status" className="visually-hidden">
        {range(page)}
      </span>
    </nav>
  );
}
