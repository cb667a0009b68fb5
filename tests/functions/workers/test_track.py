"""The function ``track``, whole: every SES event in, outcomes out."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from facteur.adapters.dynamodb.keys import Keys
from facteur.domain.identity import SendId
from facteur.domain.known_recipient import AddressState
from facteur.domain.message import EventKey, MessageEvent, Outcome
from facteur.domain.send import SendStatus
from functions.deliver.handler import handler as deliver
from functions.track.handler import handler
from tests.functions.workers.conftest import ORG, SEND, Deployed, context, event

TO = "compta@dupont.example"


@pytest.fixture
def sent(deployed: Deployed) -> Deployed:
    """A Send to one recipient that SES has accepted."""
    deployed.send("compta@dupont.example")
    batch = event("deliver")
    del batch["Records"][1]
    deliver(batch, context())
    return deployed


@pytest.mark.feature("S67", "B5")
@pytest.mark.parametrize(
    ("name", "outcome", "status"),
    [
        ("send", Outcome.SENT, SendStatus.SENT),
        ("delivery", Outcome.DELIVERED, SendStatus.SENT),
        ("sns-envelope", Outcome.DELIVERED, SendStatus.SENT),
        ("delivery-delay", Outcome.DELAYED, SendStatus.SENT),
        ("complaint", Outcome.COMPLAINED, SendStatus.SENT),
        ("bounce", Outcome.BOUNCED, SendStatus.FAILED),
        ("bounce-suppressed", Outcome.BOUNCED, SendStatus.FAILED),
        ("bounce-transient", Outcome.BOUNCED, SendStatus.FAILED),
        ("bounce-automatic-reply", Outcome.BOUNCED, SendStatus.FAILED),
        ("bounce-naming-nobody", Outcome.BOUNCED, SendStatus.FAILED),
        ("complaint-not-spam", Outcome.SENT, SendStatus.SENT),
        ("complaint-suppressed", Outcome.BOUNCED, SendStatus.FAILED),
        ("reject", Outcome.REJECTED, SendStatus.FAILED),
        ("rendering-failure", Outcome.FAILED, SendStatus.FAILED),
    ],
)
def test_an_event_changes_the_recipient_and_the_send(
    sent: Deployed, name: str, outcome: Outcome, status: SendStatus
) -> None:
    answer = handler(event(f"track-{name}"), context())

    progress = sent.row().progress
    assert answer == {"batchItemFailures": []}
    assert progress.recipients[0].outcome is outcome
    assert progress.status is status
    assert sent.row().notified == (status is SendStatus.FAILED)


@pytest.mark.feature("B5", "B25", "S77")
def test_a_message_not_sent_to_somebody_who_once_complained_is_explained_to_its_sender(
    sent: Deployed,
) -> None:
    handler(event("track-complaint-suppressed"), context())

    error = sent.row().progress.error
    (queued,) = sent.queued()
    notice = sent.store.sends(ORG).get(SendId(queued["send"]))
    assert error is not None
    assert error.code == "suppressed"
    assert notice.recipients[0].address == "marie@atelier-durand.example"
    assert "compta@dupont.example" in notice.body
    assert "a déjà refusé des messages" in notice.body


@pytest.mark.feature("B2")
def test_the_send_event_settles_a_message_whose_answer_was_lost(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example")

    handler(event("track-send"), context())

    state = deployed.state()
    assert state is not None
    assert state.ses_message_id is not None
    assert state.ses_message_id.startswith("0102019ab4d1c3f2")
    assert EventKey(MessageEvent.SENT) in state.events
    assert deployed.row().progress.status is SendStatus.SENT


@pytest.mark.feature("B25")
def test_a_bounce_reported_twice_sends_one_notice(sent: Deployed) -> None:
    handler(event("track-bounce"), context())
    handler(event("track-bounce"), context())

    assert len(sent.queued()) == 1


@pytest.mark.parametrize("name", ["first-message", "open", "other-application"])
def test_what_is_none_of_ours_is_acknowledged(
    deployed: Deployed, name: str, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = handler(event(f"track-{name}"), context())

    assert answer == {"batchItemFailures": []}
    assert "event set aside" in [line.get("message") for line in logged()]


def test_an_event_of_an_unknown_send_is_acknowledged(deployed: Deployed) -> None:
    assert handler(event("track-bounce"), context()) == {"batchItemFailures": []}


@pytest.mark.feature("B5")
def test_a_bounce_of_an_address_to_which_mail_is_forwarded_is_warned_of_and_counted(
    deployed: Deployed, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    deployed.send("compta@dupont.example", "direction@dupont.example", separate=False)
    bounce = event("track-bounce")
    bounce["Records"][0]["body"] = bounce["Records"][0]["body"].replace(
        '"bouncedRecipients":[{"emailAddress":"compta@dupont.example"',
        '"bouncedRecipients":[{"emailAddress":"private@elsewhere.example"',
    )
    bounce["Records"].append(event("track-bounce-several")["Records"][0] | {"messageId": "known"})

    handler(bounce, context())

    lines = logged()
    (warning,) = [line for line in lines if line.get("message") == "event names an unknown address"]
    (metrics,) = [line for line in lines if "_aws" in line]
    assert (warning["send"], warning["event"]) == (SEND, "hard_bounced")
    assert "@" not in json.dumps([line for line in lines if "_aws" not in line])
    assert metrics["EventsUnmatched"] == [1.0, 0.0]


@pytest.mark.feature("B5")
@pytest.mark.parametrize(
    ("name", "outcome", "status"),
    [
        ("bounce-transient", Outcome.BOUNCED, SendStatus.FAILED),
        ("bounce", Outcome.BOUNCED, SendStatus.FAILED),
        ("bounce-automatic-reply", Outcome.DELIVERED, SendStatus.SENT),
        ("complaint-not-spam", Outcome.DELIVERED, SendStatus.SENT),
    ],
)
def test_after_a_delivery_a_bounce_counts_unless_it_is_an_automatic_reply(
    sent: Deployed, name: str, outcome: Outcome, status: SendStatus
) -> None:
    handler(event("track-delivery"), context())

    handler(event(f"track-{name}"), context())

    progress = sent.row().progress
    assert (progress.recipients[0].outcome, progress.status) == (outcome, status)


@pytest.mark.feature("B5")
def test_a_recipient_whose_mail_is_only_late_is_not_failed_by_the_bounce_of_another(
    deployed: Deployed,
) -> None:
    deployed.send("compta@dupont.example", "direction@dupont.example", separate=False)

    handler(event("track-bounce-mixed"), context())

    outcomes = [one.outcome for one in deployed.row().progress.recipients]
    assert outcomes == [Outcome.BOUNCED, Outcome.DELAYED]


def test_a_broken_event_of_ours_fails_alone_and_shows_no_address(
    sent: Deployed, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    broken = event("track-bounce")["Records"][0] | {"messageId": "broken"}
    body = json.loads(broken["body"])
    body["bounce"]["timestamp"] = "compta@dupont.example"
    broken["body"] = json.dumps(body)
    logged()

    answer = handler({"Records": [broken, event("track-delivery")["Records"][0]]}, context())

    assert answer == {"batchItemFailures": [{"itemIdentifier": "broken"}]}
    assert sent.row().progress.recipients[0].outcome is Outcome.DELIVERED
    assert "@" not in json.dumps(logged())


def test_an_event_whose_send_could_not_be_settled_comes_again(sent: Deployed) -> None:
    # The notice of the failure cannot be enqueued: its queue is gone.
    boto3.client("sqs").delete_queue(QueueUrl=sent.queue_url)
    bounce = event("track-bounce")

    answer = handler(bounce, context())

    item = bounce["Records"][0]["messageId"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": item}]}


def test_what_an_event_tells_is_counted_once(
    sent: Deployed, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    logged()

    handler(event("track-bounce"), context())
    handler(event("track-bounce"), context())

    first, second = (line for line in logged() if "_aws" in line)
    assert first["MarkedHardBounced"] == [1.0]
    assert "MarkedHardBounced" not in second


@pytest.mark.feature("B35")
@pytest.mark.parametrize(
    ("names", "state"),
    [
        (["send", "delivery"], None),
        (["bounce"], AddressState.BOUNCED),
        (["bounce-suppressed"], AddressState.SUPPRESSED),
        (["complaint-suppressed"], AddressState.SUPPRESSED),
        (["complaint"], AddressState.COMPLAINED),
        (["complaint", "complaint-not-spam"], AddressState.OK),
        (["bounce-transient", "delivery-delay", "bounce-automatic-reply"], None),
    ],
)
def test_an_event_says_what_is_to_be_expected_of_the_address(
    sent: Deployed, names: list[str], state: AddressState | None
) -> None:
    for name in (*names, *names):
        assert handler(event(f"track-{name}"), context()) == {"batchItemFailures": []}

    found = sent.store.recipients(ORG).find_standings([TO]).get(TO)
    assert (found.state if found is not None else None) is state


@pytest.mark.feature("B35")
@pytest.mark.parametrize("queue_is_gone", [False, True])
def test_an_event_whose_standing_cannot_be_stored_comes_again_and_its_send_is_settled(
    sent: Deployed, queue_is_gone: bool
) -> None:
    unreadable = Keys(ORG).standing(TO) | {"state": {"S": "?"}, "at": {"S": "?"}}
    boto3.client("dynamodb").put_item(TableName="facteur", Item=unreadable)
    if queue_is_gone:
        # Then the notice cannot be enqueued either: the event is named once all the same.
        boto3.client("sqs").delete_queue(QueueUrl=sent.queue_url)
    bounce = event("track-bounce")

    answer = handler(bounce, context())

    item = bounce["Records"][0]["messageId"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": item}]}
    assert sent.row().progress.status is SendStatus.FAILED
