import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { ApiProblem, NetworkError } from "../api/problem";
import { hasDrafts } from "../forms/drafts";
import type { Dictionary } from "../i18n/dictionary";
import { useLanguage } from "../i18n/language";
import { Notice } from "./Notice";

/** A sentence about what cannot be done now; what is typed meanwhile, if anything is, is kept. */
export function withKept(sentence: string, t: Dictionary): string {
  return hasDrafts() ? `${sentence} ${t.common.kept}` : sentence;
}

/** What an error says to the person: the API's own sentences, or ours when it gave none. */
export function messageOf(error: unknown, t: Dictionary): string {
  if (error instanceof NetworkError) return withKept(t.errors.network, t);
  if (!(error instanceof ApiProblem)) return t.errors.unknown;
  if (error.fields.length > 0) return error.fields.map(({ message }) => message).join(" ");
  return error.message || t.errors.unknown;
}

/** An error in place, with the problems of no visible field and the reference of a breakdown. */
export function ErrorAlert(props: {
  error: unknown;
  shownFields?: (field: string) => boolean;
  onRetry?: () => void;
}) {
  const { t } = useLanguage();
  const { error, onRetry, shownFields } = props;
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : null;
  const fields = (shownFields && problem?.fields) ?? [];
  const count = new Set(fields.map(({ field }) => field)).size;
  const elsewhere = fields.filter((entry) => !shownFields?.(entry.field));
  return (
    <Notice tone="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t.errors.title}>
      <p style={{ margin: 0 }}>{count > 0 ? t.errors.fields(count) : messageOf(error, t)}</p>
      {elsewhere.length > 0 && (
        <ul>
          {elsewhere.map((entry) => (
            <li key={entry.field + entry.code + entry.message}>{entry.message}</li>
          ))}
        </ul>
      )}
      {problem && problem.status >= 500 && problem.requestId && (
        <p style={{ margin: 0 }}>{t.errors.requestId(problem.requestId)}</p>
      )}
      {onRetry && (
        <Button mt="xs" size="xs" variant="default" onClick={onRetry}>
          {t.common.retry}
        </Button>
      )}
    </Notice>
  );
}
