import type { Document } from "../api/types";
import { useLanguage } from "../i18n/language";
import { type Content, cleaned, contentOf } from "./content";
import { DocumentForm } from "./DocumentForm";
import { EditingFoot } from "./EditingFoot";
import { useEditing } from "./useEditing";

/** The content of a document, to be changed. */
export function DocumentEditor({ document }: { document: Document }) {
  const { language } = useLanguage();
  const editing = useEditing<Content>(document, {
    valuesOf: (stored) => contentOf(stored, language),
    bodyOf: (content, version) => ({ ...cleaned(content), version }),
  });
  return (
    <DocumentForm form={editing.form} onSubmit={editing.submit}>
      <EditingFoot editing={editing} />
    </DocumentForm>
  );
}
