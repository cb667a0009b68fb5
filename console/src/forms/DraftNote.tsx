import { Button } from "@mantine/core";
import { useLanguage } from "../i18n/language";
import classes from "./forms.module.css";

export interface Editing {
  restored: boolean;
  dirty: boolean;
  saving: boolean;
  discard: () => void;
  /** Takes over what is stored; what does not exist yet has nothing stored. */
  loadStored?: () => void;
}

/** That something typed is not saved yet, or not sent, and how to throw it away. */
export function DraftNote({ editing, unsaved }: { editing: Editing; unsaved?: string }) {
  const { t } = useLanguage();
  const { restored, dirty, saving, discard, loadStored } = editing;
  if (!dirty || saving) return null;
  const typed = loadStored ? t.common.unsavedChanges : t.common.unsavedNew;
  return (
    <>
      <span className={classes.minor}>
        {restored ? t.common.draftRestored : (unsaved ?? typed)}
      </span>
      <Button variant="subtle" size="compact-sm" onClick={discard}>
        {loadStored ? t.common.discardDraft : t.common.startOver}
      </Button>
    </>
  );
}
