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

type Values = Omit<
  Settings,
  "version" | "sender_domains" | "exclusive_domains" | "sender_addresses"
>;

function valuesOf(settings: Settings): Values {
  const { version, sender_domains, exclusive_domains, sender_addresses, ...values } = settings;
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
      foot={<FormFoot editing={editing} />}
      className={`card ${classes.panel}`}
    >
      <Stack gap="md">
        <Title order={2}>{t.settings.organization}</Title>
        <p className={classes.hint}>{t.settings.organizationHint}</p>
        <Legal form={form} />
        <Defaults form={form} settings={settings} />
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

/** Which addresses may be the default sender: all of some domains, and single ones. */
function useSenderHint({ exclusive_domains: domains, sender_addresses: addresses }: Settings) {
  const s = useLanguage().t.settings;
  const others = addresses.filter((address) => !domains.includes(address.split("@")[1] ?? ""));
  const hints = [
    domains.length > 0 && s.senderDomainsHint(domains.join(", ")),
    others.length > 0 && s.senderAddressesHint(others.join(", ")),
  ];
  return hints.filter(Boolean).join(" ") || s.noDomains;
}

function Defaults({ form, settings }: { form: SettingsForm; settings: Settings }) {
  const { t } = useLanguage();
  const s = t.settings;
  return (
    <>
      <Title order={3}>{s.defaults}</Title>
      <TextInput
        label={s.defaultSender}
        description={useSenderHint(settings)}
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
