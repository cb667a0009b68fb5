import { CloseButton } from "@mantine/core";
import { useEffect, useState, useSyncExternalStore } from "react";
import { closeToast, onToasts, shownToasts, type Toast } from "./toast";
import classes from "./toast.module.css";

/** What has just gone well or wrong, in a corner, read out and gone by itself. */
export function Toasts() {
  const toasts = useSyncExternalStore(onToasts, shownToasts);
  // It is there before what it says, or no screen reader says it; of several, only the new one.
  return (
    <div className={classes.corner} role="status" aria-atomic={false}>
      {toasts.map((toast) => (
        <Shown key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Shown({ toast }: { toast: Toast }) {
  const { id, ms, closeLabel, title, message, isError } = toast;
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = window.setTimeout(closeToast, ms, id);
    return () => window.clearTimeout(timer);
  }, [held, id, ms]);
  const hold = () => setHeld(true);
  const release = () => setHeld(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only stays while somebody is on it
    <div
      className={`${classes.toast} ${isError ? classes.red : ""}`}
      role={isError ? "alert" : undefined}
      onMouseEnter={hold}
      onMouseLeave={release}
      onFocus={hold}
      onBlur={release}
    >
      <div className={classes.text}>
        {title && <strong>{title}</strong>}
        <div>{message}</div>
      </div>
      <CloseButton aria-label={closeLabel} onClick={() => closeToast(id)} />
    </div>
  );
}
