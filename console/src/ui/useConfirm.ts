import { modals } from "@mantine/modals";
import { useLanguage } from "../i18n/language";

interface Question {
  title: string;
  text: string;
  confirm: string;
  /** What is done cannot be taken back. */
  danger?: boolean;
  onConfirm: () => void;
}

/** Asks before something is done. */
export function useConfirm(): (question: Question) => void {
  const { t } = useLanguage();
  return ({ title, text, confirm, danger = false, onConfirm }) => {
    modals.openConfirmModal({
      title,
      children: text,
      labels: { confirm, cancel: t.common.cancel },
      confirmProps: danger ? { color: "red.9" } : {},
      onConfirm,
    });
  };
}
