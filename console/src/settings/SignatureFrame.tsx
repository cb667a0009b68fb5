import { useLanguage } from "../i18n/language";
import classes from "./settings.module.css";

const STYLE =
  "font: 14px/1.5 Arial, sans-serif; color: #1b2033; margin: 12px; overflow-wrap: anywhere";

/** A signature as mails show it, in a frame that runs nothing. */
export function SignatureFrame({ html }: { html: string }) {
  const { t, language } = useLanguage();
  const page = `<!doctype html><html lang="${language}"><title>-</title><body style="${STYLE}">${html}</body></html>`;
  return (
    <iframe
      className={classes.signatureFrame}
      sandbox=""
      srcDoc={page}
      title={t.settings.signaturePreview}
    />
  );
}
