"""The workers as deployed: their own wiring, on the table, queue, bucket and SES of moto."""

import json
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import boto3
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from moto.ses.models import ses_backends

import facteur.bootstrap.campaigns
import facteur.bootstrap.deliver
import facteur.bootstrap.notify
import facteur.bootstrap.reconcile
import facteur.bootstrap.run_campaign
import facteur.bootstrap.track
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.adapters.s3 import S3Archive
from facteur.domain.address import Recipient, Role
from facteur.domain.content import DocumentType
from facteur.domain.identity import DocumentId, OrgId, SendId, UserId
from facteur.domain.message import MessageState
from facteur.domain.send import FrozenDocument, Origin, Send
from facteur.domain.send_row import SendRow
from facteur.domain.settings import Sender
from tests.fakes import FakeClock
from tests.support.deployment import REGION, deployment

# Powertools reads it when a handler is imported.
os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "Facteur")

EVENTS = Path(__file__).parents[3] / "events"
ORG = OrgId("atelier-durand")
SEND = SendId("01M86CH3M0KGFGWTNQT91RGNDA")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 facture"
BUILDERS = (
    facteur.bootstrap.deliver.deliver,
    facteur.bootstrap.notify.notify,
    facteur.bootstrap.track.track,
    facteur.bootstrap.reconcile.reconcile,
    facteur.bootstrap.run_campaign.run_campaign,
    facteur.bootstrap.campaigns.campaigns,
)


def context(seconds_left: float = 60) -> LambdaContext:
    return cast(
        LambdaContext,
        SimpleNamespace(
            function_name="facteur",
            memory_limit_in_mb=1024,
            invoked_function_arn=f"arn:aws:lambda:{REGION}:123456789012:function:facteur",
            aws_request_id="6b06c0d4-3c1f-4a7e-8b9d-4f6081a3c5e7",
            get_remaining_time_in_millis=lambda: int(seconds_left * 1000),
        ),
    )


def event(name: str) -> dict[str, Any]:
    """A payload of events/."""
    read: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text("utf-8"))
    return read


@dataclass
class Deployed:
    """What the workers share, and what a test may look at."""

    store: DynamoStore
    sqs: Any
    queue_url: str
    clock: FakeClock
    clients: dict[str, Any] = field(default_factory=dict)
    due_url: str = ""

    def send(self, *addresses: str, separate: bool = True) -> SendId:
        """The Send that the payloads of events/ are about: one message for each address, unless
        it is grouped."""
        archive = S3Archive(self.clients["s3"], bucket="archive")
        document = FrozenDocument(
            id=DocumentId("01M86CH3M0KGFGWTNQT91RGND0"),
            type=DocumentType.INVOICE,
            name="Facture F-2026-0142",
            number="F-2026-0142",
            date=NOW.date(),
            filename="Facture F-2026-0142.pdf",
            size=len(PDF),
            sha256=archive.put(ORG, PDF),
        )
        send = Send(
            id=SEND,
            origin=Origin.MANUAL,
            created_by=UserId("marie"),
            queued_at=self.clock.now(),
            sender=Sender(
                name="Marie Durand",
                address="marie@atelier-durand.example",
                reply_to=None,
                copy_to="marie@atelier-durand.example",
            ),
            recipients=tuple(Recipient(address, Role.TO) for address in addresses),
            separate=separate,
            copy=None,
            subject="Facture F-2026-0142 - Dupont BTP",
            body="Bonjour,",
            document_type=DocumentType.INVOICE,
            documents=(document,),
        )
        self.store.sends(ORG).create(send)
        return send.id

    def row(self, send: SendId = SEND) -> SendRow:
        return self.store.sends(ORG).get_row(send)

    def state(self, n: int = 0) -> MessageState | None:
        return self.store.sends(ORG).find_message(SEND, n)

    def mails(self) -> list[str]:
        """The raw source of every mail SES took."""
        backend = ses_backends["123456789012"][REGION]
        return [message.raw_data for message in backend.sent_messages]

    def enqueue(self, *bodies: str) -> None:
        for body in bodies:
            self.sqs.send_message(QueueUrl=self.queue_url, MessageBody=body)

    def queued(self) -> list[dict[str, Any]]:
        """The bodies of the messages of the outbox that can be received."""
        return self._received(self.queue_url)

    def due(self) -> list[dict[str, Any]]:
        """The bodies of the messages of the queue ``due`` that can be received."""
        return self._received(self.due_url)

    def _received(self, queue_url: str) -> list[dict[str, Any]]:
        answer = self.sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in answer.get("Messages", [])]

    def taken(self) -> dict[str, Any]:
        """What Lambda would be given: the payload of events/ with receipt handles that work."""
        answer = self.sqs.receive_message(
            QueueUrl=self.queue_url, MaxNumberOfMessages=10, AttributeNames=["All"]
        )
        template = event("deliver")["Records"][0]
        return {
            "Records": [
                template
                | {
                    "messageId": message["MessageId"],
                    "receiptHandle": message["ReceiptHandle"],
                    "body": message["Body"],
                    "attributes": template["attributes"] | message["Attributes"],
                }
                for message in answer["Messages"]
            ]
        }


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployed]:
    """An empty deployment with one verified sender, at nine o'clock."""
    for name, value in {
        "CONFIGURATION_SET": "facteur",
        "SCHEDULE_GROUP": "facteur",
        "SCHEDULER_ROLE_ARN": "arn:aws:iam::123456789012:role/scheduler",
        "DUE_QUEUE_ARN": f"arn:aws:sqs:{REGION}:123456789012:due",
        "DUE_DLQ_ARN": f"arn:aws:sqs:{REGION}:123456789012:due-dead-letters",
    }.items():
        monkeypatch.setenv(name, value)
    clock = FakeClock(NOW)
    with deployment(monkeypatch, clock, *BUILDERS) as made:
        due_url = made.sqs.create_queue(QueueName="due")["QueueUrl"]
        monkeypatch.setenv("DUE_QUEUE_URL", due_url)
        boto3.client("scheduler").create_schedule_group(Name="facteur")
        boto3.client("sesv2").create_email_identity(EmailIdentity="atelier-durand.example")
        store = DynamoStore(made.dynamodb, "facteur", clock=clock)
        yield Deployed(store, made.sqs, made.outbox_url, clock, {"s3": made.s3}, due_url)


@pytest.fixture
def logged(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> Callable[[], list[dict[str, Any]]]:
    """The JSON lines written since the last call: logs, as formatted, and metrics."""
    caplog.set_level(logging.INFO)

    def read() -> list[dict[str, Any]]:
        lines = [
            logging.getLogger(record.name).handlers[0].format(record)
            for record in caplog.records
            if logging.getLogger(record.name).handlers
        ]
        caplog.clear()
        lines += [line for line in capsys.readouterr().out.splitlines() if "_aws" in line]
        return [json.loads(line) for line in lines]

    return read
