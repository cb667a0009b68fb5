/** What is known of a language before its sentences are fetched. */
export interface Heading {
  /** As its speakers call it. */
  name: string;
  /** The BCP 47 tag by which `Intl` writes dates, times and amounts. */
  tag: string;
  direction: "ltr" | "rtl";
}
