import { useDraftForm } from "./useDraftForm";
import { useProblems } from "./useProblems";
import { useSubmission } from "./useSubmission";

interface Options<Values, Made> {
  key: string;
  initial: Values;
  /** Asks the API for it. `keyOf` gives the key under which asking again makes nothing twice. */
  make: (values: Values, keyOf: (body: unknown) => string) => Promise<Made>;
  onMade: (made: Made) => void;
  /** Is something to be sent besides the form's values? */
  unsaved?: boolean;
  onDiscard?: () => void;
  onProblem?: (error: unknown) => void;
}

/** The form of something that does not exist yet. */
export function useNewForm<Values extends Record<string, unknown>, Made>(
  options: Options<Values, Made>,
) {
  const { key, initial, make, onMade, unsaved = false, onDiscard, onProblem } = options;
  const draft = useDraftForm({ key, initial, read: null });
  const { form, restored, adopt, forget, requestKey, isRepeated } = draft;
  const { submit, saving, error, reset } = useSubmission({
    request: () => make(form.getValues(), requestKey),
    onSuccess: (made) => {
      forget();
      onMade(made);
    },
  });
  useProblems(form, error, onProblem);
  const discard = () => {
    adopt(initial, null);
    reset();
    onDiscard?.();
  };
  const dirty = form.isDirty() || unsaved;
  return { form, restored, dirty, saving, error, submit, discard, isRepeated };
}
