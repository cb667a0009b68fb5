import { type ReactNode, useState } from "react";
import { useLocation, useParams } from "wouter";
import type { DocumentType } from "../api/types";
import { useNewForm } from "../forms/useNewForm";
import { useLanguage } from "../i18n/language";
import { WithZone } from "../settings/WithZone";
import { NotFound } from "../shell/NotFound";
import { PageLoading } from "../shell/PageLoading";
import { today } from "../ui/clock";
import { PageHeader } from "../ui/PageHeader";
import { toastDone } from "../ui/toast";
import type { Content } from "./content";
import { DocumentForm } from "./DocumentForm";
import { DocumentWarnings } from "./DocumentWarnings";
import { DraftPdf, useDraft } from "./DraftPdf";
import { useCreateDocument, useNextNumber } from "./queries";
import { cleaned, DOCUMENT_TYPES, definitionOf } from "./registry";

/** A document that does not exist yet. */
export function NewDocumentPage() {
  const { type } = useParams<{ type: string }>();
  const known = DOCUMENT_TYPES.find((candidate) => candidate === type);
  if (!known) return <NotFound />;
  return (
    <WithZone>
      {(zone) => (
        <WithNumber key={known} type={known}>
          {(number) => <NewDocument type={known} zone={zone} number={number} />}
        </WithNumber>
      )}
    </WithZone>
  );
}

interface NumberProps {
  type: DocumentType;
  children: (number: string) => ReactNode;
}

/** What starts from the next number, once it is known; a list needs none. */
function WithNumber({ type, children }: NumberProps) {
  return definitionOf(type).numbered ? (
    <NextNumber type={type}>{children}</NextNumber>
  ) : (
    children("")
  );
}

function NextNumber({ type, children }: NumberProps) {
  const { data, error } = useNextNumber(type);
  // It is a proposal: without an answer, the field is empty.
  return data || error ? children(data?.number ?? "") : <PageLoading />;
}

interface Props {
  type: DocumentType;
  zone: string;
  number: string;
}

function NewDocument({ type, zone, number }: Props) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const [initial] = useState(() => ({ ...definitionOf(type).newContent(today(zone)), number }));
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
  const { form, dirty, submit } = editing;
  const draft = useDraft(form.values);
  return (
    <>
      <PageHeader title={t.documentTypes[type].create} />
      <DocumentForm
        editing={editing}
        above={<DocumentWarnings warnings={(dirty && draft.data?.warnings) || []} />}
        onSubmit={() => submit(({ id }) => navigate(`/documents/${id}`, { replace: true }))}
        beside={<DraftPdf content={form.values} draft={draft} />}
      />
    </>
  );
}
