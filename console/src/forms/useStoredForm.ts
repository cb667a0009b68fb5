import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLanguage } from "../i18n/language";
import { toastDone, toastError } from "../ui/toast";
import { useDraftForm } from "./useDraftForm";
import { useProblems } from "./useProblems";
import { useSubmission } from "./useSubmission";

interface Options<Values, Stored, Read> {
  key: string;
  /** What is stored, as last fetched. */
  stored: Stored;
  valuesOf: (stored: Stored) => Values;
  /** What a save tells of what was read: its version, above all. */
  readOf: (stored: Stored) => Read;
  save: (values: Values, read: Read) => Promise<Stored>;
  /** Fetches what is stored now, for the whole page. */
  fetchStored: () => Promise<Stored>;
  /** Is something to be saved besides the form's values? */
  unsaved?: boolean;
  onStored?: () => void;
  onProblem?: (error: unknown) => void;
}

/** The form of something stored. Another's edit is shown unless it would undo typing; a save over one is refused. */
export function useStoredForm<Values extends Record<string, unknown>, Stored, Read>(
  options: Options<Values, Stored, Read>,
) {
  const { key, stored, valuesOf, readOf, unsaved = false, onStored, onProblem } = options;
  const { t } = useLanguage();
  const { form, restored, adopt, readThen } = useDraftForm({
    key,
    initial: valuesOf(stored),
    read: readOf(stored),
  });
  const { submit, saving, error, reset } = useSubmission({
    request: () => options.save(form.getValues(), readThen()),
    onSuccess: (next) => {
      show(next);
      toastDone(t.common.saved, t);
    },
  });
  const show = (next: Stored) => {
    adopt(valuesOf(next), readOf(next));
    onStored?.();
  };
  /** Shows it, and forgets what became of the last save. */
  const take = (next: Stored) => {
    show(next);
    reset();
  };
  useProblems(form, error, onProblem);
  const dirty = form.isDirty() || unsaved;
  const isNews = JSON.stringify(readOf(stored)) !== JSON.stringify(readThen());
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is stored is looked at once, when it comes
  useEffect(() => {
    if (isNews && !saving && !form.isDirty() && !unsaved) take(stored);
  }, [stored]);
  const { mutate: load } = useMutation({
    mutationFn: options.fetchStored,
    onSuccess: take,
    onError: (failure) => toastError(failure, t),
  });
  return {
    ...{ form, restored, dirty, saving, error, submit },
    discard: () => take(stored),
    loadStored: () => load(),
  };
}
