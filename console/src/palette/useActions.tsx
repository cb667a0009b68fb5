import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import {
  IconAdjustmentsHorizontal,
  IconFileText,
  IconFileUpload,
  IconHistory,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMail,
  IconMoon,
  IconPlus,
  IconRepeat,
  IconSun,
} from "@tabler/icons-react";
import { useLocation } from "wouter";
import { DOCUMENT_TYPES, definitionOf } from "../documents/registry";
import { useLanguage } from "../i18n/language";
import { LANGUAGES } from "../i18n/languages";
import { useSession } from "../session/session";
import { hasWords } from "./words";

/** Something that the palette proposes. */
export interface Entry {
  key: string;
  label: string;
  detail?: string;
  /** The language of its label, where that is another. */
  lang?: string;
  Icon: typeof IconPlus;
  act: () => void;
  /** Goes on in the palette, rather than closing it. */
  stays?: boolean;
}

/** What may be done from anywhere, as far as its words begin with those that are typed. */
export function useActions(q: string, more: { onHelp: () => void; onSend: () => void }): Entry[] {
  const { t, language, setLanguage } = useLanguage();
  const { config, signOut } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const [, navigate] = useLocation();
  const dark = useComputedColorScheme("light") === "dark";
  const to = (label: string, Icon: Entry["Icon"], path: string): Entry => ({
    key: path,
    label,
    Icon,
    act: () => navigate(path),
  });
  const entry = (label: string, Icon: Entry["Icon"], act: () => void): Entry => ({
    ...{ key: label, label, Icon, act },
  });
  const local = config.mode === "local";
  const entries: Entry[] = [
    { ...entry(t.palette.send, IconMail, more.onSend), stays: true },
    ...DOCUMENT_TYPES.map((type) =>
      to(t.documentTypes[type].create, definitionOf(type).Icon, `/documents/nouveau/${type}`),
    ),
    to(t.documents.import.title, IconFileUpload, "/documents/importer"),
    to(t.campaigns.create, IconPlus, "/campagnes/nouvelle"),
    to(t.shell.campaigns, IconRepeat, "/campagnes"),
    to(t.shell.history, IconHistory, "/historique"),
    to(t.shell.documents, IconFileText, "/documents"),
    to(t.shell.settings, IconAdjustmentsHorizontal, "/parametres"),
    ...LANGUAGES.filter(({ code }) => code !== language).map(({ code, name }) => ({
      ...entry(name, IconLanguage, () => setLanguage(code)),
      ...{ lang: code, detail: t.shell.language },
    })),
    entry(dark ? t.shell.themeToLight : t.shell.themeToDark, dark ? IconSun : IconMoon, () =>
      setColorScheme(dark ? "light" : "dark"),
    ),
    entry(t.shell.help, IconKeyboard, more.onHelp),
    entry(local ? t.shell.otherUser : t.shell.signOut, IconLogout, () => void signOut()),
  ];
  return entries.filter(({ label, detail = "" }) => hasWords(`${label} ${detail}`, q));
}
