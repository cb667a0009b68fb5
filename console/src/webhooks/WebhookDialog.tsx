import { Checkbox, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Webhook, WebhookEvent } from "../api/types";
import { Form } from "../forms/Form";
import { FormFoot } from "../forms/FormFoot";
import { useProblems } from "../forms/useProblems";
import { useSubmission } from "../forms/useSubmission";
import { useLanguage } from "../i18n/language";
import { toastDone } from "../ui/toast";
import { useSaveWebhook } from "./queries";
import classes from "./webhooks.module.css";

interface Props {
  /** The one that is edited; null for a new one. */
  webhook: Webhook | null;
  opened: boolean;
  onClose: () => void;
  onSecret: (secret: string) => void;
}

/** Where a webhook leads, and what it is told. */
export function WebhookDialog({ opened, onClose, ...props }: Props) {
  const { t } = useLanguage();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={props.webhook ? t.webhooks.edit : t.webhooks.add}
      size="38rem"
      closeOnClickOutside={false}
    >
      {opened && <WebhookForm {...props} onClose={onClose} />}
    </Modal>
  );
}

function WebhookForm({ webhook, onClose, onSecret }: Omit<Props, "opened">) {
  const { t } = useLanguage();
  const events = Object.keys(t.webhooks.events) as WebhookEvent[];
  const form = useForm({
    initialValues: {
      url: webhook?.url ?? "",
      events: webhook?.events ?? events,
      enabled: webhook?.enabled ?? true,
    },
  });
  const save = useSaveWebhook(webhook);
  const { submit, saving, error } = useSubmission({
    request: () => save(form.getValues()),
    onSuccess: ({ secret }) => {
      onClose();
      if (secret) onSecret(secret);
      else toastDone(t.common.saved, t);
    },
  });
  useProblems(form, error);
  return (
    <Form
      onSubmit={() => submit()}
      saving={saving}
      foot={
        <FormFoot
          label={webhook ? undefined : t.webhooks.add}
          editing={{ form, error, saving, dirty: false, restored: false, discard: onClose }}
        />
      }
    >
      <Stack gap="md">
        <TextInput
          label={t.webhooks.url}
          description={t.webhooks.urlHint}
          type="url"
          required
          data-autofocus
          placeholder="https://erp.example.com/facteur"
          {...form.getInputProps("url")}
        />
        <Checkbox.Group label={t.webhooks.eventsLabel} {...form.getInputProps("events")}>
          <div className={classes.events}>
            {events.map((event) => (
              <Checkbox key={event} value={event} label={t.webhooks.events[event]} />
            ))}
          </div>
        </Checkbox.Group>
        {webhook && (
          <Checkbox
            label={t.webhooks.enabled}
            {...form.getInputProps("enabled", { type: "checkbox" })}
          />
        )}
      </Stack>
    </Form>
  );
}
