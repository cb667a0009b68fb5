import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./page.module.css";

/** What to do when there is nothing to show. */
export function EmptyState(props: {
  icon: ReactNode;
  title: string;
  hint?: string;
  children?: ReactNode;
}) {
  return (
    <div className={`card ${classes.empty}`}>
      <div className={classes.emptyIcon} aria-hidden>
        {props.icon}
      </div>
      <Title order={2}>{props.title}</Title>
      {props.hint && <p className={classes.emptyHint}>{props.hint}</p>}
      {props.children}
    </div>
  );
}
