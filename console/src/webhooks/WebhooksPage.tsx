import { Button } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import type { Webhook } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useMe } from "../session/me";
import { PageLoading } from "../shell/PageLoading";
import { EmptyState } from "../ui/EmptyState";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Notice } from "../ui/Notice";
import { PageHeader } from "../ui/PageHeader";
import { useWebhooks } from "./queries";
import { SecretDialog } from "./SecretDialog";
import { WebhookCard } from "./WebhookCard";
import { WebhookDialog } from "./WebhookDialog";
import classes from "./webhooks.module.css";

/** The addresses of host applications that are told of events; for administrators. */
export function WebhooksPage() {
  const me = useMe();
  if (!me.data) return me.error ? <ErrorAlert error={me.error} /> : <PageLoading />;
  return me.data.role === "admin" ? <Webhooks /> : <Members />;
}

function Members() {
  const { t } = useLanguage();
  return (
    <>
      <PageHeader title={t.webhooks.title} intro={t.webhooks.intro} />
      <Notice tone="gray" title={t.webhooks.adminOnly} />
    </>
  );
}

function Webhooks() {
  const { t } = useLanguage();
  const { data, error, refetch } = useWebhooks();
  const [edited, setEdited] = useState<Webhook | "new" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const add = (
    <Button
      data-new
      onClick={() => setEdited("new")}
      leftSection={<IconPlus size={18} aria-hidden />}
    >
      {t.webhooks.add}
    </Button>
  );
  const empty = data?.items.length === 0;
  return (
    <>
      <PageHeader title={t.webhooks.title} intro={t.webhooks.intro} actions={!empty && add} />
      {error && <ErrorAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {empty && (
        <EmptyState
          icon={<IconWebhook />}
          title={t.webhooks.emptyTitle}
          hint={t.webhooks.emptyHint}
        >
          {add}
        </EmptyState>
      )}
      <div className={classes.list}>
        {data?.items.map((webhook) => (
          <WebhookCard
            key={webhook.id}
            webhook={webhook}
            onEdit={() => setEdited(webhook)}
            onSecret={setSecret}
          />
        ))}
      </div>
      <WebhookDialog
        key={edited === "new" ? "new" : edited?.id}
        webhook={edited === "new" ? null : edited}
        opened={edited !== null}
        onClose={() => setEdited(null)}
        onSecret={setSecret}
      />
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}
