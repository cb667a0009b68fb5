import type { UseFormReturnType } from "@mantine/form";
import { useEffect } from "react";
import { ApiProblem } from "../api/problem";
import { isShown, reach } from "./reach";

/** Shows the API's problems beside their fields, once these can take the focus again. */
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

/** Problems beside their fields, and the focus on the first of the page. */
function showProblems<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: unknown,
): void {
  if (!(error instanceof ApiProblem) || error.fields.length === 0) return;
  const errors: Record<string, string> = {};
  for (const { field, message } of error.fields) {
    errors[field] = errors[field] ? `${errors[field]} ${message}` : message;
  }
  form.setErrors(errors);
  const nodes = error.fields
    .map(({ field }) => form.getInputNode(field))
    .filter((node) => node !== null);
  nodes.sort((one, other) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  if (nodes[0]) nodes[0].focus();
  else reach(error.fields.find(({ field }) => isShown(form, field))?.field ?? "");
}
