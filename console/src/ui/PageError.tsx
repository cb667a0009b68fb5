import { useLanguage } from "../i18n/language";
import { ErrorAlert } from "./ErrorAlert";
import { PageHeader } from "./PageHeader";

/** Instead of a page whose data could not be read: it has a heading as every page has. */
export function PageError(props: { error: unknown; onRetry: () => void }) {
  const { t } = useLanguage();
  return (
    <>
      <PageHeader title={t.shell.crash} />
      <ErrorAlert {...props} />
    </>
  );
}
