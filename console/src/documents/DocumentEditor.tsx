import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { answer, api } from "../api/client";
import { isConflict } from "../api/problem";
import type { Document } from "../api/types";
import { useLanguage } from "../i18n/language";
import { ConflictAlert } from "../shared/ConflictAlert";
import { ErrorAlert } from "../shared/ErrorAlert";
import { toastDone } from "../shared/toast";
import { useConfirm } from "../shared/useConfirm";
import { showProblems, useDraftForm } from "../shared/useDraftForm";
import { type Content, cleaned, contentOf } from "./content";
import { DocumentForm } from "./DocumentForm";
import { useReplaceDocument } from "./queries";
import { SaveBar } from "./SaveBar";

/** The content of a document, to be changed. Saving tells the version that was read. */
export function DocumentEditor({ document }: { document: Document }) {
  const { t, language } = useLanguage();
  const confirm = useConfirm();
  const cache = useQueryClient();
  const { form, restored, adopt, versionRead } = useDraftForm<Content>({
    key: `document.${document.id}`,
    initial: contentOf(document, language),
    version: document.version,
  });
  const save = useReplaceDocument(document.id);
  const adoptStored = (next: Document) => {
    adopt(contentOf(next, language), next.version);
    save.reset();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another's edit is shown unless it would undo typing
  useEffect(() => {
    if (!form.isDirty() && document.version !== versionRead()) adoptStored(document);
  }, [document]);
  const store = () =>
    save.mutate(
      { ...cleaned(form.values), version: versionRead() },
      {
        onError: (error) => showProblems(form, error),
        onSuccess: (next) => {
          adoptStored(next);
          toastDone(t.common.saved, t);
        },
      },
    );
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
  return (
    <DocumentForm form={form} onSubmit={submit}>
      {isConflict(save.error) ? (
        <ConflictAlert onLoad={() => void loadStored()} />
      ) : (
        <ErrorAlert error={save.error} shownFields={(field) => form.getInputNode(field) !== null} />
      )}
      <SaveBar
        saving={save.isPending}
        dirty={form.isDirty()}
        restored={restored}
        onDiscard={() => adoptStored(document)}
      />
    </DocumentForm>
  );
}
