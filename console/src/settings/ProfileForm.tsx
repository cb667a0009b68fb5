import { Button, NativeSelect, Stack, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { answer, api } from "../api/client";
import { isConflict } from "../api/problem";
import type { Profile } from "../api/types";
import type { Dictionary } from "../i18n/fr";
import { useLanguage } from "../i18n/language";
import { ConflictAlert } from "../ui/ConflictAlert";
import { ErrorAlert } from "../ui/ErrorAlert";
import { toastDone } from "../ui/toast";
import { showProblems, useDraftForm } from "../ui/useDraftForm";
import { useSaveProfile } from "./queries";
import { SignatureEditor } from "./SignatureEditor";
import { SignatureFrame } from "./SignatureFrame";
import classes from "./settings.module.css";

type Values = Pick<Profile, "name" | "signature" | "locale">;

const valuesOf = ({ name, signature, locale }: Profile): Values => ({ name, signature, locale });

/** Name, address and its verification, language, and the signature with its preview. */
export function ProfileForm({
  profile,
  defaultSender,
}: {
  profile: Profile;
  defaultSender: string;
}) {
  const { t } = useLanguage();
  const cache = useQueryClient();
  const { form, adopt, versionRead } = useDraftForm<Values>({
    key: "profile",
    initial: valuesOf(profile),
    version: profile.version,
  });
  const save = useSaveProfile();
  const take = (next: Profile) => {
    adopt(valuesOf(next), next.version);
    save.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { ...form.values, version: versionRead() },
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
    const next = await answer(api.GET("/v1/profile"));
    cache.setQueryData(["profile"], next);
    take(next);
  };
  return (
    <form noValidate onSubmit={submit} className={classes.stack}>
      <Stack gap="md" className={`card ${classes.panel}`}>
        <Title order={2}>{t.settings.signature}</Title>
        <SignatureEditor
          value={form.values.signature}
          onChange={(signature) => form.setFieldValue("signature", signature)}
          error={form.errors.signature}
        />
        <Preview typed={form.values.signature} />
      </Stack>
      <Stack gap="md" className={`card ${classes.panel}`}>
        <Title order={2}>{t.settings.profile}</Title>
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
          data={[
            { value: "fr", label: t.shell.french },
            { value: "en", label: t.shell.english },
          ]}
        />
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
