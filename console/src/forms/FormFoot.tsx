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
  /** The form, where the button stands outside of it. */
  formId?: string;
}

/** What went wrong, the button that saves, and what there is to save. */
export function FormFoot({ editing, label, progress, formId }: Props) {
  const { t } = useLanguage();
  const { form, error, saving, loadStored } = editing;
  return (
    <>
      <FormProblems form={form} error={error} onLoad={loadStored} />
      <div className={classes.bar}>
        <BusyButton type="submit" form={formId} busy={saving}>
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
