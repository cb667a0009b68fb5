import { useLocation, useParams } from "wouter";
import { ApiProblem } from "../api/problem";
import type { Document } from "../api/types";
import { useLanguage } from "../i18n/language";
import { SendDialog } from "../send/SendDialog";
import { NotFound } from "../shell/NotFound";
import { PageLoading } from "../shell/PageLoading";
import { PageError } from "../ui/PageError";
import { PageHeader } from "../ui/PageHeader";
import { DocumentBadge } from "../ui/StatusBadge";
import { DocumentActions } from "./DocumentActions";
import { DocumentEditor } from "./DocumentEditor";
import { DocumentPdf } from "./DocumentPdf";
import { DocumentSends } from "./DocumentSends";
import { useDocument } from "./queries";
import { UploadEditor } from "./UploadEditor";

/** A document: its form, its PDF beside, its sends, and the way to send it. */
export function DocumentPage() {
  const { id, action } = useParams<{ id: string; action?: string }>();
  const { data, error, refetch } = useDocument(id);
  if (data) return <Loaded key={id} document={data} sending={action === "envoyer"} />;
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  return error ? <PageError error={error} onRetry={() => void refetch()} /> : <PageLoading />;
}

function Loaded({ document, sending }: { document: Document; sending: boolean }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const kind = t.documentTypes[document.type].name;
  return (
    <>
      <PageHeader
        title={document.name}
        intro={"upload" in document ? `${kind} · ${t.documents.import.kind}` : kind}
        aside={<DocumentBadge type={document.type} status={document.status} />}
        actions={<DocumentActions document={document} />}
      />
      {"upload" in document ? (
        <UploadEditor document={document}>
          <DocumentPdf document={document} />
          <DocumentSends id={document.id} />
        </UploadEditor>
      ) : (
        <DocumentEditor document={document}>
          <DocumentSends id={document.id} />
        </DocumentEditor>
      )}
      <SendDialog
        document={document}
        opened={sending}
        onClose={() => navigate(`/documents/${document.id}`)}
      />
    </>
  );
}
