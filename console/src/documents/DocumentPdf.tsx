import { Skeleton } from "@mantine/core";
import type { Document } from "../api/types";
import { useLanguage } from "../i18n/language";
import { ErrorAlert } from "../ui/ErrorAlert";
import { PdfView } from "../ui/PdfView";
import classes from "./documents.module.css";
import { askPdf, usePdfLink } from "./queries";

/** The PDF of a document as it is stored. */
export function DocumentPdf({ document }: { document: Document }) {
  const { t } = useLanguage();
  const { data, error, refetch } = usePdfLink(document);
  if (error) return <ErrorAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={360} />;
  return (
    <div>
      <PdfView key={data.url} url={data.url} name={document.name} ask={() => askPdf(document.id)} />
      <p className={classes.minor}>{t.documents.pdfStale}</p>
    </div>
  );
}
