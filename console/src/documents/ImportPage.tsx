import { useState } from "react";
import { useLocation } from "wouter";
import { FormPage } from "../forms/FormPage";
import { useNewForm } from "../forms/useNewForm";
import { useLanguage } from "../i18n/language";
import { WithZone } from "../settings/WithZone";
import { today } from "../ui/clock";
import { Group } from "../ui/Group";
import { PageHeader } from "../ui/PageHeader";
import { PdfView } from "../ui/PdfView";
import { toastDone } from "../ui/toast";
import { useObjectUrl } from "../ui/useObjectUrl";
import classes from "./documents.module.css";
import { type Heading, HeadingFields } from "./HeadingFields";
import { PdfField } from "./PdfField";
import { useCreateDocument } from "./queries";
import { FIELD, usePdf } from "./usePdf";

/** A document made of a PDF that exists already. */
export function ImportPage() {
  return <WithZone>{(zone) => <Import zone={zone} />}</WithZone>;
}

function Import({ zone }: { zone: string }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const [initial] = useState<Heading>(() => ({
    ...{ type: "invoice", name: "", number: "" },
    date: today(zone),
  }));
  const pdf = usePdf();
  const address = useObjectUrl(pdf.file);
  const create = useCreateDocument();
  const editing = useNewForm({
    key: "document.import",
    initial,
    make: async (heading: Heading, keyOf) => {
      const body = { ...heading, upload_id: pdf.file ? await pdf.upload(pdf.file) : "" };
      return create(body, keyOf(body));
    },
    onMade: () => toastDone(t.documents.import.done, t),
    unsaved: pdf.file !== null,
    onDiscard: () => pdf.choose(null),
    onProblem: pdf.refuse,
  });
  const { form, saving } = editing;
  const submit = () => {
    if (pdf.file)
      return editing.submit(({ id }) => navigate(`/documents/${id}`, { replace: true }));
    pdf.setProblem(t.documents.import.missing);
    form.getInputNode(FIELD)?.focus();
  };
  return (
    <>
      <PageHeader title={t.documents.import.title} intro={t.documents.import.intro} />
      <FormPage
        editing={editing}
        progress={t.documents.import.sending}
        onSubmit={submit}
        besideLabel={t.documents.pdf}
        beside={
          // A browser's viewer takes the focus for itself to say that it cannot read a file.
          pdf.file && address && !pdf.problem ? (
            <PdfView key={address} url={address} name={pdf.file.name} />
          ) : (
            <div className="card">
              <p className={classes.pdfNote}>{t.documents.import.none}</p>
            </div>
          )
        }
      >
        <Group title={t.documents.pdf}>
          <PdfField pdf={pdf} button={t.documents.import.choose} required disabled={saving} />
        </Group>
        <Group title={t.documents.general}>
          <HeadingFields form={form} isNew />
        </Group>
      </FormPage>
    </>
  );
}
