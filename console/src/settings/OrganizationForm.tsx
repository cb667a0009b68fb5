import { Button, NativeSelect, Stack, Textarea, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { answer, api } from "../api/client";
import { isConflict } from "../api/problem";
import type { Settings } from "../api/types";
import { useLanguage } from "../i18n/language";
import { ConflictAlert } from "../ui/ConflictAlert";
import { ErrorAlert } from "../ui/ErrorAlert";
import { TimezoneSelect } from "../ui/TimezoneSelect";
import { toastDone } from "../ui/toast";
import { showProblems, useDraftForm } from "../ui/useDraftForm";
import { LogoField } from "./LogoField";
import { useSaveSettings } from "./queries";
import classes from "./settings.module.css";

type Values = Omit<Settings, "version" | "sender_domains">;

function valuesOf(settings: Settings): Values {
  const { version, sender_domains, ...values } = settings;
  return values;
}

/** Legal data, logo, default sender, zone and language of the organization. */
export function OrganizationForm({ settings }: { settings: Settings }) {
  const { t } = useLanguage();
  const cache = useQueryClient();
  const { form, adopt, versionRead } = useDraftForm<Values>({
    key: "settings",
    initial: valuesOf(settings),
    version: settings.version,
  });
  const save = useSaveSettings();
  const take = (next: Settings) => {
    adopt(valuesOf(next), next.version);
    save.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const address = form.values.address.filter((line) => line.trim());
    save.mutate(
      { ...form.values, address, version: versionRead() },
      {
        onError: (error) => showProblems(form, error),
        onSuccess: (next) => {
          take(next);
          toastDone(t.common.saved, t);
        },
      },
    );
  };
  const loadStored = async () => {
    const next = await answer(api.GET("/v1/settings"));
    cache.setQueryData(["settings"], next);
    take(next);
  };
  return (
    <form noValidate onSubmit={submit} className={`card ${classes.panel}`}>
      <Stack gap="md">
        <Title order={2}>{t.settings.organization}</Title>
        <p className={classes.hint}>{t.settings.organizationHint}</p>
        <Legal form={form} />
        <Defaults form={form} domains={settings.sender_domains} />
        {isConflict(save.error) ? (
          <ConflictAlert onLoad={() => void loadStored()} />
        ) : (
          <ErrorAlert
            error={save.error}
            shownFields={(field) => form.getInputNode(field) !== null}
          />
        )}
        <div>
          <Button type="submit" loading={save.isPending}>
            {t.common.save}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

type Form = ReturnType<typeof useDraftForm<Values>>["form"];

function Legal({ form }: { form: Form }) {
  const { t } = useLanguage();
  const s = t.settings;
  const { value, onChange, ...address } = form.getInputProps("address");
  return (
    <>
      <TextInput label={s.organizationName} required {...form.getInputProps("name")} />
      <div className={classes.grid}>
        <TextInput label={s.legalForm} {...form.getInputProps("legal_form")} />
        <TextInput label={s.capital} {...form.getInputProps("capital")} />
      </div>
      <Textarea
        label={s.address}
        description={s.addressHint}
        autosize
        minRows={2}
        maxRows={6}
        {...address}
        value={(value as string[]).join("\n")}
        onChange={(event) => onChange(event.currentTarget.value.split("\n"))}
      />
      <Title order={3}>{s.legal}</Title>
      <div className={classes.grid}>
        <TextInput label={s.siren} {...form.getInputProps("siren")} />
        <TextInput label={s.siret} {...form.getInputProps("siret")} />
        <TextInput label={s.rcs} {...form.getInputProps("rcs")} />
        <TextInput label={s.vatNumber} {...form.getInputProps("vat_number")} />
      </div>
      <Title order={3}>{s.bank}</Title>
      <div className={classes.grid}>
        <TextInput label={s.iban} {...form.getInputProps("iban")} />
        <TextInput label={s.bic} {...form.getInputProps("bic")} />
      </div>
      <Textarea
        label={s.paymentTerms}
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps("payment_terms")}
      />
      <LogoField
        value={form.values.logo}
        error={form.errors.logo}
        onChange={(logo) => form.setFieldValue("logo", logo)}
      />
    </>
  );
}

function Defaults({ form, domains }: { form: Form; domains: string[] }) {
  const { t } = useLanguage();
  const s = t.settings;
  const hint = domains.length > 0 ? s.defaultSenderHint(domains.join(", ")) : s.noDomains;
  return (
    <>
      <Title order={3}>{s.defaults}</Title>
      <TextInput
        label={s.defaultSender}
        description={hint}
        type="email"
        {...form.getInputProps("default_sender")}
      />
      <div className={classes.grid}>
        <TimezoneSelect label={s.timezone} {...form.getInputProps("timezone")} />
        <NativeSelect
          label={s.organizationLocale}
          {...form.getInputProps("locale")}
          data={[
            { value: "fr", label: t.shell.french },
            { value: "en", label: t.shell.english },
          ]}
        />
      </div>
    </>
  );
}
