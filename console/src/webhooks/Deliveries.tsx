import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import type { HookAttempt, HookDelivery, Webhook } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Pager } from "../ui/Pager";
import { HookBadge } from "../ui/StatusBadge";
import { toastDone, toastError } from "../ui/toast";
import { useDeliveries, useReplay } from "./queries";
import classes from "./webhooks.module.css";

/** What a webhook was told in the last 30 days, newest first. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const { t } = useLanguage();
  const [cursor, setCursor] = useState("");
  const { data, error, isPlaceholderData, refetch } = useDeliveries(webhook.id, cursor);
  if (!data)
    return error ? <ErrorAlert error={error} onRetry={() => void refetch()} /> : <PageLoading />;
  if (data.items.length === 0) return <p className={classes.hint}>{t.webhooks.noDeliveries}</p>;
  return (
    <>
      <ul className={classes.deliveries} aria-label={t.webhooks.deliveries}>
        {data.items.map((delivery) => (
          <Delivery key={delivery.id} webhook={webhook} delivery={delivery} />
        ))}
      </ul>
      <Pager page={data} stale={isPlaceholderData} onTurn={setCursor} />
    </>
  );
}

function Delivery({ webhook, delivery }: { webhook: Webhook; delivery: HookDelivery }) {
  const { t } = useLanguage();
  const { instant } = useFormat();
  const zone = useZone();
  const replay = useReplay(webhook.id);
  const words: Record<string, string> = {
    ...t.webhooks.events,
    "webhook.test": t.webhooks.testEvent,
  };
  const again = () => {
    if (replay.isPending) return;
    replay.mutate(delivery.id, {
      onSuccess: () => toastDone(t.webhooks.replayed, t),
      onError: (error) => toastError(error, t),
    });
  };
  return (
    <li>
      <details>
        <summary className={classes.summary}>
          <span className={classes.event}>{words[delivery.event] ?? delivery.event}</span>
          <HookBadge state={delivery.state} />
          <span className={classes.minor}>{instant(delivery.created_at, zone)}</span>
        </summary>
        <ol className={classes.attempts}>
          {delivery.attempts.map((attempt) => (
            <Attempt key={attempt.at} attempt={attempt} />
          ))}
        </ol>
        {delivery.next_attempt_at && (
          <p className={classes.minor}>
            {t.webhooks.nextAttempt(instant(delivery.next_attempt_at, zone))}
          </p>
        )}
        <p className={classes.minor}>{t.webhooks.sentBody(delivery.id)}</p>
        <pre className={classes.text}>{delivery.body}</pre>
        <Button
          size="xs"
          variant="default"
          aria-busy={replay.isPending}
          onClick={again}
          leftSection={<IconRefresh size={16} aria-hidden />}
        >
          {t.webhooks.replay}
        </Button>
      </details>
    </li>
  );
}

function Attempt({ attempt }: { attempt: HookAttempt }) {
  const { t } = useLanguage();
  const { instant, number } = useFormat();
  const zone = useZone();
  const outcome = attempt.error
    ? t.webhooks.attemptErrors[attempt.error]
    : t.webhooks.answered(attempt.status ?? 0);
  return (
    <li>
      {outcome}
      <span className={classes.minor}>
        {" "}
        {instant(attempt.at, zone)} · {number(attempt.duration_ms)} ms
      </span>
      {attempt.answer && <pre className={classes.text}>{attempt.answer}</pre>}
    </li>
  );
}
