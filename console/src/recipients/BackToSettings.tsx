import { Anchor } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import { Link } from "wouter";
import { useLanguage } from "../i18n/language";
import classes from "./recipients.module.css";

/** The way up: to the settings, or to the groups. */
export function BackToSettings({ toGroups = false }: { toGroups?: boolean }) {
  const { t } = useLanguage();
  return (
    <nav aria-label={t.recipients.wayUp} className={classes.up}>
      <Anchor
        component={Link}
        href={toGroups ? "/parametres/listes" : "/parametres"}
        className={classes.upLink}
      >
        <IconChevronLeft size={16} aria-hidden />
        {toGroups ? t.recipients.groups : t.settings.title}
      </Anchor>
    </nav>
  );
}
