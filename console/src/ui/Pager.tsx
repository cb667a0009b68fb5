import { Button, Group } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useLanguage } from "../i18n/language";

interface Props {
  page: { next: string | null; previous: string | null };
  onTurn: (cursor: string) => void;
}

/** «Précédent» and «Suivant», when there is more than a page. */
export function Pager({ page, onTurn }: Props) {
  const { t } = useLanguage();
  if (page.next === null && page.previous === null) return null;
  const turn = (cursor: string | null) => {
    if (cursor === null) return;
    onTurn(cursor);
    window.scrollTo({ top: 0 });
  };
  return (
    <Group component="nav" aria-label={t.common.pages} justify="flex-end" gap="xs">
      <Button
        variant="default"
        disabled={page.previous === null}
        onClick={() => turn(page.previous)}
        leftSection={<IconChevronLeft size={18} aria-hidden />}
      >
        {t.common.previous}
      </Button>
      <Button
        variant="default"
        disabled={page.next === null}
        onClick={() => turn(page.next)}
        rightSection={<IconChevronRight size={18} aria-hidden />}
      >
        {t.common.next}
      </Button>
    </Group>
  );
}
