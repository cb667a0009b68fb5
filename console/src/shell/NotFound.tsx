import { Button } from "@mantine/core";
import { IconSearchOff } from "@tabler/icons-react";
import { Link } from "wouter";
import { useLanguage } from "../i18n/language";
import { EmptyState } from "../ui/EmptyState";
import { PageHeader } from "../ui/PageHeader";

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useLanguage();
  return (
    <>
      <PageHeader title={t.shell.notFound} />
      <EmptyState icon={<IconSearchOff />} title={t.shell.notFoundHint}>
        <Button component={Link} href="/campagnes">
          {t.shell.home}
        </Button>
      </EmptyState>
    </>
  );
}
