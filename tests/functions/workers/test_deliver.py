"""The function ``deliver``, whole: a batch of the outbox in, mails and rows out."""

import email
import email.policy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import boto3
import pytest

from facteur.domain.send import SendStatus
from functions.deliver.handler import handler
from tests.functions.workers.conftest import ORG, SEND, Deployed, context, event


def outbox_body(n: int, send: str = SEND) -> str:
    return json.dumps({"org": ORG, "send": send, "n": n})


@pytest.mark.feature("S16", "S17", "S65")
def test_a_batch_becomes_mails_and_a_sent_row(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example", "direction@dupont.example")

    answer = handler(event("deliver"), context())

    assert answer == {"batchItemFailures": []}
    assert deployed.row().progress.status is SendStatus.SENT
    assert deployed.row().overdue_at is None
    assert len(deployed.mails()) == 2
    mail = email.message_from_string(deployed.mails()[0], policy=email.policy.default)
    assert mail["To"] == "compta@dupont.example"
    assert mail["From"] == "Marie Durand <marie@atelier-durand.example>"
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == "Facture F-2026-0142.pdf"
    assert attachment.get_content() == b"%PDF-1.7 facture"


@pytest.mark.feature("B1")
def test_the_same_batch_again_mails_nothing(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example", "direction@dupont.example")
    handler(event("deliver"), context())

    answer = handler(event("deliver"), context())

    assert answer == {"batchItemFailures": []}
    assert len(deployed.mails()) == 2


def test_a_poison_message_fails_alone(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example", "direction@dupont.example")
    batch = event("deliver")
    batch["Records"][0]["body"] = "poison"

    answer = handler(batch, context())

    assert answer == {"batchItemFailures": [{"itemIdentifier": batch["Records"][0]["messageId"]}]}
    assert len(deployed.mails()) == 1


def test_a_message_of_no_send_fails_alone(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example", "direction@dupont.example")
    batch = event("deliver")
    batch["Records"][1]["body"] = outbox_body(0, "01M86CH3M0KGFGWTNQT91RGNDZ")

    answer = handler(batch, context())

    assert answer["batchItemFailures"] == [{"itemIdentifier": batch["Records"][1]["messageId"]}]
    assert len(deployed.mails()) == 1


def test_without_time_messages_are_seen_again_at_once(
    deployed: Deployed, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    deployed.send("compta@dupont.example")
    deployed.enqueue(outbox_body(0))
    batch = deployed.taken()

    answer = handler(batch, context(seconds_left=5))

    assert len(answer["batchItemFailures"]) == 1
    assert not deployed.mails()
    assert deployed.state() is None
    assert [message["n"] for message in deployed.queued()] == [0]
    (metrics,) = [line for line in logged() if "_aws" in line]
    assert metrics["MessagesPutBack"] == [1.0]


@pytest.mark.feature("S66", "S77", "B22", "B25")
def test_a_sender_that_is_not_verified_fails_the_send_and_is_told(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example")
    boto3.client("sesv2").delete_email_identity(EmailIdentity="atelier-durand.example")
    batch = event("deliver")
    del batch["Records"][1]

    answer = handler(batch, context())

    row = deployed.row()
    assert answer == {"batchItemFailures": []}
    assert row.progress.status is SendStatus.FAILED
    assert row.progress.error is not None
    assert row.progress.error.code == "sender_not_verified"
    assert row.notified
    (notice,) = deployed.queued()
    assert notice["send"] != SEND


def test_settling_twice_writes_nothing_the_second_time(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example", "direction@dupont.example")
    handler(event("deliver"), context())
    revision = deployed.row().revision

    deployed.clock.advance(timedelta(minutes=1))
    handler(event("deliver"), context())

    assert deployed.row().revision == revision


def test_logs_and_metrics_name_ids_only(
    deployed: Deployed, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    deployed.send("compta@dupont.example", "direction@dupont.example")
    batch = event("deliver")
    batch["Records"][1]["body"] = '{"org": "compta@dupont.example"}'

    handler(batch, context())

    lines = logged()
    assert "@" not in json.dumps([line for line in lines if "_aws" not in line])
    (metrics,) = [line for line in lines if "_aws" in line]
    assert metrics["MessagesReceived"] == [2.0]
    assert metrics["MessagesSent"] == [1.0]
    delivered = [line for line in lines if line.get("message") == "message delivered"]
    assert [(line["send"], line["verdict"]) for line in delivered] == [(SEND, "sent")]
