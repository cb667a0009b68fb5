import { useLanguage } from "../i18n/language";
import { BusyButton } from "../ui/BusyButton";
import { DraftNote, type Editing } from "./DraftNote";
import { FormProblems } from "./FormProblems";
import classes from "./forms.module.css";

interface Props {
  editing: Editing & { form: { getInputNode: (path: string) => unknown }; error: unknown };
  /** What the button says; «Enregistrer» by default. */
  label?: string;
  /** What is going on while it saves, when that takes a while. */
  progress?: string;
  /** Beneath its own fields, rather than always in sight? */
  inPlace?: boolean;
}

/** What went wrong, the button that saves, and what there is to save. */
export function FormFoot({ editing, label, progress, inPlace = false }: Props) {
  const { t } = useLanguage();
  const { form, error, saving, loadStored } = editing;
  return (
    <>
      <FormProblems form={form} error={error} onLoad={loadStored} />
      <div className={inPlace ? classes.bar : `card ${classes.bar} ${classes.inSight}`}>
        <BusyButton type="submit" busy={saving}>
          {label ?? t.common.save}
        </BusyButton>
        {progress && (
          <span className={classes.minor} role="status">
            {saving && progress}
          </span>
        )}
        <DraftNote editing={editing} />
      </div>
    </>
  );
}
