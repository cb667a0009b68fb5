import type { EmailForm, Send } from "../api/types";
import { failedOf } from "../history/recipients";
import { escapeBraces } from "../ui/variables";

export type SendValues = {
  to: string;
  cc: string[];
  bcc: string[];
  groups: string[];
  subject: string;
  body: string;
  copy_to_sender: boolean;
  separate: boolean;
};

/** The form as the API fills it in. */
export function valuesOf(form: EmailForm): SendValues {
  const { to, cc, bcc, subject, body } = form;
  return {
    ...{ to, cc: cc ?? [], bcc: bcc ?? [], groups: [], subject, body },
    copy_to_sender: false,
    separate: false,
  };
}

/**
 * The same message to those that failed and that nothing has reached since. Nobody sees a blind
 * recipient, nor those see each other.
 */
export function valuesAfter(
  send: Send,
  form: EmailForm,
  reached: ReadonlySet<string> = new Set(),
): SendValues {
  const isLeft = ({ address }: { address: string }) => !reached.has(address.toLowerCase());
  const failed = failedOf(send).filter(isLeft);
  const having = (role: string) =>
    failed.filter((recipient) => recipient.role === role).map(({ address }) => address);
  const seen = [...having("to"), ...having("cc")];
  const blind = having("bcc");
  const promoted = seen.length === 0;
  const [to, ...others] = promoted ? blind : seen;
  return {
    to: to ?? (isLeft({ address: form.to }) ? form.to : ""),
    cc: promoted ? [] : others,
    bcc: promoted ? others : blind,
    groups: [],
    subject: escapeBraces(send.subject),
    body: escapeBraces(send.body),
    copy_to_sender: send.copy_to_sender,
    separate: send.separate || (promoted && others.length > 0),
  };
}
