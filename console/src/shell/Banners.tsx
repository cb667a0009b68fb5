import { useNetwork } from "@mantine/hooks";
import { Link } from "wouter";
import { useLanguage } from "../i18n/language";
import { useSession } from "../session/session";
import { withKept } from "../ui/ErrorAlert";
import classes from "./shell.module.css";
import { useFailures } from "./useFailures";

/** What everybody should know now: trial mode, a lost connection, new failures, the SES sandbox. */
export function Banners() {
  const { t } = useLanguage();
  const { config } = useSession();
  const { online } = useNetwork();
  return (
    <>
      {config.mode === "local" && (
        <div className={`${classes.banner} ${classes.trial}`}>
          <span>{t.shell.trial}</span>
          <Link href="/courrier">{t.shell.trialMailbox}</Link>
        </div>
      )}
      <div role="status">
        {!online && (
          <div className={`${classes.banner} ${classes.amber}`}>{withKept(t.shell.offline, t)}</div>
        )}
      </div>
      <Failures />
    </>
  );
}

function Failures() {
  const { t } = useLanguage();
  const { fresh, more, sandbox } = useFailures();
  return (
    <>
      {sandbox && (
        <div className={`${classes.banner} ${classes.amber}`} role="status">
          <span>{t.shell.sandbox}</span> <span>{t.shell.sandboxRemedy}</span>
        </div>
      )}
      {fresh > 0 && (
        <div className={`${classes.banner} ${classes.red}`} role="status">
          <span>{more ? t.shell.manyFailures : t.shell.failures(fresh)}</span>
          <Link href="/historique?statut=open">{t.shell.seeFailures}</Link>
        </div>
      )}
    </>
  );
}
