import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { speak } from "./client";

/** For the `meta` of a query whose answer carries sentences of the API, such as causes of failures. */
export const WORDED = { worded: true };

/** Has the API word its answers in a language; what it worded in another is fetched again. */
export function useWording(language: string): void {
  const cache = useQueryClient();
  const wordedIn = useRef(language);
  speak(language);
  useEffect(() => {
    if (wordedIn.current === language) return;
    wordedIn.current = language;
    void cache.invalidateQueries({ predicate: ({ meta }) => meta?.worded === true });
  }, [cache, language]);
}
