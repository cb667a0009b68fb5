import type { Document } from "../api/types";
import { FormFoot } from "../forms/FormFoot";
import { useFormat } from "../i18n/format";
import { DocumentForm } from "./DocumentForm";
import { cleaned, contentOf } from "./registry";
import { useDocumentForm } from "./useDocumentForm";

/** The content of a document, to be changed. */
export function DocumentEditor({ document }: { document: Document }) {
  const format = useFormat();
  const editing = useDocumentForm(document, {
    valuesOf: (stored) => contentOf(stored, format),
    contentOf: cleaned,
  });
  return (
    <DocumentForm
      form={editing.form}
      saving={editing.saving}
      onSubmit={editing.submit}
      foot={<FormFoot editing={editing} />}
    />
  );
}
