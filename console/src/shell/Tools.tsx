import { ActionIcon, Kbd, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import {
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
  IconUser,
  IconUserCircle,
} from "@tabler/icons-react";
import { useLanguage } from "../i18n/language";
import { LANGUAGES } from "../i18n/languages";
import { DEMO_USERS } from "../session/local";
import { useMe } from "../session/me";
import { useSession } from "../session/session";
import { ActionMenu, type MenuEntry } from "../ui/ActionMenu";
import classes from "./shell.module.css";
import { PALETTE_KEYS } from "./useShortcuts";

/** Palette, language, theme, help and account. */
export function Tools({ onHelp, onPalette }: { onHelp: () => void; onPalette: () => void }) {
  const { t } = useLanguage();
  return (
    <div className={classes.tools}>
      <button type="button" className={classes.palette} onClick={onPalette}>
        <IconSearch size={18} aria-hidden />
        <span className={classes.paletteText}>{t.palette.open}</span>
        <Kbd className={classes.paletteKeys} aria-hidden>
          {PALETTE_KEYS}
        </Kbd>
      </button>
      <LanguageMenu />
      <ThemeButton />
      <AccountMenu onHelp={onHelp} />
    </div>
  );
}

function LanguageMenu() {
  const { t, language, setLanguage } = useLanguage();
  const entries = LANGUAGES.map(({ code, name }) => ({
    label: name,
    lang: code,
    current: language === code,
    onSelect: () => setLanguage(code),
  }));
  return (
    <ActionMenu
      label={t.shell.language}
      entries={entries}
      trigger={(props) => (
        <ActionIcon
          {...props}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t.shell.language}
        >
          <IconLanguage size={20} aria-hidden />
        </ActionIcon>
      )}
    />
  );
}

function ThemeButton() {
  const { t } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={dark ? t.shell.themeToLight : t.shell.themeToDark}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      {dark ? <IconSun size={20} aria-hidden /> : <IconMoon size={20} aria-hidden />}
    </ActionIcon>
  );
}

function AccountMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useLanguage();
  const { identity, config, signIn, signOut } = useSession();
  const role = useMe().data?.role;
  const local = config.mode === "local";
  const user = <IconUser size={18} aria-hidden />;
  const others = local ? DEMO_USERS.filter((email) => email !== identity?.email) : [];
  const other = identity?.role === "member" ? "admin" : "member";
  const name = t.shell.account(identity?.name ?? "");
  const entries: MenuEntry[] = [
    { heading: identity?.email ?? "" },
    ...(role ? [{ heading: t.shell.roles[role] }] : []),
    { label: t.shell.help, icon: <IconKeyboard size={18} aria-hidden />, onSelect: onHelp },
    "divider",
    ...(local ? [{ heading: t.shell.switchUser }] : []),
    ...others.map((email) => ({ label: email, icon: user, onSelect: () => void signIn(email) })),
    ...(local
      ? [
          {
            label: t.shell.become[other],
            icon: user,
            onSelect: () => void signIn(identity?.email, other),
          },
        ]
      : []),
    {
      label: local ? t.shell.otherUser : t.shell.signOut,
      icon: <IconLogout size={18} aria-hidden />,
      onSelect: () => void signOut(),
    },
  ];
  return (
    <ActionMenu
      label={name}
      entries={entries}
      trigger={(props) => (
        <ActionIcon {...props} variant="subtle" color="gray" size="lg" aria-label={name}>
          <IconUserCircle size={22} aria-hidden />
        </ActionIcon>
      )}
    />
  );
}
