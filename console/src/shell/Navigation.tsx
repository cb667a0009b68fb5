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

interface Entry {
  to: string;
  text: string;
  short?: string;
  Icon: typeof IconRepeat;
}

/** The two tabs of the product, and what stands beside them; at the bottom on a phone. */
export function Navigation() {
  const { t } = useLanguage();
  const { config } = useSession();
  const [path] = useLocation();
  const entries: Entry[] = [
    { to: "/campagnes", text: t.shell.campaigns, Icon: IconRepeat },
    { to: "/historique", text: t.shell.history, Icon: IconHistory },
    { to: "/documents", text: t.shell.documents, Icon: IconFileText },
    { to: "/parametres", text: t.shell.settings, Icon: IconAdjustmentsHorizontal },
    ...(config.mode === "local"
      ? [{ to: "/courrier", text: t.shell.mailbox, short: t.shell.mailboxShort, Icon: IconMailbox }]
      : []),
  ];
  return (
    <nav className={classes.nav} aria-label={t.shell.mainNavigation}>
      <ul className={classes.tabs}>
        {entries.map(({ to, text, short, Icon }) => (
          <li key={to}>
            {to === "/documents" && <span className={classes.divider} />}
            <Link
              href={to}
              className={classes.tab}
              aria-current={path.startsWith(to) ? "page" : undefined}
            >
              <Icon size={20} stroke={1.75} aria-hidden />
              {short ? <ShortOnPhone text={text} short={short} /> : text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ShortOnPhone({ text, short }: { text: string; short: string }) {
  return (
    <>
      <span className={classes.wide}>{text}</span>
      <span className={classes.narrow}>{short}</span>
    </>
  );
}
