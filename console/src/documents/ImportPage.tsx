import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { newRequestKey } from "../api/client";
import { useLanguage } from "../i18n/language";
import { WithZone } from "../settings/WithZone";
import { today } from "../ui/clock";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Group } from "../ui/Group";
import { PageHeader } from "../ui/PageHeader";
import { PdfView } from "../ui/PdfView";
import { toastDone } from "../ui/toast";
import { useDraftForm } from "../ui/useDraftForm";
import { useObjectUrl } from "../ui/useObjectUrl";
import { useRequestKey } from "../ui/useRequestKey";
import classes from "./documents.module.css";
import { type Heading, HeadingFields } from "./HeadingFields";
import { PdfField } from "./PdfField";
import { useCreateDocument } from "./queries";
import { SaveBar } from "./SaveBar";
import { FIELD, type Pdf, usePdf } from "./usePdf";
import { useProblems } from "./useProblems";

/** A document made of a PDF that exists already. */
export function ImportPage() {
  return <WithZone>{(zone) => <Import zone={zone} />}</WithZone>;
}

function Import({ zone }: { zone: string }) {
  const { t } = useLanguage();
  const [initial] = useState<Heading>(() => ({
    ...{ type: "invoice", name: "", number: "" },
    date: today(zone),
  }));
  const { form, restored, adopt, forget } = useDraftForm<Heading>({
    key: "document.import",
    initial,
  });
  const pdf = usePdf();
  const address = useObjectUrl(pdf.file);
  const save = useImport(form.values, pdf, forget);
  useProblems(form, save.error, pdf.refuse);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pdf.file) return save.mutate(pdf.file);
    pdf.setProblem(t.documents.import.missing);
    form.getInputNode(FIELD)?.focus();
  };
  return (
    <>
      <PageHeader title={t.documents.import.title} intro={t.documents.import.intro} />
      <div className={classes.columns}>
        <form noValidate onSubmit={submit}>
          <Group title={t.documents.pdf} disabled={save.isPending}>
            <PdfField
              pdf={pdf}
              button={t.documents.import.choose}
              required
              disabled={save.isPending}
            />
          </Group>
          <Group title={t.documents.general} disabled={save.isPending}>
            <HeadingFields form={form} isNew />
          </Group>
          <ErrorAlert
            error={save.error}
            shownFields={(field) => form.getInputNode(field) !== null}
          />
          <SaveBar
            saving={save.isPending}
            progress={t.documents.import.sending}
            dirty={form.isDirty() || pdf.file !== null}
            restored={restored}
            onDiscard={() => {
              adopt(initial);
              pdf.choose(null);
              save.reset();
            }}
          />
        </form>
        <div className={classes.beside}>
          {pdf.file && address ? (
            <PdfView key={address} url={address} name={pdf.file.name} />
          ) : (
            <div className="card">
              <p className={classes.pdfNote}>{t.documents.import.none}</p>
            </div>
          )}
        </div>
      </div>
    </>
  );
}

/** Uploads the file, makes a document of it and goes there. */
function useImport(heading: Heading, pdf: Pdf, forget: () => void) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const create = useCreateDocument();
  const keyOf = useRequestKey(newRequestKey);
  return useMutation({
    mutationFn: async (file: File) => {
      const body = { ...heading, upload_id: await pdf.upload(file) };
      return create.mutateAsync({ body, key: keyOf(body) });
    },
    onSuccess: ({ id }) => {
      forget();
      toastDone(t.documents.import.done, t);
      navigate(`/documents/${id}`, { replace: true });
    },
  });
}
