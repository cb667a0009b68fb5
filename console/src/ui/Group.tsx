import type { ReactNode } from "react";
import classes from "./group.module.css";

/** A group of fields under a title. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={`card ${classes.group}`}>
      <legend>{title}</legend>
      <div className={classes.stack}>{children}</div>
    </fieldset>
  );
}
