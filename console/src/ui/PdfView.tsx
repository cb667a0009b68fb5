import { useLanguage } from "../i18n/language";
import { PdfButton } from "./PdfButton";
import classes from "./pdf.module.css";

interface Props {
  url: string;
  name: string;
  /** Where it is now, when `url` does not last. */
  ask?: () => Promise<{ url: string }>;
}

/** A PDF in the page where the browser can, and a way to open it everywhere. */
export function PdfView({ url, name, ask = async () => ({ url }) }: Props) {
  const { t } = useLanguage();
  return (
    <div className="card">
      <div className={classes.bar}>
        <span>{t.documents.pdf}</span>
        <PdfButton label={t.documents.pdfOpen} ask={ask} />
      </div>
      {navigator.pdfViewerEnabled ? (
        <object
          className={classes.pdf}
          data={`${url}#navpanes=0&view=FitH`}
          type="application/pdf"
          aria-label={t.documents.pdfTitle(name)}
        >
          <p className={classes.note}>{t.documents.pdfFallback}</p>
        </object>
      ) : (
        <p className={classes.note}>{t.documents.pdfFallback}</p>
      )}
    </div>
  );
}
