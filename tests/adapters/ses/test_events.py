"""Every SES event, read from complete payloads as AWS sends them."""

import functools
import json
import operator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from facteur.adapters.ses_events.bounce_codes import BOUNCE_CODES
from facteur.adapters.ses_events.parsing import read_event
from facteur.domain.errors import NotFoundError
from facteur.domain.message import MAX_DETAIL, MessageEvent
from facteur.locales.codes import FAILURE_CODES
from facteur.ports.ses_events import SesEvent

EVENTS = Path(__file__).parents[3] / "events"
ACCEPTED_AT = datetime(2026, 11, 24, 9, 0, 4, 512_000, tzinfo=UTC)


def body_of(name: str) -> str:
    event = json.loads((EVENTS / f"track-{name}.json").read_text("utf-8"))
    body: str = event["Records"][0]["body"]
    return body


def words_of(ses_event: SesEvent) -> str:
    """The words of the first recipient, or those about the message."""
    return ses_event.named[0].detail if ses_event.named else ses_event.detail


@pytest.mark.feature("B5")
@pytest.mark.parametrize(
    ("name", "event", "seconds", "code", "words"),
    [
        ("send", MessageEvent.SENT, 0, "", ""),
        ("delivery", MessageEvent.DELIVERED, 1.575, "", "250 2.0.0 OK"),
        (
            "bounce",
            MessageEvent.HARD_BOUNCED,
            2.889,
            "address_rejected",
            "smtp; 550 5.1.1 user unknown",
        ),
        (
            "bounce-suppressed",
            MessageEvent.HARD_BOUNCED,
            0.508,
            "suppressed",
            "Amazon SES did not send",
        ),
        (
            "bounce-transient",
            MessageEvent.REFUSED,
            44047.488,
            "mailbox_full",
            "smtp; 452 4.2.2",
        ),
        ("bounce-automatic-reply", MessageEvent.SOFT_BOUNCED, 44047.488, "temporary_failure", ""),
        ("complaint-not-spam", MessageEvent.NOT_SPAM, 5455.488, "", "not-spam"),
        ("complaint", MessageEvent.COMPLAINED, 5455.488, "", "abuse"),
        (
            "complaint-suppressed",
            MessageEvent.HARD_BOUNCED,
            0.508,
            "suppressed",
            "OnAccountSuppression",
        ),
        ("reject", MessageEvent.REJECTED, 0, "content_rejected", "Bad content"),
        ("rendering-failure", MessageEvent.FAILED, 0, "message_refused", "Attribute 'name'"),
        ("delivery-delay", MessageEvent.DELAYED, 3601.488, "temporary_failure", "smtp; 421 4.4.1"),
        ("sns-envelope", MessageEvent.DELIVERED, 1.575, "", "250 2.0.0 OK"),
    ],
)
def test_an_event_is_read_into_our_vocabulary(
    name: str, event: MessageEvent, seconds: float, code: str, words: str
) -> None:
    ses_event = read_event(body_of(name))

    assert ses_event.organization == "atelier-durand"
    assert ses_event.send == "01M86CH3M0KGFGWTNQT91RGNDA"
    assert ses_event.message == 0
    assert ses_event.ses_message_id.startswith("0102019ab4d1c3f2")
    assert ses_event.accepted_at == ACCEPTED_AT
    assert ses_event.event is event
    assert ses_event.at == ACCEPTED_AT + timedelta(seconds=seconds)
    assert ses_event.code == code
    assert words_of(ses_event).startswith(words)
    assert {(one.event, one.code) for one in ses_event.named} <= {(event, code)}


def test_each_recipient_of_a_bounce_keeps_its_own_words() -> None:
    ses_event = read_event(body_of("bounce-several"))

    first, second = ses_event.named
    assert (first.address, second.address) == ("DIRECTION@DUPONT.EXAMPLE", "compta@dupont.example")
    assert first.detail.endswith("Recipient address rejected")
    assert second.detail == "5.1.1"


@pytest.mark.feature("B5")
def test_each_recipient_of_a_bounce_has_the_action_that_its_server_took() -> None:
    """AWS's own example of a permanent bounce: the second recipient is only late."""
    failed, delayed = read_event(body_of("bounce-mixed")).named

    assert (failed.event, failed.code) == (MessageEvent.HARD_BOUNCED, "address_rejected")
    assert (delayed.event, delayed.code) == (MessageEvent.DELAYED, "temporary_failure")
    assert delayed.detail == "4.0.0"


