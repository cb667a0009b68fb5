import { Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useMemo } from "react";
import { useLanguage } from "../i18n/language";
import { messageOf } from "../ui/ErrorAlert";
import { PdfView } from "../ui/PdfView";
import type { Content } from "./content";
import classes from "./documents.module.css";
import { printable } from "./printable";
import { useDraftPdf } from "./queries";

const PAUSE_MS = 600;

type Draft = ReturnType<typeof useDraft>;

/** What the API makes of a document as it is being typed, a moment after each change. */
export function useDraft(content: Content, enabled = true) {
  const [settled] = useDebouncedValue(content, PAUSE_MS);
  const body = useMemo(() => JSON.stringify(printable(settled)), [settled]);
  return useDraftPdf(body, enabled);
}

interface Props {
  content: Content;
  draft: Draft;
  /** What stands there before the first one has come. */
  children?: ReactNode;
}

/** The PDF of a document as it is being typed. */
export function DraftPdf({ content, draft: { data, error }, children }: Props) {
  const { t } = useLanguage();
  const name = content.name || content.number || t.documentTypes[content.type].name;
  return (
    <div>
      {data ? <PdfView url={data.url} name={name} /> : (children ?? <Waiting error={error} />)}
      <p className={classes.minor} role="status">
        {error ? t.documents.pdfWaits(messageOf(error, t)) : t.documents.pdfDraft}
      </p>
    </div>
  );
}

function Waiting({ error }: { error: unknown }) {
  return error ? null : <Skeleton height={360} />;
}
