import { Button, Stack } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { ApiProblem } from "../api/problem";
import type { Send } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { AddressInput } from "../recipients/AddressInput";
import { BusyButton } from "../ui/BusyButton";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Notice } from "../ui/Notice";
import { toastDone } from "../ui/toast";
import { isOpen } from "./failures";
import { useRetry } from "./queries";
import { failedOf } from "./recipients";

/** «Relancer»: send again to those that failed, with the same PDF, under corrected addresses. */
export function Retry({ send }: { send: Send }) {
  const { t } = useLanguage();
  const [opened, setOpened] = useState(false);
  // First: a refetch may say that it was retried before the form's own request is answered.
  if (opened) return <RetryForm send={send} onCancel={() => setOpened(false)} />;
  if (send.retried_by.length > 0 || !isOpen(send) || failedOf(send).length === 0) return null;
  return (
    <Button onClick={() => setOpened(true)} leftSection={<IconRefresh size={18} aria-hidden />}>
      {t.detail.retry}
    </Button>
  );
}

function RetryForm({ send, onCancel }: { send: Send; onCancel: () => void }) {
  const { t } = useLanguage();
  const format = useFormat();
  const [, navigate] = useLocation();
  const search = useSearch();
  const retry = useRetry(send.id);
  const failed = failedOf(send);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const date = send.documents[0]?.date;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (retry.isPending) return;
    const corrections = Object.fromEntries(
      Object.entries(typed).filter(([old, value]) => value.trim() && value.trim() !== old),
    );
    retry.mutate(corrections, {
      onSuccess: (created) => {
        toastDone(t.detail.retried, t);
        navigate(`/historique/${created.id}${search && `?${search}`}`);
      },
    });
  };
  return (
    <form
      noValidate
      onSubmit={submit}
      className="card"
      style={{ width: "100%", padding: "1rem" }}
      aria-label={t.detail.retryTitle}
    >
      <Stack gap="sm">
        <p style={{ margin: 0 }}>
          {t.detail.retryIntro(failed.length)} {date && t.detail.retryDate(format.date(date))}
        </p>
        {failed.some(({ outcome }) => outcome === "unconfirmed") && (
          <Notice tone="amber" title={t.detail.retryUnconfirmed} />
        )}
        {failed.map(({ address }, index) => (
          <AddressInput
            key={address}
            label={t.detail.retryAddress(address)}
            data-autofocus={index === 0}
            autoFocus={index === 0}
            value={typed[address] ?? address}
            error={problemOf(retry.error, address)}
            onChange={(text) => setTyped({ ...typed, [address]: text })}
          />
        ))}
        {retry.error && (
          <ErrorAlert
            error={retry.error}
            shownFields={(field) => field.startsWith("corrections")}
          />
        )}
        <div style={{ display: "flex", gap: "0.5rem" }}>
          <BusyButton
            type="submit"
            busy={retry.isPending}
            leftSection={<IconRefresh size={18} aria-hidden />}
          >
            {t.detail.retryConfirm}
          </BusyButton>
          <Button variant="default" onClick={onCancel}>
            {t.common.cancel}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function problemOf(error: unknown, address: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  return error.fields.find(({ field }) => field === `corrections.${address}`)?.message;
}
