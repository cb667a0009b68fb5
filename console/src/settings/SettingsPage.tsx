import { useLanguage } from "../i18n/language";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { PageHeader } from "../ui/PageHeader";
import { OrganizationForm } from "./OrganizationForm";
import { ProfileForm } from "./ProfileForm";
import { useProfile, useSettings } from "./queries";
import classes from "./settings.module.css";

/** What a person and an organization set once. */
export function SettingsPage() {
  const { t } = useLanguage();
  const profile = useProfile();
  const settings = useSettings();
  const error = profile.error ?? settings.error;
  const retry = () => {
    void profile.refetch();
    void settings.refetch();
  };
  return (
    <>
      <PageHeader title={t.settings.title} />
      {error && <ErrorAlert error={error} onRetry={retry} />}
      {(profile.isPending || settings.isPending) && <PageLoading />}
      <div className={classes.columns}>
        {profile.data && settings.data && (
          <>
            <ProfileForm profile={profile.data} defaultSender={settings.data.default_sender} />
            <OrganizationForm settings={settings.data} />
          </>
        )}
      </div>
    </>
  );
}
