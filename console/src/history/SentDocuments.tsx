import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { answer, api } from "../api/client";
import { documentQuery } from "../api/documents";
import type { Send } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { toastError } from "../ui/toast";
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
            <PdfButton send={send} n={n} />
          </div>
          <div className={classes.minor}>
            {[
              t.types[document.type],
              document.number && t.detail.number(document.number),
              t.detail.carriedDate(format.date(document.date)),
              document.filename,
              size(document.size),
            ]
              .filter(Boolean)
              .join(" · ")}
          </div>
          {changed.has(document.id) && <div className={classes.minor}>{t.detail.changedSince}</div>}
          <div className={classes.minor}>
            {t.detail.sha} <span className="mono">{document.sha256}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function PdfButton({ send, n }: { send: Send; n: number }) {
  const { t } = useLanguage();
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    const tab = window.open("about:blank");
    try {
      const path = { id: send.id, n };
      const { url } = await answer(api.GET("/v1/sends/{id}/attachments/{n}", { params: { path } }));
      if (tab) tab.location.href = url;
    } catch (error) {
      tab?.close();
      toastError(error, t);
    }
    setBusy(false);
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      onClick={() => void open()}
      rightSection={<IconExternalLink size={16} aria-hidden />}
    >
      {t.detail.openPdf}
    </Button>
  );
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
