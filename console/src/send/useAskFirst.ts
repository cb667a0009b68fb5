import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { PreviewBody } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useConfirm } from "../ui/useConfirm";

const AGAIN = "already_sent";

interface Asked {
  /** What is about to be sent; null asks nothing about it. */
  body: PreviewBody | null;
  /** What else there is to ask: one question has it all. */
  question?: { title: string; text: string; confirm: string };
  go: () => void;
}

/** Asks before somebody is sent a document again that they have had, as the preview tells. */
export function useAskFirst() {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const { mutate, isPending } = useMutation({
    mutationFn: (body: PreviewBody) => answer(api.POST("/v1/preview", { body })),
  });
  const ask = ({ body, question, go }: Asked) => {
    const decide = (had: string[]) => {
      const again = {
        title: t.sendForm.againTitle,
        text: had.join(" "),
        confirm: t.sendForm.sendAgain,
      };
      if (question) {
        const text = [question.text, ...had].join(" ");
        confirm({ ...question, text, onConfirm: go });
      } else if (had.length > 0) confirm({ ...again, onConfirm: go });
      else go();
    };
    if (body === null) return decide([]);
    mutate(body, {
      onSuccess: ({ warnings }) =>
        decide(warnings.filter(({ code }) => code.startsWith(AGAIN)).map(({ message }) => message)),
      // What is wrong with it is said of the request itself.
      onError: () => decide([]),
    });
  };
  return { ask, asking: isPending };
}
