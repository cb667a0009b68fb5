"""The failure code of each type and subtype of bounce that SES reports."""

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
