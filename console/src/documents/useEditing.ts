import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { answer, api } from "../api/client";
import type { Document, DocumentEdit } from "../api/types";
import { useLanguage } from "../i18n/language";
import { toastDone } from "../ui/toast";
import { useConfirm } from "../ui/useConfirm";
import { useDraftForm } from "../ui/useDraftForm";
import { useReplaceDocument } from "./queries";
import { useProblems } from "./useProblems";

interface Options<Values> {
  valuesOf: (stored: Document) => Values;
  /** What is sent; a file that goes with it is uploaded by then. */
  bodyOf: (values: Values, version: number) => DocumentEdit | Promise<DocumentEdit>;
  /** Is something to be saved besides the form's values? */
  unsaved?: boolean;
  onStored?: () => void;
  onProblem?: (error: unknown) => void;
}

/** The form of a stored document. Saving tells the version that was read. */
export function useEditing<Values extends Record<string, unknown>>(
  document: Document,
  options: Options<Values>,
) {
  const { valuesOf, bodyOf, unsaved = false, onStored, onProblem } = options;
  const { t } = useLanguage();
  const confirm = useConfirm();
  const cache = useQueryClient();
  const { form, restored, adopt, versionRead } = useDraftForm<Values>({
    key: `document.${document.id}`,
    initial: valuesOf(document),
    version: document.version,
  });
  const replace = useReplaceDocument(document.id);
  const save = useMutation({
    mutationFn: async () => replace.mutateAsync(await bodyOf(form.values, versionRead())),
  });
  useProblems(form, save.error, onProblem);
  const adoptStored = (next: Document) => {
    adopt(valuesOf(next), next.version);
    save.reset();
    onStored?.();
  };
  const dirty = form.isDirty() || unsaved;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another's edit is shown unless it would undo typing
  useEffect(() => {
    if (!dirty && document.version !== versionRead()) adoptStored(document);
  }, [document]);
  const store = () =>
    save.mutate(undefined, {
      onSuccess: (next) => {
        adoptStored(next);
        toastDone(t.common.saved, t);
      },
    });
  const submit = () => {
    if (document.type !== "invoice" || document.status !== "sent") return store();
    const { editSentTitle, editSentInvoice, editAnyway } = t.documents;
    confirm({ title: editSentTitle, text: editSentInvoice, confirm: editAnyway, onConfirm: store });
  };
  const loadStored = async () => {
    const params = { path: { id: document.id } };
    const next = await answer(api.GET("/v1/documents/{id}", { params }));
    cache.setQueryData(["documents", "one", document.id], next);
    adoptStored(next);
  };
  const discard = () => adoptStored(document);
  return { form, restored, dirty, save, submit, discard, loadStored };
}
