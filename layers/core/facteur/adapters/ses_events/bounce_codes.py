"""The event and the failure code of each kind of bounce that SES reports."""

from facteur.domain.message import MessageEvent

BOUNCE_CODES = {
    ("Permanent", "General"): "address_rejected",
    ("Permanent", "NoEmail"): "address_rejected",
    ("Permanent", "Suppressed"): "suppressed",
    ("Permanent", "OnAccountSuppressionList"): "suppressed",
    ("Transient", "General"): "temporary_failure",
    ("Transient", "MailboxFull"): "mailbox_full",
    ("Transient", "MessageTooLarge"): "message_too_large",
    ("Transient", "CustomTimeoutExceeded"): "delivery_timeout",
    ("Transient", "ContentRejected"): "content_rejected",
    ("Transient", "AttachmentRejected"): "attachment_rejected",
}
"""Stable code by type and subtype of a bounce; of others, by subtype alone if it is known.

https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types
"""
_BY_SUBTYPE = {subtype: code for (_, subtype), code in BOUNCE_CODES.items() if subtype != "General"}


def bounce_code(bounce_type: str, subtype: str) -> str:
    """Our code of a bounce; ``undetermined`` when neither its types nor its subtype is known."""
    known = BOUNCE_CODES.get((bounce_type, subtype))
    return known or _BY_SUBTYPE.get(subtype, "undetermined")


_REACHED = frozenset({"delivered", "relayed", "expanded"})


def bounce_of(bounce_type: str, subtype: str, action: str) -> tuple[MessageEvent, str]:
    """The event and the code of a recipient of a bounce whose report says ``action`` of it.

    An action is one of RFC 3464, 2.3.3, and "" where no report was attached. A bounce has one type
    for all it names, although one of them may have been reached, or be tried still. Automatic
    replies come as ``Transient``/``General``. What could not be determined may be one as well,
    unless the report says that delivery failed.
    """
    action, code = action.strip().lower(), bounce_code(bounce_type, subtype)
    if action in _REACHED:
        return MessageEvent.DELIVERED, ""
    if action == "delayed":
        is_temporary = bounce_type == "Transient"
        return MessageEvent.DELAYED, code if is_temporary else "temporary_failure"
    if bounce_type == "Permanent":
        return MessageEvent.HARD_BOUNCED, code
    is_reply = subtype == "General" if bounce_type == "Transient" else action != "failed"
    return MessageEvent.SOFT_BOUNCED if is_reply else MessageEvent.REFUSED, code
