import { Stack, Title } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Settings } from "../api/types";
import { useLanguage } from "../i18n/language";
import { LANGUAGES } from "../i18n/languages";
import classes from "./settings.module.css";

/** What members see of the organization: administrators alone change it. */
export function OrganizationFacts({ settings }: { settings: Settings }) {
  const { t } = useLanguage();
  const s = t.settings;
  const legal: [string, ReactNode][] = [
    [s.organizationName, settings.name],
    [s.legalForm, settings.legal_form],
    [s.capital, settings.capital],
    [s.address, settings.address.join("\n")],
    [s.siren, settings.siren],
    [s.siret, settings.siret],
    [s.rcs, settings.rcs],
    [s.vatNumber, settings.vat_number],
  ];
  const bank: [string, ReactNode][] = [
    [s.iban, settings.iban],
    [s.bic, settings.bic],
    [s.paymentTerms, settings.payment_terms],
    [s.logo, settings.logo && <img src={settings.logo} alt={s.logoAlt} className={classes.logo} />],
  ];
  const defaults: [string, ReactNode][] = [
    [s.defaultSender, settings.default_sender],
    [s.timezone, settings.timezone],
    [s.organizationLocale, LANGUAGES.find(({ code }) => code === settings.locale)?.name],
  ];
  return (
    <section className={`card ${classes.panel}`}>
      <Stack gap="md">
        <Title order={2}>{s.organization}</Title>
        <p className={classes.hint}>{s.organizationHint}</p>
        <p className={classes.locked}>
          <IconLock size={18} aria-hidden /> {s.adminOnly}
        </p>
        <Facts facts={legal} />
        <Title order={3}>{s.bank}</Title>
        <Facts facts={bank} />
        <Title order={3}>{s.defaults}</Title>
        <Facts facts={defaults} />
      </Stack>
    </section>
  );
}

function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value || "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
