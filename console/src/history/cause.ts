import type { Dictionary } from "../i18n/dictionary";

/** Cause and remedy of a failure code; general words for one we do not know. */
export function causeOf(code: string, t: Dictionary): { cause: string; remedy: string } {
  return isKnown(code, t) ? t.causes[code] : t.causes.unknown;
}

function isKnown(code: string, t: Dictionary): code is keyof Dictionary["causes"] {
  return Object.hasOwn(t.causes, code);
}
