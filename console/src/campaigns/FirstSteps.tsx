import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useDocuments } from "../documents/queries";
import { useLanguage } from "../i18n/language";
import { useSettings } from "../settings/queries";
import classes from "./campaigns.module.css";

interface Step {
  title: string;
  hint: string;
  done: boolean;
  action: ReactNode;
}

/** From an empty organization to its first campaign: what is done is ticked, what is next stands out. */
export function FirstSteps() {
  const { t } = useLanguage();
  const { data: settings } = useSettings();
  const { data: documents } = useDocuments({ q: "", type: "", status: "", cursor: "" });
  if (!settings || !documents) return null;
  const s = t.firstSteps;
  const hasDocuments = documents.items.length > 0;
  const steps: Step[] = [
    {
      title: s.organization,
      hint: s.organizationHint,
      done: settings.name !== "" && settings.address.length > 0,
      action: (
        <Button component={Link} href="/parametres" variant="default">
          {s.organizationButton}
        </Button>
      ),
    },
    {
      title: s.document,
      hint: s.documentHint,
      done: hasDocuments,
      action: (
        <Button component={Link} href="/documents" variant={hasDocuments ? "default" : "filled"}>
          {t.documents.create}
        </Button>
      ),
    },
    {
      title: s.campaign,
      hint: s.campaignHint,
      done: false,
      action: (
        <Button
          component={Link}
          href="/campagnes/nouvelle"
          variant={hasDocuments ? "filled" : "default"}
        >
          {t.campaigns.create}
        </Button>
      ),
    },
  ];
  return (
    <ol className={classes.steps} aria-label={s.title}>
      {steps.map(({ title, hint, done, action }, index) => (
        <li key={title} data-done={done}>
          <span className={classes.tick} aria-hidden>
            {done ? <IconCheck size={18} /> : index + 1}
          </span>
          <div>
            <strong>{title}</strong>
            {done && <span className="visually-hidden"> {s.done}</span>}
            <div className={classes.minor}>{hint}</div>
          </div>
          {action}
        </li>
      ))}
    </ol>
  );
}
