import { Modal } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { useModals } from "@mantine/modals";
import { useSearchParams } from "wouter";
import type { Document, EmailForm } from "../api/types";
import { useSend } from "../history/queries";
import { useReachedSince } from "../history/reached";
import { useLanguage } from "../i18n/language";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useEmailForm } from "./queries";
import { SendForm } from "./SendForm";
import { valuesAfter, valuesOf } from "./values";

interface Props {
  document: Document;
  opened: boolean;
  onClose: () => void;
}

/** «Envoyer par email», under the document's own address. */
export function SendDialog({ document, opened, onClose }: Props) {
  const { t } = useLanguage();
  // Escape closes the question that stands above it, and not both: that one is gone by the time that
  // this dialog hears of the same key.
  const isAsked = useModals().modals.length > 0;
  const [wasAsked] = useDebouncedValue(isAsked, 0);
  const phone = useMediaQuery("(max-width: 47.99em)");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`${t.sendForm.title} · ${document.name}`}
      size="46rem"
      fullScreen={phone}
      closeOnClickOutside={false}
      closeOnEscape={!isAsked && !wasAsked}
    >
      {opened && <Prefilled document={document} onClose={onClose} />}
    </Modal>
  );
}

/** The form filled in by the API; after a failed send, with those it did not reach. */
function Prefilled({ document, onClose }: Omit<Props, "opened">) {
  const [params] = useSearchParams();
  const { data, error, refetch } = useEmailForm(document.id);
  const failedSend = params.get("envoi");
  if (!data)
    return error ? <ErrorAlert error={error} onRetry={() => void refetch()} /> : <PageLoading />;
  const { filename } = data;
  if (failedSend)
    return <AfterFailure id={failedSend} form={data} document={document} onClose={onClose} />;
  return <SendForm {...{ document, filename, onClose }} prefilled={valuesOf(data)} />;
}

function AfterFailure(props: {
  id: string;
  form: EmailForm;
  document: Document;
  onClose: () => void;
}) {
  const { id, form, document, onClose } = props;
  const { data, error } = useSend(id);
  const reached = useReachedSince(data);
  const loading = data ? !reached : !error;
  if (loading) return <PageLoading />;
  const prefilled = data ? valuesAfter(data, form, reached) : valuesOf(form);
  return <SendForm {...{ document, prefilled, onClose }} filename={form.filename} after={id} />;
}
