import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";

interface Options<Output> {
  request: () => Promise<Output>;
  /** Done whether or not the form is still there. */
  onSuccess: (output: Output) => void;
}

/** A form's request: one at a time, however often it is asked for. */
export function useSubmission<Output>({ request, onSuccess }: Options<Output>) {
  const busy = useRef(false);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: request,
    onSuccess,
    onSettled: () => {
      busy.current = false;
    },
  });
  /** `then` is done only where the form is still on the page. */
  const submit = (then?: (output: Output) => void) => {
    if (busy.current) return;
    busy.current = true;
    mutate(undefined, { onSuccess: then });
  };
  return { submit, saving: isPending, error, reset };
}
