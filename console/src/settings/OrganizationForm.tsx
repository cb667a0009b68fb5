import { NativeSelect, Stack, Textarea, TextInput, Title } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { Settings } from "../api/types";
import { Form } from "../forms/Form";
import { FormFoot } from "../forms/FormFoot";
import { useStoredForm } from "../forms/useStoredForm";
import { useLanguage } from "../i18n/language";
import { LANGUAGES } from "../i18n/languages";
import { TimezoneSelect } from "../ui/TimezoneSelect";
import { LogoField } from "./LogoField";
import { useStoredSettings } from "./queries";
import classes from "./settings.module.css";

type Values = Omit<Settings, "version" | "sender_domains">;

function valuesOf(settings: Settings): Values {
  const { version, sender_domains, ...values } = settings;
  return values;
}

const readOf = ({ version }: Settings) => ({ version });

/** Legal data, logo, default sender, zone and language of the organization. */
export function OrganizationForm({ settings }: { settings: Settings }) {
  const { t } = useLanguage();
  const { save, fetchStored } = useStoredSettings();
  const editing = useStoredForm({
    key: "settings",
    stored: settings,
    valuesOf,
    readOf,
    save: (values, read) =>
      save({ ...values, ...read, address: values.address.filter((line) => line.trim()) }),
    fetchStored,
  });
  const { form, saving, submit } = editing;
  return (
    <Form
      onSubmit={() => submit()}
      saving={saving}
      foot={<FormFoot editing={editing} inPlace />}
      className={`card ${classes.panel}`}
    >
      <Stack gap="md">
        <Title order={2}>{t.settings.organization}</Title>
        <p className={classes.hint}>{t.settings.organizationHint}</p>
        <Legal form={form} />
        <Defaults form={form} domains={settings.sender_domains} />
      </Stack>
    </Form>
  );
}

type SettingsForm = UseFormReturnType<Values>;

function Legal({ form }: { form: SettingsForm }) {
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

function Defaults({ form, domains }: { form: SettingsForm; domains: string[] }) {
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
          data={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </div>
    </>
  );
}
