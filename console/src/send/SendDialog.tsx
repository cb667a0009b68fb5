import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useSearchParams } from "wouter";
import type { Document, EmailForm, Send } from "../api/types";
import { useSend } from "../history/queries";
import { failedOf } from "../history/recipients";
import { useLanguage } from "../i18n/language";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { escapeBraces } from "../ui/variables";
import { useEmailForm } from "./queries";
import { SendForm, type SendValues } from "./SendForm";

interface Props {
  document: Document;
  opened: boolean;
  onClose: () => void;
}

/** «Envoyer par email», under the document's own address. */
export function SendDialog({ document, opened, onClose }: Props) {
  const { t } = useLanguage();
  const phone = useMediaQuery("(max-width: 47.99em)");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`${t.sendForm.title} · ${document.name}`}
      size="46rem"
      fullScreen={phone}
      closeOnClickOutside={false}
    >
      {opened && <Prefilled document={document} onClose={onClose} />}
    </Modal>
  );
}

/** The form filled in by the API; after a failed send, with those it did not reach. */
function Prefilled({ document, onClose }: Omit<Props, "opened">) {
  const [params] = useSearchParams();
  const failedSend = params.get("envoi");
  const form = useEmailForm(document.id);
  if (form.error) return <ErrorAlert error={form.error} onRetry={() => void form.refetch()} />;
  if (!form.data) return <PageLoading />;
  if (failedSend)
    return <AfterFailure id={failedSend} form={form.data} document={document} onClose={onClose} />;
  return (
    <SendForm
      document={document}
      prefilled={valuesOf(form.data)}
      filename={form.data.filename}
      onClose={onClose}
    />
  );
}

function AfterFailure(props: {
  id: string;
  form: EmailForm;
  document: Document;
  onClose: () => void;
}) {
  const { id, form, document, onClose } = props;
  const { data, error } = useSend(id);
  if (!data && !error) return <PageLoading />;
  const prefilled = data ? valuesAfter(data, form) : valuesOf(form);
  return (
    <SendForm
      document={document}
      prefilled={prefilled}
      filename={form.filename}
      onClose={onClose}
    />
  );
}

function valuesOf(form: EmailForm): SendValues {
  const { to, cc, bcc, subject, body } = form;
  return {
    to,
    cc: cc ?? [],
    bcc: bcc ?? [],
    subject,
    body,
    copy_to_sender: false,
    separate: false,
  };
}

/** The same message to those that failed. A campaign's several recipients stay hidden from each other. */
export function valuesAfter(send: Send, form: EmailForm): SendValues {
  const failed = failedOf(send);
  const having = (role: string) =>
    failed.filter((recipient) => recipient.role === role).map(({ address }) => address);
  const [first, ...others] = having("to");
  const blind = having("bcc");
  return {
    to: first ?? blind[0] ?? form.to,
    cc: [...others, ...having("cc")],
    bcc: first === undefined ? blind.slice(1) : blind,
    subject: escapeBraces(send.subject),
    body: escapeBraces(send.body),
    copy_to_sender: send.copy_to_sender,
    separate: send.separate || (first === undefined && blind.length > 1),
  };
}
