import { Button } from "@mantine/core";
import { useLanguage } from "../i18n/language";
import classes from "./documents.module.css";

interface Props {
  saving: boolean;
  /** What is going on while it saves, when that takes a while. */
  progress?: string;
  dirty: boolean;
  restored: boolean;
  onDiscard: () => void;
}

/** The button that saves, always in sight, and what there is to save. */
export function SaveBar({ saving, progress, dirty, restored, onDiscard }: Props) {
  const { t } = useLanguage();
  return (
    <div className={`card ${classes.saveBar}`}>
      <Button type="submit" loading={saving}>
        {t.common.save}
      </Button>
      <span className={classes.minor} role="status">
        {saving && progress}
      </span>
      {dirty && !saving && (
        <>
          <span className={classes.minor}>
            {restored ? t.common.draftRestored : t.common.unsavedChanges}
          </span>
          <Button variant="subtle" size="compact-sm" onClick={onDiscard}>
            {t.common.discardDraft}
          </Button>
        </>
      )}
    </div>
  );
}
