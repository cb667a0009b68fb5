import type { ReactNode } from "react";
import type { Document } from "../api/types";
import { FormFoot } from "../forms/FormFoot";
import { useFormat } from "../i18n/format";
import { DocumentForm } from "./DocumentForm";
import { DocumentPdf } from "./DocumentPdf";
import { DocumentWarnings } from "./DocumentWarnings";
import { DraftPdf, useDraft } from "./DraftPdf";
import classes from "./documents.module.css";
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
  const draft = useDraft(editing.form.values, editing.dirty);
  const { warnings } = (editing.dirty && draft.data) || document;
  return (
    <div className={classes.columns}>
      <div>
        <DocumentWarnings warnings={warnings} />
        <DocumentForm
          form={editing.form}
          saving={editing.saving}
          onSubmit={editing.submit}
          foot={<FormFoot editing={editing} />}
        />
      </div>
      <div className={classes.beside}>
        {editing.dirty ? (
          <DraftPdf content={editing.form.values} draft={draft}>
            <DocumentPdf document={document} />
          </DraftPdf>
        ) : (
          <DocumentPdf document={document} />
        )}
        {children}
      </div>
    </div>
  );
}
