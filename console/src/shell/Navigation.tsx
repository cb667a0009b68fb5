import {
  IconAdjustmentsHorizontal,
  IconFileText,
  IconHistory,
  IconMailbox,
  IconRepeat,
} from "@tabler/icons-react";
import { Link, useLocation } from "wouter";
import { useLanguage } from "../i18n/language";
import { useSession } from "../session/session";
import classes from "./shell.module.css";

/** The two tabs of the product, and what stands beside them; at the bottom on a phone. */
export function Navigation() {
  const { t } = useLanguage();
  const { config } = useSession();
  const [path] = useLocation();
  const entries = [
    { to: "/campagnes", text: t.shell.campaigns, Icon: IconRepeat },
    { to: "/historique", text: t.shell.history, Icon: IconHistory },
    { to: "/documents", text: t.shell.documents, Icon: IconFileText },
    { to: "/parametres", text: t.shell.settings, Icon: IconAdjustmentsHorizontal },
    ...(config.mode === "local"
      ? [{ to: "/courrier", text: t.shell.mailbox, Icon: IconMailbox }]
      : []),
  ];
  return (
    <nav className={classes.nav} aria-label={t.shell.mainNavigation}>
      <ul className={classes.tabs}>
        {entries.map(({ to, text, Icon }) => (
          <li key={to}>
            {to === "/documents" && <span className={classes.divider} />}
            <Link
              href={to}
              className={classes.tab}
              aria-current={path.startsWith(to) ? "page" : undefined}
            >
              <Icon size={20} stroke={1.75} aria-hidden />
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
