import type { UseFormReturnType } from "@mantine/form";
import { useEffect } from "react";
import { showProblems } from "../ui/useDraftForm";

/** Shows the API's problems beside their fields, once these are enabled again and take the focus. */
export function useProblems<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: unknown,
  onProblem?: (error: unknown) => void,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each error is shown once
  useEffect(() => {
    if (error === null) return;
    onProblem?.(error);
    showProblems(form, error);
  }, [error]);
}
