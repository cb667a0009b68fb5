import { Button, Stack, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import logo from "../assets/facteur.svg";
import { useLanguage } from "../i18n/language";
import { messageOf, withKept } from "../ui/ErrorAlert";
import { Notice } from "../ui/Notice";
import { DEMO_USERS } from "./local";
import { useSession } from "./session";
import classes from "./signin.module.css";

/** The way in: Cognito's page, or in trial mode a choice of users. */
export function SignIn() {
  const { t } = useLanguage();
  const { config, expired, signIn } = useSession();
  const [error, setError] = useState<string>();
  const enter = (email?: string) =>
    signIn(email).catch((reason: unknown) => setError(messageOf(reason, t)));
  return (
    <main className={classes.page}>
      <div className={`card ${classes.panel}`}>
        <img src={logo} alt="" width={52} height={52} />
        <Title order={1}>{t.common.appName}</Title>
        <p className={classes.intro}>{t.signIn.intro}</p>
        {(expired || error) && (
          <Notice tone="red" role="alert" title={error ?? withKept(t.signIn.expired, t)} />
        )}
        {config.mode === "local" ? (
          <Users onChoose={enter} />
        ) : (
          <Button size="md" fullWidth onClick={() => void enter()}>
            {t.signIn.button}
          </Button>
        )}
      </div>
    </main>
  );
}

function Users({ onChoose }: { onChoose: (email: string) => Promise<void> }) {
  const { t } = useLanguage();
  const [email, setEmail] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onChoose(email);
  };
  return (
    <Stack gap="sm" w="100%">
      <Title order={2}>{t.signIn.localTitle}</Title>
      <p className={classes.hint}>{t.signIn.localIntro}</p>
      {DEMO_USERS.map((user) => (
        <Button key={user} variant="default" fullWidth onClick={() => void onChoose(user)}>
          {user}
        </Button>
      ))}
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t.shell.otherUser}
            type="email"
            autoComplete="email"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth>
            {t.signIn.button}
          </Button>
        </Stack>
      </form>
    </Stack>
  );
}
