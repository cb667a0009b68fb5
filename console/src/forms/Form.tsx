import { type ComponentProps, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

interface Props extends Omit<ComponentProps<"form">, "onSubmit"> {
  onSubmit: () => void;
  saving: boolean;
  /** Problems and buttons, beneath the fields unless they stand elsewhere. */
  foot?: ReactNode;
}

/**
 * A form that Ctrl+Enter submits from any field. Nothing in it can change while it is being saved:
 * what is typed then would be neither in the request nor in its answer.
 */
export function Form({ onSubmit, saving, foot, children, ...props }: Props) {
  const left = useRef<Element | null>(null);
  const goBack = () => {
    const lost = document.activeElement === document.body;
    if (lost && left.current instanceof HTMLElement) left.current.focus({ preventScroll: true });
  };
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    if (saving) return;
    left.current = document.activeElement;
    // Addresses, hours and dates are taken in when their field is left.
    if (left.current instanceof HTMLElement) left.current.blur();
    onSubmit();
    goBack();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isSubmit = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat;
    if (isSubmit) submit(event);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus is lost by saving alone
  useEffect(() => {
    if (!saving) goBack();
  }, [saving]);
  return (
    <form noValidate {...props} onSubmit={submit} onKeyDown={onKeyDown}>
      <div inert={saving}>{children}</div>
      {foot}
    </form>
  );
}
