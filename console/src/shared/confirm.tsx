import { modals } from "@mantine/modals";
import type { ReactNode } from "react";

/** Ask before something that cannot be taken back. */
export function confirm(options: {
  title: string;
  text: ReactNode;
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
}): void {
  modals.openConfirmModal({
    title: options.title,
    children: options.text,
    labels: { confirm: options.confirm, cancel: undefined },
    confirmProps: options.danger ? { color: "red" } : {},
    onConfirm: options.onConfirm,
  });
}
