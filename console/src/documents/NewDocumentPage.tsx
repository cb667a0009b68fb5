import { useState } from "react";
import { useLocation, useParams } from "wouter";
import type { DocumentType } from "../api/types";
import { FormFoot } from "../forms/FormFoot";
import { useNewForm } from "../forms/useNewForm";
import { useLanguage } from "../i18n/language";
import { WithZone } from "../settings/WithZone";
import { NotFound } from "../shell/NotFound";
import { today } from "../ui/clock";
import { PageHeader } from "../ui/PageHeader";
import { toastDone } from "../ui/toast";
import type { Content } from "./content";
import { DocumentForm } from "./DocumentForm";
import { DraftPdf } from "./DraftPdf";
import classes from "./documents.module.css";
import { useCreateDocument } from "./queries";
import { cleaned, DOCUMENT_TYPES, definitionOf } from "./registry";

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
  const [initial] = useState(() => definitionOf(type).newContent(today(zone)));
  const create = useCreateDocument();
  const editing = useNewForm({
    key: `document.new.${type}`,
    initial,
    make: (content: Content, keyOf) => {
      const body = cleaned(content);
      return create(body, keyOf(body));
    },
    onMade: () => toastDone(t.documents.created, t),
  });
  const { form, saving, submit } = editing;
  return (
    <>
      <PageHeader title={t.documentTypes[type].create} />
      <div className={classes.columns}>
        <DocumentForm
          form={form}
          saving={saving}
          onSubmit={() => submit(({ id }) => navigate(`/documents/${id}`, { replace: true }))}
          foot={<FormFoot editing={editing} />}
        />
        <div className={classes.beside}>
          <DraftPdf content={form.values} />
        </div>
      </div>
    </>
  );
}
