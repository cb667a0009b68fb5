import { useState } from "react";
import { useLocation, useParams } from "wouter";
import { newRequestKey } from "../api/client";
import { DOCUMENT_TYPES, type DocumentType } from "../api/types";
import { useLanguage } from "../i18n/language";
import { WithZone } from "../settings/WithZone";
import { NotFound } from "../shell/NotFound";
import { today } from "../ui/clock";
import { ErrorAlert } from "../ui/ErrorAlert";
import { PageHeader } from "../ui/PageHeader";
import { toastDone } from "../ui/toast";
import { showProblems, useDraftForm } from "../ui/useDraftForm";
import { useRequestKey } from "../ui/useRequestKey";
import { type Content, cleaned, newContent } from "./content";
import { DocumentForm } from "./DocumentForm";
import classes from "./documents.module.css";
import { useCreateDocument } from "./queries";
import { SaveBar } from "./SaveBar";

/** A document that does not exist yet. */
export function NewDocumentPage() {
  const { type } = useParams<{ type: string }>();
  const known = DOCUMENT_TYPES.find((candidate) => candidate === type);
  if (!known) return <NotFound />;
  return <WithZone>{(zone) => <NewDocument key={known} type={known} zone={zone} />}</WithZone>;
}

function NewDocument({ type, zone }: { type: DocumentType; zone: string }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const [initial] = useState(() => newContent(type, today(zone)));
  const { form, restored, adopt, forget } = useDraftForm<Content>({
    key: `document.new.${type}`,
    initial,
  });
  const save = useCreateDocument();
  const keyOf = useRequestKey(newRequestKey);
  const submit = () => {
    const body = cleaned(form.values);
    save.mutate(
      { body, key: keyOf(body) },
      {
        onError: (error) => showProblems(form, error),
        onSuccess: ({ id }) => {
          forget();
          toastDone(t.documents.created, t);
          navigate(`/documents/${id}`, { replace: true });
        },
      },
    );
  };
  return (
    <>
      <PageHeader title={t.documents.createOf[type]} />
      <div className={classes.columns}>
        <DocumentForm form={form} onSubmit={submit}>
          <ErrorAlert
            error={save.error}
            shownFields={(field) => form.getInputNode(field) !== null}
          />
          <SaveBar
            saving={save.isPending}
            dirty={form.isDirty()}
            restored={restored}
            onDiscard={() => adopt(initial)}
          />
        </DocumentForm>
        <div className={classes.beside}>
          <div className="card">
            <p className={classes.pdfNote}>{t.documents.pdfNone}</p>
          </div>
        </div>
      </div>
    </>
  );
}
