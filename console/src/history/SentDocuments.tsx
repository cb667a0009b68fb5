import { useQueries } from "@tanstack/react-query";
import { Link } from "wouter";
import { answer, api } from "../api/client";
import { documentQuery } from "../api/documents";
import type { Send } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { PdfButton } from "../ui/PdfButton";
import { useSize } from "../ui/useSize";
import classes from "./detail.module.css";

/** The documents as they were sent, with the very bytes; says which have been edited since. */
export function SentDocuments({ send }: { send: Send }) {
  const { t } = useLanguage();
  const format = useFormat();
  const size = useSize();
  const changed = useChangedSince(send);
  if (send.documents.length === 0)
    return <span className={classes.minor}>{t.history.noDocument}</span>;
  return (
    <ul className={classes.list}>
      {send.documents.map((document, n) => (
        <li key={document.id} className={classes.item}>
          <div className={classes.itemLine}>
            <Link href={`/documents/${document.id}`} className={classes.address}>
              {document.name}
            </Link>
            {document.sha256 && (
              <PdfButton label={t.detail.openPdf} ask={() => attachment(send.id, n)} />
            )}
          </div>
          <div className={classes.minor}>
            {[
              t.documentTypes[document.type].name,
              document.number && t.detail.number(document.number),
              t.detail.carriedDate(format.date(document.date)),
              document.filename,
              document.size !== null && size(document.size),
            ]
              .filter(Boolean)
              .join(" · ")}
          </div>
          {changed.has(document.id) && <div className={classes.minor}>{t.detail.changedSince}</div>}
          {document.sha256 && (
            <div className={classes.minor}>
              {t.detail.sha} <span className="mono">{document.sha256}</span>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function attachment(id: string, n: number) {
  return answer(api.GET("/v1/sends/{id}/attachments/{n}", { params: { path: { id, n } } }));
}

/** The ids of documents whose last edit is later than the send. A deleted one is in nobody's way. */
function useChangedSince(send: Send): Set<string> {
  const results = useQueries({
    queries: send.documents.map(({ id }) => ({
      ...documentQuery(id),
      retry: false,
      staleTime: 60_000,
    })),
  });
  const edited = results.flatMap(({ data }) =>
    data && data.updated_at > send.queued_at ? [data.id] : [],
  );
  return new Set(edited);
}
