import { Button } from "@mantine/core";
import { IconGitMerge } from "@tabler/icons-react";
import { useLanguage } from "../i18n/language";
import { Notice } from "../ui/Notice";

/** Someone saved in the meantime: nothing is overwritten, nothing typed is lost. */
export function ConflictAlert({ onLoad }: { onLoad: () => void }) {
  const { t } = useLanguage();
  return (
    <Notice
      tone="amber"
      role="alert"
      icon={<IconGitMerge aria-hidden />}
      title={t.errors.conflictTitle}
    >
      <p style={{ margin: "0 0 0.5rem" }}>{t.errors.conflict}</p>
      <Button size="xs" variant="default" onClick={onLoad}>
        {t.errors.conflictReload}
      </Button>
    </Notice>
  );
}
