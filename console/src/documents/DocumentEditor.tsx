import type { ReactNode } from "react";
import type { Document } from "../api/types";
import { useFormat } from "../i18n/format";
import { DocumentForm } from "./DocumentForm";
import { DocumentPdf } from "./DocumentPdf";
import { DocumentWarnings } from "./DocumentWarnings";
import { DraftPdf, useDraft } from "./DraftPdf";
import { cleaned, contentOf } from "./registry";
import { useDocumentForm } from "./useDocumentForm";

interface Props {
  document: Document;
  /** What stands under the PDF. */
  children: ReactNode;
}

/** The content of a document, to be changed, with its PDF beside. */
export function DocumentEditor({ document, children }: Props) {
  const format = useFormat();
  const editing = useDocumentForm(document, {
    valuesOf: (stored) => contentOf(stored, format),
    contentOf: cleaned,
  });
  const { form, dirty } = editing;
  const draft = useDraft(form.values, dirty);
  const { warnings } = (dirty && draft.data) || document;
  const stored = <DocumentPdf document={document} />;
  return (
    <DocumentForm
      editing={editing}
      above={<DocumentWarnings warnings={warnings} />}
      onSubmit={editing.submit}
      beside={
        <>
          {dirty ? (
            <DraftPdf content={form.values} draft={draft}>
              {stored}
            </DraftPdf>
          ) : (
            stored
          )}
          {children}
        </>
      }
    />
  );
}
