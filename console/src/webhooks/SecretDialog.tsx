import { Button, Modal, Stack } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconAlertTriangle, IconCheck, IconCopy } from "@tabler/icons-react";
import { useLanguage } from "../i18n/language";
import { Notice } from "../ui/Notice";
import classes from "./webhooks.module.css";

/** The secret of a webhook, which is shown this once. */
export function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const { t } = useLanguage();
  const { copy, copied } = useClipboard({ timeout: 4_000 });
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title={t.webhooks.secretTitle}
      size="34rem"
      closeOnClickOutside={false}
    >
      <Stack gap="md">
        <Notice
          tone="amber"
          icon={<IconAlertTriangle aria-hidden />}
          title={t.webhooks.secretOnce}
        />
        <pre className={classes.secret}>{secret}</pre>
        <div className={classes.buttons}>
          <Button
            data-autofocus
            onClick={() => copy(secret)}
            leftSection={
              copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />
            }
          >
            {copied ? t.webhooks.secretCopied : t.webhooks.secretCopy}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t.common.close}
          </Button>
        </div>
      </Stack>
    </Modal>
  );
}
