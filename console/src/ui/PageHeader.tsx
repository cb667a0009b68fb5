import { Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useLanguage } from "../i18n/language";
import classes from "./page.module.css";

let arrivals = 0;

interface Props {
  title: string;
  intro?: ReactNode;
  /** Beside the title: a badge, say. */
  aside?: ReactNode;
  actions?: ReactNode;
}

/** The heading of a page. It takes the focus when one page leads to another, so that a screen reader says where it is. */
export function PageHeader({ title, intro, aside, actions }: Props) {
  const { t } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (arrivals++ > 0 && document.activeElement?.tagName !== "INPUT")
      heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${title} · ${t.common.appName}`;
  }, [title, t]);
  return (
    <div className={classes.header}>
      <div className={classes.heading}>
        <div className={classes.titleLine}>
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {aside}
        </div>
        {intro && <p className={classes.intro}>{intro}</p>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
