import type { FormEvent } from "react";
import type { Document } from "../api/types";
import { useLanguage } from "../i18n/language";
import { Group } from "../ui/Group";
import { EditingFoot } from "./EditingFoot";
import { type Heading, HeadingFields, headingOf } from "./HeadingFields";
import { PdfField } from "./PdfField";
import { useEditing } from "./useEditing";
import { usePdf } from "./usePdf";

export type UploadedDocument = Extract<Document, { upload: unknown }>;

/** What is said of a PDF that was imported, and another to take its place. */
export function UploadEditor({ document }: { document: UploadedDocument }) {
  const { t } = useLanguage();
  const pdf = usePdf();
  const editing = useEditing<Heading>(document, {
    valuesOf: headingOf,
    bodyOf: async (heading, version) => {
      const source = pdf.file
        ? { upload_id: await pdf.upload(pdf.file) }
        : { upload: document.upload };
      return { ...heading, ...source, version };
    },
    unsaved: pdf.file !== null,
    onStored: () => pdf.choose(null),
    onProblem: pdf.refuse,
  });
  const saving = editing.save.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    editing.submit();
  };
  return (
    <form noValidate onSubmit={submit}>
      <Group title={t.documents.general} disabled={saving}>
        <HeadingFields form={editing.form} />
      </Group>
      <Group title={t.documents.pdf} disabled={saving}>
        <PdfField
          pdf={pdf}
          button={t.documents.import.replace}
          note={t.documents.import.replaceNote}
          disabled={saving}
        />
      </Group>
      <EditingFoot editing={editing} progress={pdf.file ? t.documents.import.sending : undefined} />
    </form>
  );
}
