import type { Outcome, RecipientOutcome, Send, SendRow } from "../api/types";
import type { Dictionary } from "../i18n/dictionary";

const SHOWN = 2;
const FAILED: readonly Outcome[] = ["bounced", "rejected", "failed", "unconfirmed"];
const REACHED: readonly Outcome[] = ["sent", "delayed", "delivered", "complained"];

const FORGOTTEN = "@forgotten.invalid";

/** Does this stand for the address of somebody who asked to be forgotten? Nothing is sent to it. */
export function isForgotten(address: string): boolean {
  return address.endsWith(FORGOTTEN);
}

/** An address as it is shown. */
export function addressShown(address: string, t: Dictionary): string {
  return isForgotten(address) ? t.history.forgotten : address;
}

/** The first addresses of a send, the sender's copy aside, and how many more there are. */
export function recipientsOf(send: SendRow, t: Dictionary): { shown: string; more: string } {
  const shown = send.recipients.filter(({ role }) => role !== "copy").slice(0, SHOWN);
  const hidden = send.recipient_count - shown.length;
  return {
    shown: shown.map(({ address }) => addressShown(address, t)).join(", "),
    more: hidden > 0 ? t.history.andMore(hidden) : "",
  };
}

/** What made a send: its campaign or «Envoi manuel»; a retry and a test say so. */
export function originOf(send: SendRow, t: Dictionary): string {
  const { campaign_name: campaign, origin } = send;
  if (origin === "manual" || origin === "campaign") return campaign ?? t.origins[origin];
  return [t.origins[origin], campaign].filter(Boolean).join(" · ");
}

export function isReached({ outcome }: RecipientOutcome): boolean {
  return REACHED.includes(outcome);
}

export function hasFailed({ outcome }: RecipientOutcome): boolean {
  return FAILED.includes(outcome);
}

/** Those whom a send did not reach and can be sent to again; the sender's copy is none of them. */
export function failedOf(send: Send): RecipientOutcome[] {
  return send.recipients.filter(
    (recipient) =>
      recipient.role !== "copy" && hasFailed(recipient) && !isForgotten(recipient.address),
  );
}
