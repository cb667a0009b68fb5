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

EVENTS = Path(__file__).parents[3] / "events"
ACCEPTED_AT = datetime(2026, 11, 24, 9, 0, 4, 512_000, tzinfo=UTC)


def body_of(name: str) -> str:
    event = json.loads((EVENTS / f"track-{name}.json").read_text("utf-8"))
    body: str = event["Records"][0]["body"]
    return body


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
            MessageEvent.SOFT_BOUNCED,
            44047.488,
            "mailbox_full",
            "smtp; 452 4.2.2",
        ),
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
    assert (ses_event.details[0] if ses_event.details else ses_event.detail).startswith(words)


def test_each_recipient_of_a_bounce_keeps_its_own_words() -> None:
    ses_event = read_event(body_of("bounce-several"))

    assert ses_event.addresses == ("DIRECTION@DUPONT.EXAMPLE", "compta@dupont.example")
    assert ses_event.details[0].endswith("Recipient address rejected")
    assert ses_event.details[1] == "5.1.1"


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

    kept = ses_event.details[0] if ses_event.details else ses_event.detail
    assert kept == ("550 " * 50_000)[:MAX_DETAIL]


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


def test_a_bounce_that_names_nobody_concerns_everybody() -> None:
    event = json.loads(body_of("bounce"))
    event["bounce"]["bouncedRecipients"] = []

    assert read_event(json.dumps(event)).addresses == ()


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
