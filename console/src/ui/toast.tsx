import { type NotificationData, notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import type { Dictionary } from "../i18n/dictionary";
import { messageOf } from "./ErrorAlert";

/** Say that something went well. */
export function toastDone(
  message: ReactNode,
  t: Dictionary,
  more: Pick<NotificationData, "title" | "autoClose"> = {},
): void {
  notifications.show({
    ...more,
    message,
    color: "green",
    closeButtonProps: { "aria-label": t.common.close },
  });
}

/** Say that something went wrong where no form can. */
export function toastError(error: unknown, t: Dictionary): void {
  notifications.show({
    title: t.errors.title,
    message: messageOf(error, t),
    color: "red",
    autoClose: 10_000,
    closeButtonProps: { "aria-label": t.common.close },
  });
}
