"""The function ``deliver``, whole: a batch of the outbox in, mails and rows out."""

import email
import email.policy
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest

from facteur.adapters.dynamodb.attributes import Item
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.table import Table
from facteur.domain.address import Recipient, Role
from facteur.domain.composing import MAX_UNFINISHED, WORKER_LIFETIME, ComposingAttempt
from facteur.domain.identity import SendId
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


def test_without_time_messages_are_visible_again_at_once(
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


@pytest.mark.feature("B46")
def test_a_send_that_may_kill_the_worker_is_handled_after_the_others(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example")
    sends, other = deployed.store.sends(ORG), SendId("01M86CH3M0KGFGWTNQT91RGNDZ")
    sends.create(
        replace(sends.get(SEND), id=other, recipients=(Recipient("b@y.example", Role.TO),))
    )
    sends.begin_composing(SEND, ComposingAttempt(deployed.clock.now(), "killed"))
    batch = event("deliver")
    batch["Records"][1]["body"] = outbox_body(0, other)

    handler(batch, context())

    assert ["b@y.example" in mail for mail in deployed.mails()] == [True, False]
    assert not sends.get_unfinished(SEND)


@pytest.mark.feature("B25", "B46")
def test_a_send_that_killed_all_its_workers_is_given_up_with_a_notice(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example")
    sends, long_ago = deployed.store.sends(ORG), deployed.clock.now() - 2 * WORKER_LIFETIME
    for n in range(MAX_UNFINISHED):
        sends.begin_composing(SEND, ComposingAttempt(long_ago, f"killed-{n}"))
    batch = event("deliver")
    del batch["Records"][1]

    answer = handler(batch, context())

    error = deployed.row().progress.error
    assert answer == {"batchItemFailures": []}
    assert not deployed.mails()
    assert error is not None
    assert error.code == "render_failed"
    assert deployed.row().notified


@pytest.mark.feature("S66", "S77", "B22", "B25")
def test_a_sender_that_is_not_verified_fails_the_send_with_a_notice(deployed: Deployed) -> None:
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


def rewrite(key: Item, name: str, old: bytes, new: bytes) -> None:
    """Change what an attribute of an item says, as only an operator could."""
    table = Table(boto3.client("dynamodb"), "facteur")
    [item] = table.get_many([key])
    match item[name]:
        case {"B": bytes(value)}:
            item[name] = {"B": zlib.compress(zlib.decompress(value).replace(old, new))}
        case {"S": str(value)}:
            item[name] = {"S": value.replace(old.decode(), new.decode())}
    table.put_many([item])


def test_of_an_item_that_cannot_be_read_the_log_says_where_and_not_what(
    deployed: Deployed, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    deployed.send("compta@dupont.example")
    rewrite(Keys(ORG).send_content(SEND), "content", b'"separate":true', b'"separate":"secret"')
    batch = event("deliver")
    del batch["Records"][1]

    answer = handler(batch, context())

    lines = json.dumps(logged())
    assert answer == {"batchItemFailures": [{"itemIdentifier": batch["Records"][0]["messageId"]}]}
    assert "separate: bool_parsing" in lines
    for private in ("secret", "dupont", "Bonjour"):
        assert private not in lines


def test_of_a_row_that_cannot_be_read_the_log_says_where_and_not_what(
    deployed: Deployed, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    deployed.send("compta@dupont.example")
    rewrite(Keys(ORG).send_row(SEND), "p", b'"st":"queued"', b'"st":"secret"')
    batch = event("deliver")
    del batch["Records"][1]

    handler(batch, context())

    lines = json.dumps(logged())
    assert "progress.status: enum" in lines
    for private in ("secret", "dupont", "Facture"):
        assert private not in lines


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
    assert [(line["send"], line["result"]) for line in delivered] == [(SEND, "sent")]
