import type { UseFormReturnType } from "@mantine/form";
import type { UseMutationResult } from "@tanstack/react-query";
import { isConflict } from "../api/problem";
import { ConflictAlert } from "../ui/ConflictAlert";
import { ErrorAlert } from "../ui/ErrorAlert";
import { SaveBar } from "./SaveBar";

interface Props {
  editing: {
    form: Pick<UseFormReturnType<Record<string, unknown>>, "getInputNode">;
    restored: boolean;
    dirty: boolean;
    save: Pick<UseMutationResult, "error" | "isPending">;
    discard: () => void;
    loadStored: () => Promise<void>;
  };
  progress?: string;
}

/** What went wrong, and the button that saves. */
export function EditingFoot({ editing, progress }: Props) {
  const { form, save, dirty, restored, discard, loadStored } = editing;
  return (
    <>
      {isConflict(save.error) ? (
        <ConflictAlert onLoad={() => void loadStored()} />
      ) : (
        <ErrorAlert error={save.error} shownFields={(field) => form.getInputNode(field) !== null} />
      )}
      <SaveBar
        saving={save.isPending}
        progress={progress}
        dirty={dirty}
        restored={restored}
        onDiscard={discard}
      />
    </>
  );
}
