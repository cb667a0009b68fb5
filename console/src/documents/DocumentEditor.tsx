import type { Document } from "../api/types";
import { FormFoot } from "../forms/FormFoot";
import { useLanguage } from "../i18n/language";
import { cleaned, contentOf } from "./content";
import { DocumentForm } from "./DocumentForm";
import { useDocumentForm } from "./useDocumentForm";

/** The content of a document, to be changed. */
export function DocumentEditor({ document }: { document: Document }) {
  const { language } = useLanguage();
  const editing = useDocumentForm(document, {
    valuesOf: (stored) => contentOf(stored, language),
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
