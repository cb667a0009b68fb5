import type { ReactNode } from "react";
import classes from "./group.module.css";

/** A group of fields under a title. */
export function Group(props: { title: string; disabled?: boolean; children: ReactNode }) {
  const { title, disabled, children } = props;
  return (
    <fieldset className={`card ${classes.group}`} disabled={disabled}>
      <legend>{title}</legend>
      <div className={classes.stack}>{children}</div>
    </fieldset>
  );
}
