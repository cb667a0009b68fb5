"""Reads the events that SES publishes through SNS and SQS."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from facteur.adapters.ses_events.models import (
    EVENT,
    EVENT_TYPES,
    Bounce,
    BounceEvent,
    Complaint,
    ComplaintEvent,
    DeliveryDelayEvent,
    DeliveryEvent,
    Event,
    Mail,
    Recipient,
    RejectEvent,
    RenderingFailureEvent,
    SendEvent,
    Tagged,
)
from facteur.domain.errors import NotFoundError
from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import MessageEvent
from facteur.ports.ses_events import SesEvent

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
"""Type and subtype of a bounce → our code. Other types are looked up by subtype alone.

https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types
"""
_BY_SUBTYPE = {subtype: code for (_, subtype), code in BOUNCE_CODES.items() if subtype != "General"}
_SUPPRESSED_COMPLAINT = "OnAccountSuppressionList"


def read_event(body: str) -> SesEvent:
    """Parse the SES event in an SQS message, with or without the SNS envelope.

    Raises NotFoundError for a body without an event about a message of ours: ``not_an_event`` (such
    as the plain text that SES first publishes to a topic), ``unknown_event_type``, or ``not_ours``
    (without our tags). Raises ValidationError for a malformed event of ours.
    """
    event = _decoded(body)
    if event.get("Type") == "Notification" and isinstance(event.get("Message"), str):
        event = _decoded(event["Message"])
    if not event:
        raise NotFoundError("not_an_event")
    if event.get("eventType") not in EVENT_TYPES:
        raise NotFoundError("unknown_event_type")
    try:
        Tagged.model_validate(event)
    except ValidationError as error:
        raise NotFoundError("not_ours") from error
    return _event_of(EVENT.validate_python(event))


def _decoded(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _event_of(event: Event) -> SesEvent:
    match event:
        case SendEvent():
            return _whole(event.mail, MessageEvent.SENT)
        case RejectEvent(reject=reject):
            return _whole(
                event.mail, MessageEvent.REJECTED, code="content_rejected", detail=reject.reason
            )
        case RenderingFailureEvent(failure=failure):
            detail = failure.error_message
            return _whole(event.mail, MessageEvent.FAILED, code="message_refused", detail=detail)
        case _:
            return _partial(event.mail, _concerned_by(event))


@dataclass(frozen=True, slots=True)
class _Concerned:
    """What happened to the given recipients, or to all when SES names none."""

    event: MessageEvent
    at: datetime
    recipients: Sequence[Recipient]
    code: str = ""


def _concerned_by(
    event: DeliveryEvent | BounceEvent | ComplaintEvent | DeliveryDelayEvent,
) -> _Concerned:
    match event:
        case DeliveryEvent(delivery=delivery):
            recipients = [
                Recipient(emailAddress=address, diagnosticCode=delivery.smtp_response)
                for address in delivery.recipients
            ]
            return _Concerned(MessageEvent.DELIVERED, delivery.timestamp, recipients)
        case BounceEvent(bounce=bounce):
            permanent = bounce.bounce_type == "Permanent"
            kind = MessageEvent.HARD_BOUNCED if permanent else MessageEvent.SOFT_BOUNCED
            code = _bounce_code(bounce)
            return _Concerned(kind, bounce.timestamp, bounce.bounced_recipients, code)
        case ComplaintEvent(complaint=complaint):
            return _complained(complaint)
        case DeliveryDelayEvent(delivery_delay=delay):
            code = "mailbox_full" if delay.delay_type == "MailboxFull" else "temporary_failure"
            return _Concerned(MessageEvent.DELAYED, delay.timestamp, delay.delayed_recipients, code)


def _complained(complaint: Complaint) -> _Concerned:
    """A complaint about this message, or a message suppressed because of an earlier one."""
    suppressed = complaint.complaint_sub_type == _SUPPRESSED_COMPLAINT
    words = complaint.complaint_sub_type if suppressed else complaint.complaint_feedback_type
    recipients = [
        Recipient(emailAddress=recipient.email_address, status=words)
        for recipient in complaint.complained_recipients
    ]
    if suppressed:
        return _Concerned(MessageEvent.HARD_BOUNCED, complaint.timestamp, recipients, "suppressed")
    return _Concerned(MessageEvent.COMPLAINED, complaint.timestamp, recipients)


def _bounce_code(bounce: Bounce) -> str:
    kind = (bounce.bounce_type, bounce.bounce_sub_type)
    return BOUNCE_CODES.get(kind) or _BY_SUBTYPE.get(bounce.bounce_sub_type, "undetermined")


def _whole(mail: Mail, event: MessageEvent, *, code: str = "", detail: str = "") -> SesEvent:
    """An event about the whole message, at the instant when SES accepted it."""
    return SesEvent(
        organization=OrgId(mail.tags.org[0]),
        send=SendId(mail.tags.send[0]),
        message=mail.tags.message[0],
        ses_message_id=mail.message_id,
        event=event,
        at=mail.timestamp,
        accepted_at=mail.timestamp,
        code=code,
        detail=detail,
    )


def _partial(mail: Mail, concerned: _Concerned) -> SesEvent:
    return replace(
        _whole(mail, concerned.event, code=concerned.code),
        at=concerned.at,
        addresses=tuple(recipient.email_address for recipient in concerned.recipients),
        details=tuple(recipient.detail for recipient in concerned.recipients),
    )
