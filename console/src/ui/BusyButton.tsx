import { Button, type ButtonProps } from "@mantine/core";
import type { ComponentPropsWithoutRef } from "react";

type Props = Omit<ButtonProps, "loading"> &
  Omit<ComponentPropsWithoutRef<"button">, keyof ButtonProps> & {
    /** Is what it started under way? */
    busy: boolean;
  };

/** A button that keeps the focus while what it started is under way: disabled, it would lose it. */
export function BusyButton({ busy, disabled = false, onClick, ...props }: Props) {
  return (
    <Button
      {...props}
      loading={busy}
      aria-busy={busy}
      disabled={disabled}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      renderRoot={(root) => <button {...root} disabled={disabled} />}
    />
  );
}
