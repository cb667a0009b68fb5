import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { Link } from "wouter";
import { useDocuments } from "../documents/queries";
import { useLanguage } from "../i18n/language";
import { useSettings } from "../settings/queries";
import classes from "./campaigns.module.css";

/** From an empty organization to its first campaign: what is done is ticked, what is next stands out. */
export function FirstSteps() {
  const { t } = useLanguage();
  const { data: settings } = useSettings();
  const { data: documents } = useDocuments({ q: "", type: "", status: "", cursor: "" });
  if (!settings || !documents) return null;
  const s = t.firstSteps;
  const steps = [
    {
      ...{ title: s.organization, hint: s.organizationHint, button: s.organizationButton },
      href: "/parametres",
      done: settings.name !== "" && settings.address.length > 0,
    },
    {
      ...{ title: s.document, hint: s.documentHint, button: t.documents.create },
      href: "/documents",
      done: documents.items.length > 0,
    },
    {
      ...{ title: s.campaign, hint: s.campaignHint, button: t.campaigns.create },
      href: "/campagnes/nouvelle",
      done: false,
    },
  ];
  const next = steps.find(({ done }) => !done);
  return (
    <ol className={classes.steps} aria-label={s.title}>
      {steps.map((step, index) => (
        <li key={step.href} data-done={step.done}>
          <span className={classes.tick} aria-hidden>
            {step.done ? <IconCheck size={18} /> : index + 1}
          </span>
          <div>
            <strong>{step.title}</strong>
            {step.done && <span className="visually-hidden"> {s.done}</span>}
            <div className={classes.minor}>{step.hint}</div>
          </div>
          <Button component={Link} href={step.href} variant={step === next ? "filled" : "default"}>
            {step.button}
          </Button>
        </li>
      ))}
    </ol>
  );
}
