import { type UseFormReturnType, useForm } from "@mantine/form";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "../api/problem";

interface Options<T> {
  /** What the draft is of. */
  key: string;
  initial: T;
  /** The stored version that `initial` is; 0 for something new. */
  version?: number;
}

interface Draft<T> {
  values: T;
  version: number;
}

/**
 * A form whose unsaved values outlive a reload, a lost connection and an expired session: they are
 * kept in this tab until they are saved or thrown away, with the version they were typed over.
 */
export function useDraftForm<T extends Record<string, unknown>>(options: Options<T>) {
  const { key, initial, version = 0 } = options;
  const place = `facteur.draft.${key}`;
  const [draft] = useState(() => read<T>(place));
  const base = useRef(draft?.version ?? version);
  const keep = useDebouncedCallback(
    (values: T) => {
      const kept: Draft<T> = { values, version: base.current };
      sessionStorage.setItem(place, JSON.stringify(kept));
    },
    { delay: 200, flushOnUnmount: true },
  );
  const form = useForm<T>({ initialValues: initial, onValuesChange: keep });
  const [restored, setRestored] = useState(draft !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft is put back once, on arrival
  useEffect(() => {
    if (draft !== null) form.setValues(draft.values);
  }, []);
  const forget = () => {
    keep.cancel();
    sessionStorage.removeItem(place);
    setRestored(false);
  };
  /** Start again from what is stored now, with nothing unsaved. */
  const adopt = (values: T, stored = 0) => {
    base.current = stored;
    form.setInitialValues(values);
    form.setValues(values);
    form.resetDirty(values);
    form.clearErrors();
    forget();
  };
  /** The version that was read before typing began. */
  const versionRead = () => base.current;
  return { form, restored, adopt, forget, versionRead };
}

function read<T>(place: string): Draft<T> | null {
  const text = sessionStorage.getItem(place);
  return text === null ? null : (JSON.parse(text) as Draft<T>);
}

/** Show the API's problems beside their fields and go to the first. */
export function showProblems<T extends Record<string, unknown>>(
  form: UseFormReturnType<T>,
  error: unknown,
): void {
  if (!(error instanceof ApiProblem) || error.fields.length === 0) return;
  const errors: Record<string, string> = {};
  for (const { field, message } of error.fields) {
    errors[field] = errors[field] ? `${errors[field]} ${message}` : message;
  }
  form.setErrors(errors);
  error.fields
    .map(({ field }) => form.getInputNode(field))
    .find((node) => node !== null)
    ?.focus();
}
