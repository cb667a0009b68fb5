import type { Dictionary } from "../fr";

/** What each failure code means and what to do about it, as notices word it too. */
export const causes: Dictionary["causes"] = {
  address_rejected: {
    cause: "This address does not exist, or the recipient’s server refuses it.",
    remedy: "Check the address with the recipient, then retry the send with the right one.",
  },
  mailbox_full: {
    cause: "The recipient’s mailbox is full.",
    remedy: "Ask them to make room, then retry the send.",
  },
  suppressed: {
    cause: "This address has refused messages before: none are sent to it any more.",
    remedy:
      "Check the address. If it is right, ask the person who runs Facteur to take it off the suppression list.",
  },
  message_too_large: {
    cause: "The message is too large for the recipient’s mailbox.",
    remedy: "Send a lighter document, or hand it over by other means.",
  },
  attachment_too_large: {
    cause: "The attachments are too large.",
    remedy: "Send a lighter document, or hand it over by other means.",
  },
  attachment_rejected: {
    cause: "The recipient’s server refused the attachment.",
    remedy: "Hand the document over by other means.",
  },
  content_rejected: {
    cause: "The content of the message was refused as unwanted or dangerous.",
    remedy: "Change the message or the document, then send it again.",
  },
  temporary_failure: {
    cause: "The recipient’s server could not take the message for now.",
    remedy: "Retry the send in a few hours.",
  },
  delivery_timeout: {
    cause: "The recipient’s server did not answer in time.",
    remedy: "Retry the send in a few hours.",
  },
  undetermined: {
    cause: "The message came back for no clear reason.",
    remedy: "Check the address with the recipient, then retry the send with the right one.",
  },
  sender_not_verified: {
    cause: "The sender’s address is not verified with the mail service.",
    remedy: "Tell the person who runs Facteur, then retry the send.",
  },
  ses_sandbox: {
    cause: "The SES account is in its sandbox: only verified addresses receive mail.",
    remedy: "Tell the person who runs Facteur, then retry the send.",
  },
  account_suspended: {
    cause: "The mail account is suspended.",
    remedy: "Tell the person who runs Facteur, then retry the send.",
  },
  ses_misconfigured: {
    cause: "The mail service is not set up properly.",
    remedy: "Tell the person who runs Facteur, then retry the send.",
  },
  message_refused: {
    cause: "The mail service refused the message.",
    remedy: "Check the addresses and the document, then retry the send.",
  },
  ses_unreachable: {
    cause: "The mail service did not answer.",
    remedy: "Retry the send in a few hours.",
  },
  quota_exceeded: {
    cause: "The number of messages allowed a day was reached.",
    remedy: "Retry the send tomorrow.",
  },
  sending_paused: {
    cause: "The account’s sending is paused.",
    remedy: "Tell the person who runs Facteur, then retry the send.",
  },
  throttled: {
    cause: "Too many messages were leaving at once.",
    remedy: "Retry the send in a few hours.",
  },
  expired: {
    cause: "The message could not leave in time and was given up.",
    remedy: "Retry the send.",
  },
  unconfirmed: {
    cause: "It is not known whether the message left: the mail service did not confirm it.",
    remedy: "Ask the recipient whether it arrived before you retry: they might get it twice.",
  },
  missed: {
    cause: "The planned send did not take place in time.",
    remedy: "Retry the send if it is still useful.",
  },
  document_unavailable: {
    cause: "A document to attach no longer exists or is no longer published.",
    remedy: "Publish the document, then retry the send.",
  },
  message_invalid: {
    cause: "With the documents’ names, the subject or the message has become too long.",
    remedy: "Shorten the campaign’s subject, then retry the send.",
  },
  render_failed: {
    cause: "The document or the message could not be prepared.",
    remedy:
      "Open the document’s preview, correct it if need be, then retry the send. If it happens again, tell the person who runs Facteur.",
  },
  unknown: {
    cause: "The send failed.",
    remedy: "Retry the send.",
  },
};
