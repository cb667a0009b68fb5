import type { ReactNode } from "react";
import classes from "./editor.module.css";

/** One of the editor's groups. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={`card ${classes.group}`}>
      <legend>{title}</legend>
      <div className={classes.stack}>{children}</div>
    </fieldset>
  );
}
