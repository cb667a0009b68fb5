import { useEffect, useRef } from "react";
import { ApiProblem, isConflict } from "../api/problem";
import { ErrorAlert } from "../ui/ErrorAlert";
import { ConflictAlert } from "./ConflictAlert";
import { isShown } from "./reach";

interface Props {
  form: { getInputNode: (path: string) => unknown };
  error: unknown;
  /** Takes over what another has saved in the meantime. */
  onLoad?: () => void;
}

/** What went wrong, but for the problems that stand beside their fields; brought in sight when no field is. */
export function FormProblems({ form, error, onLoad }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const isBeside = (field: string) => isShown(form, field);
  const besideField =
    error instanceof ApiProblem && error.fields.some(({ field }) => isBeside(field));
  // biome-ignore lint/correctness/useExhaustiveDependencies: each error is gone to once
  useEffect(() => {
    if (error && !besideField) place.current?.scrollIntoView({ block: "center" });
  }, [error]);
  return (
    <div ref={place}>
      {onLoad && isConflict(error) ? (
        <ConflictAlert onLoad={onLoad} />
      ) : (
        <ErrorAlert error={error} shownFields={isBeside} />
      )}
    </div>
  );
}
