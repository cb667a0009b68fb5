import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Dictionary } from "../i18n/dictionary";
import { useLanguage } from "../i18n/language";
import { loadDictionary } from "../i18n/languages";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useSettings } from "./queries";

/** What is proposed for a mail, in the language of the organization's mails and PDFs: the page may be in another. */
export function WithMailWords({ children }: { children: (mail: Dictionary) => ReactNode }) {
  const { t, language } = useLanguage();
  const settings = useSettings();
  const locale = settings.data?.locale ?? language;
  const { data, error, refetch } = useQuery({
    queryKey: ["dictionary", locale],
    queryFn: () => loadDictionary(locale),
    enabled: locale !== language,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (settings.data && locale === language) return children(t);
  if (settings.data && data) return children(data);
  const failure = settings.error ?? error;
  const retry = () => void (settings.error ? settings.refetch() : refetch());
  return failure ? <ErrorAlert error={failure} onRetry={retry} /> : <PageLoading />;
}
