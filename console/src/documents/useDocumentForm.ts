import type { Document, DocumentEdit } from "../api/types";
import { useStoredForm } from "../forms/useStoredForm";
import { useLanguage } from "../i18n/language";
import { useConfirm } from "../ui/useConfirm";
import { useFetchDocument, useReplaceDocument } from "./queries";
import { definitionOf } from "./registry";

type Content = Omit<DocumentEdit, "version">;

interface Options<Values> {
  valuesOf: (stored: Document) => Values;
  /** What is sent; a file that goes with it is uploaded by then. */
  contentOf: (values: Values) => Content | Promise<Content>;
  /** Is something to be saved besides the form's values? */
  unsaved?: boolean;
  onStored?: () => void;
  onProblem?: (error: unknown) => void;
}

const readOf = ({ version }: Document) => ({ version });

/** The form of a stored document. Some types ask before one that has been sent is changed. */
export function useDocumentForm<Values extends Record<string, unknown>>(
  document: Document,
  { contentOf, ...options }: Options<Values>,
) {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const replace = useReplaceDocument(document.id);
  const editing = useStoredForm({
    ...options,
    key: `document.${document.id}`,
    stored: document,
    readOf,
    save: async (values: Values, read) =>
      replace({ ...(await contentOf(values)), ...read } as DocumentEdit),
    fetchStored: useFetchDocument(document.id),
  });
  const submit = () => {
    const { editSentWarning } = definitionOf(document.type);
    if (!editSentWarning || document.status !== "sent") return editing.submit();
    const { editSentTitle, editAnyway } = t.documents;
    confirm({
      title: editSentTitle,
      text: editSentWarning(t),
      confirm: editAnyway,
      onConfirm: () => editing.submit(),
    });
  };
  return { ...editing, submit };
}
