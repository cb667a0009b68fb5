import type { Resolution, SendRow } from "../api/types";
import { now } from "../ui/clock";

/** How long after a retry its outcome is looked for often; by then most mails have been accepted. */
const RETRY_FOLLOWED_MS = 10 * 60_000;
const BASE_32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const INSTANT_LENGTH = 10;

type Failure = { resolution?: Resolution | null };

/** Does a failure still look for somebody to deal with it? */
export function isOpen({ resolution }: Failure): boolean {
  return resolution === "open";
}

/** Has it been retried with success, or dealt with? */
export function isOver({ resolution }: Failure): boolean {
  return resolution === "retried" || resolution === "resolved";
}

/** Is it queued, or has it just been retried? Either may read otherwise in a moment. */
export function isUnderWay(send: Pick<SendRow, "status" | "resolution" | "retried_by">): boolean {
  const retry = isOpen(send) ? send.retried_by.at(-1) : undefined;
  const justRetried = retry !== undefined && now() - instantOf(retry) < RETRY_FOLLOWED_MS;
  return send.status === "queued" || justRetried;
}

/** The instant at which an id was made, in milliseconds: a ULID begins with it. */
export function instantOf(id: string): number {
  return [...id.slice(0, INSTANT_LENGTH)].reduce((n, digit) => n * 32 + BASE_32.indexOf(digit), 0);
}
