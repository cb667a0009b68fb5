import { Link } from "wouter";
import type { Document } from "../api/types";
import { useLanguage } from "../i18n/language";
import { Notice } from "../ui/Notice";
import classes from "./documents.module.css";

/** More than these are folded, so that the form stays in sight. */
const SHOWN = 2;

/** What is missing in a document, or looks wrong: it may be sent all the same. */
export function DocumentWarnings({ warnings }: Pick<Document, "warnings">) {
  const { t } = useLanguage();
  const title = t.documents.warnings(warnings.length);
  const list = (
    <>
      <ul>
        {warnings.map(({ code, field, message }) => (
          <li key={`${code} ${field}`}>{message}</li>
        ))}
      </ul>
      {warnings.some(({ code }) => code.startsWith("seller_")) && (
        <Link href="/parametres">{t.documents.completeSettings}</Link>
      )}
    </>
  );
  return (
    <div role="status" className={classes.warnings}>
      {warnings.length > SHOWN ? (
        <Notice tone="amber">
          <details>
            <summary>{title}</summary>
            {list}
          </details>
        </Notice>
      ) : (
        warnings.length > 0 && (
          <Notice tone="amber" title={title}>
            {list}
          </Notice>
        )
      )}
    </div>
  );
}
