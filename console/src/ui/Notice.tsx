import type { ReactNode } from "react";
import classes from "./notice.module.css";

interface Props {
  tone: "red" | "amber" | "gray";
  title?: string;
  icon?: ReactNode;
  /** `alert` interrupts a screen reader: for what has just gone wrong. */
  role?: "alert" | "note";
  children?: ReactNode;
}

/** Something to know before going on. */
export function Notice({ tone, title, icon, role = "note", children }: Props) {
  return (
    <div className={`${classes.notice} ${classes[tone]}`} role={role}>
      {icon}
      <div className={classes.content}>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
