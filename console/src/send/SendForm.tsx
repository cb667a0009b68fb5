import { Button, Checkbox, Stack, Tabs, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPaperclip, IconSend } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import { newRequestKey } from "../api/client";
import type { Document } from "../api/types";
import { useLanguage } from "../i18n/language";
import { AddressesInput, isPlausible } from "../ui/AddressesInput";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Notice } from "../ui/Notice";
import { showProblems, useDraftForm } from "../ui/useDraftForm";
import { useRequestKey } from "../ui/useRequestKey";
import { VariableField } from "../ui/VariableField";
import { useCreateSend } from "./queries";
import { SendPreview } from "./SendPreview";
import { SignaturePreview } from "./SignaturePreview";
import classes from "./send.module.css";

export type SendValues = {
  to: string;
  cc: string[];
  bcc: string[];
  subject: string;
  body: string;
  copy_to_sender: boolean;
  separate: boolean;
};

interface Props {
  document: Document;
  prefilled: SendValues;
  filename: string;
  onClose: () => void;
}

/** Recipients, message and options of an immediate send. Ctrl+Enter sends. */
export function SendForm({ document, prefilled, filename, onClose }: Props) {
  const { t } = useLanguage();
  const { form, forget } = useDraftForm<SendValues>({
    key: `send.${document.id}`,
    initial: prefilled,
  });
  const send = useCreateSend();
  const keyOf = useRequestKey(newRequestKey);
  const [tab, setTab] = useState<string | null>("write");
  const draftList = document.type === "staff_list" && document.status === "draft";
  const body = { document_ids: [document.id], ...form.values };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draftList || send.isPending) return;
    send.mutate(
      { body, key: keyOf(body) },
      {
        onError: (error) => {
          setTab("write");
          showProblems(form, error);
        },
        onSuccess: ({ id }) => {
          forget();
          toastSent(id, t.sendForm.sent, t.sendForm.seeHistory, t.common.close);
          onClose();
        },
      },
    );
  };
  return (
    <form
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
      }}
    >
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="write">{t.sendForm.write}</Tabs.Tab>
          <Tabs.Tab value="preview">{t.sendForm.preview}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="write">
          <Fields form={form} filename={filename} />
        </Tabs.Panel>
        <Tabs.Panel value="preview">{tab === "preview" && <SendPreview body={body} />}</Tabs.Panel>
      </Tabs>
      <Stack gap="sm" mt="md">
        {draftList && <Notice tone="amber" title={t.sendForm.draftList} />}
        <ErrorAlert error={send.error} shownFields={(field) => form.getInputNode(field) !== null} />
      </Stack>
      <div className={classes.foot}>
        <span className={`${classes.minor} ${classes.shortcut}`}>{t.sendForm.shortcut}</span>
        <Button variant="default" onClick={onClose}>
          {t.common.cancel}
        </Button>
        <Button
          type="submit"
          disabled={draftList}
          loading={send.isPending}
          leftSection={<IconSend size={18} aria-hidden />}
        >
          {t.sendForm.send}
        </Button>
      </div>
    </form>
  );
}

type Form = ReturnType<typeof useDraftForm<SendValues>>["form"];

function Fields({ form, filename }: { form: Form; filename: string }) {
  const { t } = useLanguage();
  const { to } = form.values;
  const wrongTo = to !== "" && !isPlausible(to.trim()) && form.isTouched("to");
  return (
    <Stack gap="md">
      <TextInput
        label={t.sendForm.to}
        type="email"
        required
        autoFocus
        {...form.getInputProps("to")}
        error={form.errors.to ?? (wrongTo && t.sendForm.badAddress(to))}
      />
      <AddressesInput label={t.sendForm.cc} {...form.getInputProps("cc")} />
      <AddressesInput
        label={t.sendForm.bcc}
        description={t.sendForm.addressesHint}
        {...form.getInputProps("bcc")}
      />
      <VariableField label={t.sendForm.subject} required {...form.getInputProps("subject")} />
      <VariableField label={t.sendForm.body} multiline {...form.getInputProps("body")} />
      <Checkbox
        label={t.sendForm.copyToSender}
        description={t.sendForm.copyToSenderHint}
        {...form.getInputProps("copy_to_sender", { type: "checkbox" })}
      />
      <Checkbox
        label={t.sendForm.separate}
        description={t.sendForm.separateHint}
        {...form.getInputProps("separate", { type: "checkbox" })}
      />
      <div className={classes.attachment}>
        <IconPaperclip size={18} aria-hidden />
        <span>
          {t.sendForm.attachment} · <strong>{filename}</strong>
        </span>
      </div>
      <SignaturePreview />
    </Stack>
  );
}

/** Say it is on its way, with a link to follow it. */
function toastSent(id: string, message: string, follow: string, close: string): void {
  notifications.show({
    title: message,
    message: <Link href={`/historique/${id}`}>{follow}</Link>,
    color: "green",
    autoClose: 12_000,
    closeButtonProps: { "aria-label": close },
  });
}
