import type { ReactNode } from "react";
import type { Dictionary } from "../i18n/dictionary";
import { messageOf } from "./ErrorAlert";

export interface Toast {
  id: number;
  title?: string;
  message: ReactNode;
  isError: boolean;
  /** How long it stays. */
  ms: number;
  closeLabel: string;
}

const MOST = 5;
let toasts: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function show(toast: Omit<Toast, "id">): void {
  change([...toasts, { ...toast, id: ++count }].slice(-MOST));
}

export function closeToast(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

export const shownToasts = (): readonly Toast[] => toasts;

export function onToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Say that something went well. */
export function toastDone(
  message: ReactNode,
  t: Dictionary,
  more: { title?: string; ms?: number } = {},
): void {
  show({ message, isError: false, ms: 4_000, closeLabel: t.common.close, ...more });
}

/** Say that something went wrong where no form can. */
export function toastError(error: unknown, t: Dictionary): void {
  show({
    title: t.errors.title,
    message: messageOf(error, t),
    isError: true,
    ms: 10_000,
    closeLabel: t.common.close,
  });
}
