import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLanguage } from "../i18n/language";

/** Says its text to a screen reader whenever it changes; nobody sees it. */
export function LiveRegion({ children }: { children: ReactNode }) {
  return (
    <span className="visually-hidden" role="status">
      {children}
    </span>
  );
}

interface ListProps {
  /** What was asked for: filters, search and page. */
  asked: object;
  page: { items: unknown[]; next: string | null; previous: string | null } | undefined;
  /** Is `page` still that of the last question? */
  stale: boolean;
  words: { total: (n: number) => string; shown: (n: number) => string };
}

/**
 * Says what another search, filter or page has brought: how many, and where among the pages. The
 * list that a page opens with is not said, nor one that was only refreshed.
 */
export function ListStatus({ asked, page, stale, words }: ListProps) {
  const { t } = useLanguage();
  const key = JSON.stringify(asked);
  const answered = useRef(key);
  const [said, setSaid] = useState({ key, text: "" });
  useEffect(() => {
    if (!page || stale || key === answered.current) return;
    answered.current = key;
    setSaid({ key, text: [resultOf(), placeOf()].filter(Boolean).join(" ") });

    function resultOf(): string {
      const n = page?.items.length ?? 0;
      const isPart = page?.next != null || page?.previous != null;
      if (n > 0) return `${(isPart ? words.shown : words.total)(n)}.`;
      return page?.next == null ? t.common.nothingFound : `${t.history.partialPageTitle}.`;
    }

    function placeOf(): string {
      if (page?.next != null)
        return page.previous != null ? t.common.pageBetween : t.common.pageFirst;
      return page?.previous != null ? t.common.pageLast : "";
    }
  }, [key, page, stale, words, t]);
  // Another element for another question: the same words twice are said twice.
  return (
    <LiveRegion>
      <span key={said.key}>{said.text}</span>
    </LiveRegion>
  );
}
