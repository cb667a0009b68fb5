import type { sentences } from "./languages/fr";

/** The sentences that every language has; French is where a new one is written first. */
export type Dictionary = typeof sentences;
