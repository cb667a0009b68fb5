import { Button, Checkbox, Stack, Tabs } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPaperclip, IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import type { Document } from "../api/types";
import { isHeldBack } from "../documents/registry";
import { DraftNote } from "../forms/DraftNote";
import { hasDraft, placeOf } from "../forms/drafts";
import { Form } from "../forms/Form";
import { FormProblems } from "../forms/FormProblems";
import { useNewForm } from "../forms/useNewForm";
import { useLanguage } from "../i18n/language";
import { AddressesInput } from "../recipients/AddressesInput";
import { AddressInput } from "../recipients/AddressInput";
import { isPlausible } from "../recipients/addresses";
import { useSession } from "../session/session";
import { BusyButton } from "../ui/BusyButton";
import { Notice } from "../ui/Notice";
import { toastDone } from "../ui/toast";
import { VariableField } from "../ui/VariableField";
import { useCreateSend } from "./queries";
import { SendPreview } from "./SendPreview";
import { SignaturePreview } from "./SignaturePreview";
import classes from "./send.module.css";
import { useAskFirst } from "./useAskFirst";
import type { SendValues } from "./values";

interface Props {
  document: Document;
  prefilled: SendValues;
  filename: string;
  /** The failed send that this one makes up for. */
  after?: string;
  onClose: () => void;
}

/** Recipients, message and options of an immediate send. */
export function SendForm({ document, prefilled, filename, after, onClose }: Props) {
  const { t } = useLanguage();
  const create = useCreateSend();
  const [tab, setTab] = useState<string | null>("write");
  const bodyOf = (values: SendValues) => ({ document_ids: [document.id], ...values });
  const editing = useNewForm({
    key: ["send", document.id, after].filter(Boolean).join("."),
    initial: prefilled,
    make: (values: SendValues, keyOf) => create(bodyOf(values), keyOf(bodyOf(values))),
    onMade: ({ id }) =>
      toastDone(<Link href={`/historique/${id}`}>{t.sendForm.seeHistory}</Link>, t, {
        title: t.sendForm.sent,
        ms: 12_000,
      }),
    onProblem: () => setTab("write"),
  });
  const { form, error, submit } = editing;
  const { ask, asking } = useAskFirst();
  const saving = editing.saving || asking;
  const send = () => {
    const body = bodyOf(form.getValues());
    const go = () => submit(onClose);
    // Asked about once: trying the same again sends it once.
    if (editing.isRepeated(body)) go();
    else ask({ body, go });
  };
  const owner = useSession().identity?.email ?? "";
  const unsaved = hasDraft(placeOf(owner, `document.${document.id}`));
  const giveUp = () => {
    editing.discard();
    onClose();
  };
  const heldBack = isHeldBack(document);
  return (
    <Form
      onSubmit={() => heldBack || send()}
      saving={saving}
      foot={
        <>
          <Stack gap="sm" mt="md">
            {unsaved && <Notice tone="amber" title={t.sendForm.unsavedDocument} />}
            {heldBack && <Notice tone="amber" title={t.sendForm.draftList} />}
            <FormProblems form={form} error={error} />
          </Stack>
          <div className={classes.foot}>
            <DraftNote editing={editing} unsaved={t.sendForm.unsent} />
            <span className={`${classes.minor} ${classes.shortcut}`}>{t.sendForm.shortcut}</span>
            <Button variant="default" onClick={giveUp}>
              {t.common.cancel}
            </Button>
            <BusyButton
              type="submit"
              disabled={heldBack}
              busy={saving}
              leftSection={<IconSend size={18} aria-hidden />}
            >
              {t.sendForm.send}
            </BusyButton>
          </div>
        </>
      }
    >
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="write">{t.sendForm.write}</Tabs.Tab>
          <Tabs.Tab value="preview">{t.sendForm.preview}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="write">
          <Fields form={form} filename={filename} />
        </Tabs.Panel>
        <Tabs.Panel value="preview">
          {tab === "preview" && <SendPreview body={bodyOf(form.values)} />}
        </Tabs.Panel>
      </Tabs>
    </Form>
  );
}

function Fields({ form, filename }: { form: UseFormReturnType<SendValues>; filename: string }) {
  const { t } = useLanguage();
  const { to } = form.values;
  const wrongTo = to !== "" && !isPlausible(to.trim()) && form.isTouched("to");
  return (
    <Stack gap="md">
      <AddressInput
        label={t.sendForm.to}
        required
        autoFocus
        {...form.getInputProps("to")}
        error={form.errors.to ?? (wrongTo && t.sendForm.badAddress(to))}
      />
      <AddressesInput label={t.sendForm.cc} {...form.getInputProps("cc")} />
      <AddressesInput
        label={t.sendForm.bcc}
        description={t.sendForm.addressesHint}
        groups={form.getInputProps("groups")}
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
