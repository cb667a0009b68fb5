import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fetchRaw } from "../api/client";
import type { Send } from "../api/types";
import { useLanguage } from "../i18n/language";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { MailView } from "../ui/MailView";
import { parseMail } from "../ui/mail";

const ENVELOPE = 50;

/** The email exactly as it was sent, fetched on demand. */
export function MailAsSent({ send }: { send: Send }) {
  const { t } = useLanguage();
  const [n, setN] = useState<number>();
  const total = send.separate
    ? send.recipients.length
    : Math.ceil(send.recipients.length / ENVELOPE);
  if (n === undefined) {
    return (
      <Button variant="default" size="compact-sm" onClick={() => setN(0)}>
        {t.detail.html}
      </Button>
    );
  }
  return (
    <>
      {total > 1 && (
        <Group gap="xs" mb="xs">
          <Button
            variant="default"
            size="compact-sm"
            disabled={n === 0}
            onClick={() => setN(n - 1)}
          >
            {t.common.previous}
          </Button>
          <span>{t.detail.message(n + 1, total)}</span>
          <Button
            variant="default"
            size="compact-sm"
            disabled={n + 1 >= total}
            onClick={() => setN(n + 1)}
          >
            {t.common.next}
          </Button>
        </Group>
      )}
      <Message id={send.id} n={n} />
    </>
  );
}

function Message({ id, n }: { id: string; n: number }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ["sends", "message", id, n],
    queryFn: async () => {
      const answered = await fetchRaw(`/v1/sends/${id}/messages/${n}`, "message/rfc822");
      return parseMail(await answered.arrayBuffer());
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <ErrorAlert error={error} onRetry={() => void refetch()} />;
  return data ? <MailView {...data} title={t.detail.mail} /> : <PageLoading />;
}
