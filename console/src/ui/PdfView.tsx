import { Anchor } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useLanguage } from "../i18n/language";
import classes from "./pdf.module.css";

/** A PDF in the page where the browser can, and a link to it everywhere. */
export function PdfView({ url, name }: { url: string; name: string }) {
  const { t } = useLanguage();
  const link = (
    <Anchor href={url} target="_blank" rel="noopener">
      {t.documents.pdfOpen} <IconExternalLink size={16} aria-hidden />
    </Anchor>
  );
  return (
    <div className="card">
      <div className={classes.bar}>
        <span>{t.documents.pdf}</span>
        {link}
      </div>
      {navigator.pdfViewerEnabled ? (
        <object
          className={classes.pdf}
          data={`${url}#navpanes=0&view=FitH`}
          type="application/pdf"
          aria-label={t.documents.pdfTitle(name)}
        >
          <p className={classes.note}>
            {t.documents.pdfFallback} {link}
          </p>
        </object>
      ) : (
        <p className={classes.note}>{t.documents.pdfFallback}</p>
      )}
    </div>
  );
}
