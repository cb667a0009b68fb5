import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import type { Dictionary } from "./fr";
import { fr } from "./fr";

export type Language = "fr" | "en";

interface Value {
  t: Dictionary;
  language: Language;
  setLanguage: (language: Language) => void;
}

const STORED = "facteur.language";
const Context = createContext<Value | null>(null);

/** The language to open in: the one chosen before on this device, else French. */
export function storedLanguage(): Language {
  return localStorage.getItem(STORED) === "en" ? "en" : "fr";
}

/** The sentences of a language; English is fetched only when it is wanted. */
export async function loadDictionary(language: Language): Promise<Dictionary> {
  return language === "en" ? (await import("./en")).en : fr;
}

export function LanguageProvider(props: {
  first: Dictionary;
  language: Language;
  children: ReactNode;
}) {
  const [shown, setShown] = useState({ t: props.first, language: props.language });
  useEffect(() => {
    document.documentElement.lang = shown.language;
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