@pytest.mark.feature("B5")
@pytest.mark.parametrize(
    ("kind", "action", "event"),
    [
        (("Transient", "General"), "failed", MessageEvent.SOFT_BOUNCED),
        (("Transient", "General"), "", MessageEvent.SOFT_BOUNCED),
        (("Transient", "MailboxFull"), "failed", MessageEvent.REFUSED),
        (("Transient", "MessageTooLarge"), "failed", MessageEvent.REFUSED),
        (("Transient", "ContentRejected"), " Failed ", MessageEvent.REFUSED),
        (("Transient", "AttachmentRejected"), "failed", MessageEvent.REFUSED),
        (("Transient", "CustomTimeoutExceeded"), "failed", MessageEvent.REFUSED),
        (("Transient", "OfAnotherYear"), "failed", MessageEvent.REFUSED),
        (("Transient", "MailboxFull"), "", MessageEvent.REFUSED),
        (("Transient", "MailboxFull"), "delayed", MessageEvent.DELAYED),
        (("Permanent", "General"), "failed", MessageEvent.HARD_BOUNCED),
        (("Permanent", "General"), "", MessageEvent.HARD_BOUNCED),
        (("Permanent", "General"), "delayed", MessageEvent.DELAYED),
        (("Permanent", "General"), "delivered", MessageEvent.DELIVERED),
        (("Permanent", "General"), "relayed", MessageEvent.DELIVERED),
        (("Permanent", "General"), "expanded", MessageEvent.DELIVERED),
        (("Undetermined", "Undetermined"), "failed", MessageEvent.REFUSED),
        (("Undetermined", "Undetermined"), "", MessageEvent.SOFT_BOUNCED),
    ],
)
def test_type_and_action_decide_what_a_bounce_means(
    kind: tuple[str, str], action: str, event: MessageEvent
) -> None:
    body = json.loads(body_of("bounce"))
    body["bounce"]["bounceType"], body["bounce"]["bounceSubType"] = kind
    body["bounce"]["bouncedRecipients"] = [{"emailAddress": "a@x.example", "action": action}]

    (named,) = read_event(json.dumps(body)).named

    assert named.event is event


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("bounce", ("bounce", "bouncedRecipients", 0, "diagnosticCode")),
        ("delivery", ("delivery", "smtpResponse")),
        ("delivery-delay", ("deliveryDelay", "delayedRecipients", 0, "diagnosticCode")),
        ("complaint", ("complaint", "complaintFeedbackType")),
        ("reject", ("reject", "reason")),
        ("rendering-failure", ("failure", "errorMessage")),
    ],
)
def test_of_the_words_of_a_remote_server_only_so_many_are_kept(
    name: str, path: tuple[str | int, ...]
) -> None:
    event = json.loads(body_of(name))
    *parents, leaf = path
    functools.reduce(operator.getitem, parents, event)[leaf] = "550 " * 50_000

    ses_event = read_event(json.dumps(event))

    assert words_of(ses_event) == ("550 " * 50_000)[:MAX_DETAIL]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("first-message", "not_an_event"),
        ("open", "unknown_event_type"),
        ("other-application", "not_ours"),
    ],
)
def test_events_that_are_not_ours_are_set_aside_with_a_reason(name: str, reason: str) -> None:
    with pytest.raises(NotFoundError) as raised:
        read_event(body_of(name))

    assert raised.value.code == reason


@pytest.mark.parametrize("body", ["", "[]", "null", '"text"', "{}", '{"Type":"Notification"}'])
def test_nonsense_is_set_aside(body: str) -> None:
    with pytest.raises(NotFoundError):
        read_event(body)


def test_an_event_of_ours_that_makes_no_sense_is_an_error_that_shows_no_address() -> None:
    event = json.loads(body_of("bounce"))
    del event["bounce"]["bounceType"]

    with pytest.raises(ValidationError) as raised:
        read_event(json.dumps(event))

    assert "@" not in str(raised.value)


def test_a_bounce_may_name_nobody() -> None:
    ses_event = read_event(body_of("bounce-naming-nobody"))

    assert ses_event.named == ()
    assert (ses_event.event, ses_event.code) == (MessageEvent.HARD_BOUNCED, "address_rejected")


@pytest.mark.feature("S77")
@pytest.mark.parametrize(
    ("kind", "code"),
    [*BOUNCE_CODES.items(), (("Undetermined", "Undetermined"), "undetermined")],
)
def test_every_kind_of_bounce_has_a_code_that_is_explained(
    kind: tuple[str, str], code: str
) -> None:
    event = json.loads(body_of("bounce"))
    event["bounce"]["bounceType"], event["bounce"]["bounceSubType"] = kind

    ses_event = read_event(json.dumps(event))

    assert ses_event.code == code
    assert ses_event.code in FAILURE_CODES
    assert (ses_event.event is MessageEvent.HARD_BOUNCED) == (kind[0] == "Permanent")
