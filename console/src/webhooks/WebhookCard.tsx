import { ActionIcon, Button, Title } from "@mantine/core";
import {
  IconAlertTriangle,
  IconDots,
  IconFlask,
  IconKey,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import type { Webhook } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { ActionMenu } from "../ui/ActionMenu";
import { Notice } from "../ui/Notice";
import { WebhookBadge } from "../ui/StatusBadge";
import { toastDone, toastError } from "../ui/toast";
import { useConfirm } from "../ui/useConfirm";
import { Deliveries } from "./Deliveries";
import { useDeleteWebhook, useRotate, useTestWebhook } from "./queries";
import classes from "./webhooks.module.css";

interface Props {
  webhook: Webhook;
  onEdit: () => void;
  onSecret: (secret: string) => void;
}

/** One webhook: its address, its state, and what it was told. */
export function WebhookCard({ webhook, onEdit, onSecret }: Props) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(false);
  const test = useTestWebhook(webhook.id);
  const runTest = () => {
    if (test.isPending) return;
    test.mutate(undefined, {
      onSuccess: () => {
        setShown(true);
        toastDone(t.webhooks.tested, t);
      },
      onError: (error) => toastError(error, t),
    });
  };
  const heading = `webhook-${webhook.id}`;
  return (
    <section className={`card ${classes.card}`} aria-labelledby={heading}>
      <div className={classes.top}>
        <div className={classes.facts}>
          <Title order={2} id={heading} className={classes.url}>
            {webhook.url}
          </Title>
          <WebhookBadge enabled={webhook.enabled} />
        </div>
        <Menu {...{ webhook, onEdit, onSecret }} />
      </div>
      <p className={classes.hint}>
        {webhook.events.map((event) => t.webhooks.events[event]).join(" · ")}
      </p>
      <State webhook={webhook} />
      <div className={classes.buttons}>
        <Button
          variant="default"
          aria-busy={test.isPending}
          onClick={runTest}
          leftSection={<IconFlask size={18} aria-hidden />}
        >
          {t.webhooks.test}
        </Button>
        <Button variant="subtle" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? t.webhooks.hideDeliveries : t.webhooks.showDeliveries}
        </Button>
      </div>
      {shown && <Deliveries webhook={webhook} />}
    </section>
  );
}

/** What is wrong with it, and how long the secret before still counts. */
function State({ webhook }: { webhook: Webhook }) {
  const { t } = useLanguage();
  const { instant } = useFormat();
  const zone = useZone();
  const { disabled_reason: reason, failing_since: failing, previous_secret_until: until } = webhook;
  const icon = <IconAlertTriangle aria-hidden />;
  return (
    <>
      {reason && <Notice tone="red" icon={icon} title={t.webhooks.disabledReasons[reason]} />}
      {!reason && failing && (
        <Notice tone="amber" icon={icon} title={t.webhooks.failingSince(instant(failing, zone))} />
      )}
      {until && <p className={classes.hint}>{t.webhooks.previousUntil(instant(until, zone))}</p>}
    </>
  );
}

function Menu({ webhook, onEdit, onSecret }: Props) {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const rotate = useRotate(webhook.id);
  const remove = useDeleteWebhook(webhook.id);
  const onError = (error: Error) => toastError(error, t);
  const name = t.common.moreActions(webhook.url);
  const askRotate = () =>
    confirm({
      title: t.webhooks.rotateTitle,
      text: t.webhooks.rotateText,
      confirm: t.webhooks.rotate,
      onConfirm: () =>
        rotate.mutate(undefined, {
          onSuccess: ({ secret }) => secret && onSecret(secret),
          onError,
        }),
    });
  const askRemove = () =>
    confirm({
      title: t.webhooks.deleteTitle,
      text: t.webhooks.deleteText(webhook.url),
      confirm: t.common.delete,
      danger: true,
      onConfirm: () =>
        remove.mutate(undefined, { onSuccess: () => toastDone(t.webhooks.deleted, t), onError }),
    });
  const size = 18;
  return (
    <ActionMenu
      label={name}
      entries={[
        { label: t.webhooks.edit, icon: <IconPencil size={size} aria-hidden />, onSelect: onEdit },
        {
          label: t.webhooks.rotate,
          icon: <IconKey size={size} aria-hidden />,
          onSelect: askRotate,
        },
        "divider",
        {
          label: t.common.delete,
          icon: <IconTrash size={size} aria-hidden />,
          onSelect: askRemove,
        },
      ]}
      trigger={(props) => (
        <ActionIcon {...props} variant="subtle" color="gray" size="lg" aria-label={name}>
          <IconDots size={size} aria-hidden />
        </ActionIcon>
      )}
    />
  );
}
