import { Button } from "@mantine/core";
import { IconCheck, IconRotateClockwise } from "@tabler/icons-react";
import type { Send } from "../api/types";
import { useLanguage } from "../i18n/language";
import { toastDone, toastError } from "../ui/toast";
import { useResolve } from "./queries";

/**
 * «Marquer comme traité», and back: one button for both, so that it keeps the focus. It is not
 * disabled while it waits, because a disabled button loses it.
 */
export function ResolveButton({ send }: { send: Send }) {
  const { t } = useLanguage();
  const resolve = useResolve(send.id);
  if (send.resolution !== "open" && send.resolution !== "resolved") return null;
  const open = send.resolution === "open";
  const run = () => {
    if (resolve.isPending) return;
    resolve.mutate(open ? "resolve" : "reopen", {
      onSuccess: () => toastDone(open ? t.detail.resolved : t.detail.reopened, t),
      onError: (error) => toastError(error, t),
    });
  };
  return (
    <Button
      variant="default"
      aria-busy={resolve.isPending}
      onClick={run}
      leftSection={
        open ? <IconCheck size={18} aria-hidden /> : <IconRotateClockwise size={18} aria-hidden />
      }
    >
      {open ? t.detail.resolve : t.detail.reopen}
    </Button>
  );
}
