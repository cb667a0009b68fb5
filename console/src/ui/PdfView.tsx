import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useLanguage } from "../i18n/language";
import { PdfButton } from "./PdfButton";
import classes from "./pdf.module.css";

interface Props {
  url: string;
  name: string;
  /** Where it is now, when `url` does not last. */
  ask?: () => Promise<{ url: string }>;
}

/** A PDF in the page where the browser can, on a phone once it is wanted, and a way to open it everywhere. */
export function PdfView({ url, name, ask = async () => ({ url }) }: Props) {
  const { t } = useLanguage();
  const wide = useMediaQuery("(min-width: 48em)", true, { getInitialValueInEffect: false });
  const [unfolded, setUnfolded] = useState(false);
  const able = navigator.pdfViewerEnabled;
  const shown = wide || unfolded;
  return (
    <div className="card">
      <div className={classes.bar}>
        <span>{t.documents.pdf}</span>
        <span className={classes.buttons}>
          {able && !wide && (
            <Button
              size="compact-sm"
              variant="subtle"
              aria-expanded={unfolded}
              onClick={() => setUnfolded(!unfolded)}
            >
              {t.documents.pdfShow}
            </Button>
          )}
          <PdfButton label={t.documents.pdfOpen} ask={ask} />
        </span>
      </div>
      {able && shown && (
        <object
          className={classes.pdf}
          data={`${url}#navpanes=0&view=FitH`}
          type="application/pdf"
          aria-label={t.documents.pdfTitle(name)}
        >
          <p className={classes.note}>{t.documents.pdfFallback}</p>
        </object>
      )}
      {!able && <p className={classes.note}>{t.documents.pdfFallback}</p>}
    </div>
  );
}
