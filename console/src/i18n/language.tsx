import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import type { Dictionary } from "./dictionary";
import { FIRST, headingOf, LANGUAGES, type Language, loadDictionary } from "./languages";

interface Value {
  t: Dictionary;
  language: Language;
  setLanguage: (language: Language) => void;
}

const STORED = "facteur.language";
const Context = createContext<Value | null>(null);

/** The language to open in: the one chosen before on this device, else that of a first visit. */
export function storedLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  return LANGUAGES.find(({ code }) => code === stored)?.code ?? FIRST;
}

export function LanguageProvider(props: {
  first: Dictionary;
  language: Language;
  children: ReactNode;
}) {
  const [shown, setShown] = useState({ t: props.first, language: props.language });
  useEffect(() => {
    document.documentElement.lang = shown.language;
    document.documentElement.dir = headingOf(shown.language).direction;
  }, [shown.language]);
  const value = useMemo(
    () => ({
      ...shown,
      setLanguage: (language: Language) => {
        localStorage.setItem(STORED, language);
        void loadDictionary(language).then((t) => setShown({ t, language }));
      },
    }),
    [shown],
  );
  return <Context value={value}>{props.children}</Context>;
}

/** The sentences (`t`) and the language they are in. */
export function useLanguage(): Value {
  const value = use(Context);
  if (value === null) throw new Error("useLanguage outside its provider");
  return value;
}
