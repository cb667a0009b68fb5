import type { ReactNode } from "react";
import type { Document } from "../api/types";
import { FormPage } from "../forms/FormPage";
import { useLanguage } from "../i18n/language";
import { Group } from "../ui/Group";
import { type Heading, HeadingFields, headingOf } from "./HeadingFields";
import { PdfField } from "./PdfField";
import { useDocumentForm } from "./useDocumentForm";
import { usePdf } from "./usePdf";

export type UploadedDocument = Extract<Document, { upload: unknown }>;

interface Props {
  document: UploadedDocument;
  /** What stands beside the form: its PDF, its sends. */
  children?: ReactNode;
}

/** What is said of a PDF that was imported, and another to take its place. */
export function UploadEditor({ document, children }: Props) {
  const { t } = useLanguage();
  const pdf = usePdf();
  const editing = useDocumentForm<Heading>(document, {
    valuesOf: headingOf,
    contentOf: async (heading) =>
      pdf.file
        ? { ...heading, upload_id: await pdf.upload(pdf.file) }
        : { ...heading, upload: document.upload },
    unsaved: pdf.file !== null,
    onStored: () => pdf.choose(null),
    onProblem: pdf.refuse,
  });
  const { form, saving, submit } = editing;
  const progress = pdf.file ? t.documents.import.sending : undefined;
  return (
    <FormPage
      editing={editing}
      progress={progress}
      onSubmit={submit}
      besideLabel={t.documents.pdf}
      beside={children}
    >
      <Group title={t.documents.general}>
        <HeadingFields form={form} />
      </Group>
      <Group title={t.documents.pdf}>
        <PdfField
          pdf={pdf}
          button={t.documents.import.replace}
          note={t.documents.import.replaceNote}
          disabled={saving}
        />
      </Group>
    </FormPage>
  );
}
