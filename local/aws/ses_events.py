"""The events that SES publishes for a message, in the format of its event publishing.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from local.state.clock import format_instant
from local.template.names import ACCOUNT, REGION

type Event = dict[str, object]

SIMULATOR = "simulator.amazonses.com"
"""https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator"""
TRANSIT = timedelta(seconds=1)
"""How long after accepting a message SES dates its delivery, bounce or complaint: later than the
``sent_at`` that ``deliver`` records."""
_MTA = "a8-70.smtp-out.eu-west-3.amazonses.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedMessage:
    """A message that SES has accepted."""

    id: str
    source: str
    destination: Sequence[str]
    headers: Sequence[tuple[str, str]]
    tags: Mapping[str, str]
    configuration_set: str
    at: datetime


def events_of(mail: AcceptedMessage) -> Iterator[tuple[float, Event]]:
    """The events of a message, each with the seconds after which it is published, in order.

    Addresses of the mailbox simulator bounce or complain by their names; all others are delivered.
    """
    yield 0.05, _event(mail, "Send", {})
    by_result: dict[str, list[str]] = {}
    for address in mail.destination:
        by_result.setdefault(_result_for(address), []).append(address)
    delivered = [
        address
        for result in ("success", "complaint", "ooto")
        for address in by_result.get(result, [])
    ]
    if delivered:
        yield 0.4, _event(mail, "Delivery", _delivery(mail, delivered))
    for address in by_result.get("bounce", []):
        yield 0.5, _event(mail, "Bounce", _bounce(mail, address, "Permanent", "General"))
    for address in by_result.get("suppressionlist", []):
        yield 0.5, _event(mail, "Bounce", _bounce(mail, address, "Permanent", "Suppressed"))
    for address in by_result.get("ooto", []):
        yield 0.8, _event(mail, "Bounce", _bounce(mail, address, "Transient", "General"))
    for address in by_result.get("complaint", []):
        yield 1.0, _event(mail, "Complaint", _complaint(mail, address))


def _result_for(address: str) -> str:
    local, _, domain = address.lower().partition("@")
    name = local.partition("+")[0]
    known = ("bounce", "complaint", "suppressionlist", "ooto")
    return name if domain == SIMULATOR and name in known else "success"


def _event(mail: AcceptedMessage, kind: str, details: Event) -> Event:
    """An event of type ``kind``; ``details`` is its own part."""
    name = kind[0].lower() + kind[1:]
    return {"eventType": kind, "mail": _mail(mail), name: details}


def _mail(mail: AcceptedMessage) -> Event:
    named = {name.lower(): value for name, value in mail.headers}
    common = {
        "from": [named.get("from", mail.source)],
        "date": named.get("date", ""),
        "to": [named["to"]] if "to" in named else [],
        "messageId": mail.id,
        "subject": named.get("subject", ""),
    }
    tags = {name: [value] for name, value in mail.tags.items()}
    return {
        "timestamp": format_instant(mail.at),
        "source": mail.source,
        "sourceArn": f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{mail.source.rpartition('@')[2]}",
        "sendingAccountId": ACCOUNT,
        "messageId": mail.id,
        "destination": list(mail.destination),
        "headersTruncated": False,
        "headers": [{"name": name, "value": value} for name, value in mail.headers],
        "commonHeaders": common,
        "tags": {
            "ses:operation": ["SendEmail"],
            "ses:configuration-set": [mail.configuration_set],
            "ses:source-ip": ["127.0.0.1"],
            "ses:from-domain": [mail.source.rpartition("@")[2]],
            "ses:caller-identity": ["deliver"],
            **tags,
        },
    }


def _delivery(mail: AcceptedMessage, addresses: list[str]) -> Event:
    return {
        "timestamp": format_instant(mail.at + TRANSIT),
        "processingTimeMillis": TRANSIT // timedelta(milliseconds=1),
        "recipients": addresses,
        "smtpResponse": f"250 2.0.0 OK {mail.id[:16]} - accepted for delivery",
        "reportingMTA": _MTA,
    }


def _bounce(mail: AcceptedMessage, address: str, kind: str, subtype: str) -> Event:
    recipient = {"emailAddress": address}
    if subtype == "General" and kind == "Permanent":
        recipient |= {
            "action": "failed",
            "status": "5.1.1",
            "diagnosticCode": "smtp; 550 5.1.1 user unknown",
        }
    elif subtype == "Suppressed":
        recipient |= {
            "action": "failed",
            "status": "5.1.1",
            "diagnosticCode": "Amazon SES has suppressed sending to this address because it has a"
            " recent history of bouncing as an invalid address.",
        }
    return {
        "feedbackId": f"0100{uuid.uuid4()}-000000",
        "bounceType": kind,
        "bounceSubType": subtype,
        "bouncedRecipients": [recipient],
        "timestamp": format_instant(mail.at + TRANSIT),
        "reportingMTA": f"dns; {_MTA}",
    }


def _complaint(mail: AcceptedMessage, address: str) -> Event:
    return {
        "feedbackId": f"0100{uuid.uuid4()}-000000",
        "complaintSubType": None,
        "complainedRecipients": [{"emailAddress": address}],
        "timestamp": format_instant(mail.at + TRANSIT),
        "userAgent": "Amazon SES Mailbox Simulator",
        "complaintFeedbackType": "abuse",
        "arrivalDate": format_instant(mail.at + TRANSIT),
    }
