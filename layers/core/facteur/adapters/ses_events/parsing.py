"""Reads the events that SES publishes through SNS and SQS."""

import json
from typing import Any

from pydantic import ValidationError

from facteur.adapters.ses_events.event_types import EVENT, EVENT_TYPES, Event, Tagged
from facteur.domain.errors import NotFoundError
from facteur.domain.identity import OrgId, SendId
from facteur.ports.ses_events import SesEvent


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
    return _ses_event(EVENT.validate_python(event))


def _decoded(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _ses_event(event: Event) -> SesEvent:
    mail, report = event.mail, event.report()
    return SesEvent(
        organization=OrgId(mail.tags.org[0]),
        send=SendId(mail.tags.send[0]),
        message=mail.tags.message[0],
        ses_message_id=mail.message_id,
        event=report.event,
        at=report.at,
        accepted_at=mail.timestamp,
        named=tuple(report.named),
        code=report.code,
        detail=report.detail,
    )
