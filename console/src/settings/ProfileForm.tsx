import { NativeSelect, Stack, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { Profile } from "../api/types";
import { Form } from "../forms/Form";
import { FormFoot } from "../forms/FormFoot";
import { useStoredForm } from "../forms/useStoredForm";
import type { Dictionary } from "../i18n/dictionary";
import { useLanguage } from "../i18n/language";
import { LANGUAGES } from "../i18n/languages";
import { useStoredProfile } from "./queries";
import { SignatureEditor } from "./SignatureEditor";
import { SignatureFrame } from "./SignatureFrame";
import classes from "./settings.module.css";

type Values = Pick<Profile, "name" | "signature" | "locale">;

const valuesOf = ({ name, signature, locale }: Profile): Values => ({ name, signature, locale });
const readOf = ({ version }: Profile) => ({ version });

/** The signature with its preview, then name, address and its verification, and language. */
export function ProfileForm({
  profile,
  defaultSender,
}: {
  profile: Profile;
  defaultSender: string;
}) {
  const { t } = useLanguage();
  const { save, fetchStored } = useStoredProfile();
  const editing = useStoredForm({
    key: "profile",
    stored: profile,
    valuesOf,
    readOf,
    save: (values, read) => save({ ...values, ...read }),
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
        <Title order={2}>{t.settings.signature}</Title>
        <SignatureEditor
          value={form.values.signature}
          onChange={(signature) => form.setFieldValue("signature", signature)}
          error={form.errors.signature}
        />
        <Preview typed={form.values.signature} />
        <Title order={2} mt="md">
          {t.settings.profile}
        </Title>
        <TextInput
          label={t.settings.name}
          required
          autoComplete="name"
          {...form.getInputProps("name")}
        />
        <div>
          <div className={classes.fact}>{t.settings.email}</div>
          <div className={classes.address}>{profile.email}</div>
          <Verification
            verified={profile.sender_verified}
            words={verificationOf(profile, defaultSender, t)}
          />
        </div>
        <NativeSelect
          label={t.settings.locale}
          {...form.getInputProps("locale")}
          data={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Stack>
    </Form>
  );
}

function Preview({ typed }: { typed: string }) {
  const { t } = useLanguage();
  const [settled] = useDebouncedValue(typed, 200);
  return (
    <div>
      <div className={classes.fact}>{t.settings.signaturePreview}</div>
      {settled.trim() ? <SignatureFrame html={settled} /> : <p>{t.settings.signatureEmpty}</p>}
    </div>
  );
}

function Verification({ verified, words }: { verified: boolean; words: string }) {
  const Icon = verified ? IconCircleCheck : IconAlertTriangle;
  return (
    <p className={verified ? classes.verified : classes.unverified}>
      <Icon size={18} aria-hidden /> {words}
    </p>
  );
}

function verificationOf(profile: Profile, defaultSender: string, t: Dictionary): string {
  if (profile.sender_verified) return t.settings.verified;
  return defaultSender ? t.settings.notVerified(defaultSender) : t.settings.notVerifiedNoSender;
}
