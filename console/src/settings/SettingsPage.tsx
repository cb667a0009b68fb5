import { Button, Stack, Title } from "@mantine/core";
import { Link } from "wouter";
import { useLanguage } from "../i18n/language";
import { useMe } from "../session/me";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { PageHeader } from "../ui/PageHeader";
import { DayLimits } from "./DayLimits";
import { OrganizationFacts } from "./OrganizationFacts";
import { OrganizationForm } from "./OrganizationForm";
import { ProfileForm } from "./ProfileForm";
import { useProfile, useSettings } from "./queries";
import classes from "./settings.module.css";

/** What a person and an organization set once; an administrator sets what is the organization's. */
export function SettingsPage() {
  const { t } = useLanguage();
  const profile = useProfile();
  const settings = useSettings();
  const me = useMe();
  const error = profile.error ?? settings.error ?? me.error;
  const retry = () => {
    void profile.refetch();
    void settings.refetch();
    void me.refetch();
  };
  return (
    <>
      <PageHeader title={t.settings.title} />
      {error && <ErrorAlert error={error} onRetry={retry} />}
      {(profile.isPending || settings.isPending || me.isPending) && <PageLoading />}
      <div className={classes.columns}>
        {profile.data && settings.data && me.data && (
          <>
            <div className={classes.stack}>
              <ProfileForm profile={profile.data} defaultSender={settings.data.default_sender} />
              <DayLimits />
              <GroupsLink />
              {me.data.role === "admin" && <WebhooksLink />}
            </div>
            {me.data.role === "admin" ? (
              <OrganizationForm settings={settings.data} />
            ) : (
              <OrganizationFacts settings={settings.data} />
            )}
          </>
        )}
      </div>
    </>
  );
}

function GroupsLink() {
  const { t } = useLanguage();
  return (
    <section className={`card ${classes.panel}`} aria-labelledby="groups">
      <Stack gap="md">
        <Title order={2} id="groups">
          {t.recipients.groups}
        </Title>
        <p className={classes.hint}>{t.recipients.groupsIntro}</p>
        <div>
          <Button component={Link} href="/parametres/listes" variant="default">
            {t.recipients.manage}
          </Button>
        </div>
      </Stack>
    </section>
  );
}

function WebhooksLink() {
  const { t } = useLanguage();
  return (
    <section className={`card ${classes.panel}`} aria-labelledby="webhooks">
      <Stack gap="md">
        <Title order={2} id="webhooks">
          {t.webhooks.title}
        </Title>
        <p className={classes.hint}>{t.webhooks.intro}</p>
        <div>
          <Button component={Link} href="/parametres/webhooks" variant="default">
            {t.webhooks.manage}
          </Button>
        </div>
      </Stack>
    </section>
  );
}
