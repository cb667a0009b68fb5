import { Button, Group } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useLanguage } from "../i18n/language";

interface Props {
  page: { next: string | null; previous: string | null };
  /** Another list has been asked for: this one's cursors lead nowhere in it. */
  stale: boolean;
  onTurn: (cursor: string) => void;
}

/** «Précédent» and «Suivant», when there is more than a page. */
export function Pager({ page, stale, onTurn }: Props) {
  const { t } = useLanguage();
  if (page.next === null && page.previous === null) return null;
  const turnTo = (cursor: string | null) => {
    const impossible = cursor === null || stale;
    const turn = () => {
      if (impossible) return;
      onTurn(cursor);
      window.scrollTo({ top: 0 });
    };
    // Not `disabled`, which would lose the focus at the end of the way.
    return {
      onClick: turn,
      "aria-disabled": impossible,
      "data-disabled": impossible || undefined,
    };
  };
  return (
    <Group component="nav" aria-label={t.common.pages} justify="flex-end" gap="xs">
      <Button
        variant="default"
        {...turnTo(page.previous)}
        leftSection={<IconChevronLeft size={18} aria-hidden />}
      >
        {t.common.previous}
      </Button>
      <Button
        variant="default"
        {...turnTo(page.next)}
        rightSection={<IconChevronRight size={18} aria-hidden />}
      >
        {t.common.next}
      </Button>
    </Group>
  );
}
