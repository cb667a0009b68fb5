"""The queue ``hooks``: bodies that are read, groups, delays, and what is refused."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from pydantic import ValidationError

from facteur.adapters.sqs_hooks import SqsHookQueue, read_hook
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import HookId, OrgId, WebhookId
from facteur.ports import HookMessage

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

WEBHOOK = WebhookId("01KBX6D4E8N2S3V7XZ0RB1QPMH")


def message(n: int = 0) -> HookMessage:
    return HookMessage(
        organization=OrgId("atelier"),
        webhook=WEBHOOK,
        hook=HookId(f"01KBX6F9J1P5T8W2Y4SC3VRQ{n:02}"),
    )


@pytest.fixture
def client() -> "Iterator[SQSClient]":
    with mock_aws():
        client: Any = boto3.client(
            "sqs",
            region_name="eu-west-3",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )
        yield client


def test_messages_arrive_and_read_back_in_the_group_of_their_organization(
    client: "SQSClient",
) -> None:
    url = client.create_queue(QueueName="hooks")["QueueUrl"]
    sent = [message(n) for n in range(25)]

    SqsHookQueue(client, queue_url=url).put(sent)

    received = []
    while batch := client.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["MessageGroupId"]
    ).get("Messages"):
        received += batch
    assert sorted(read_hook(one["Body"]).hook for one in received) == [one.hook for one in sent]
    assert {one["Attributes"]["MessageGroupId"] for one in received} == {"atelier"}


def test_delayed_message_is_not_there_yet(client: "SQSClient") -> None:
    url = client.create_queue(QueueName="hooks")["QueueUrl"]

    SqsHookQueue(client, queue_url=url).put([message()], delay=timedelta(minutes=5))

    assert "Messages" not in client.receive_message(QueueUrl=url)


def test_queue_that_is_missing_is_unavailable(client: "SQSClient") -> None:
    queue = SqsHookQueue(client, queue_url="https://sqs.eu-west-3.amazonaws.com/1/none")

    with pytest.raises(UnavailableError, match="queue_unavailable"):
        queue.put([message()])


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        '{"org": "a#b", "webhook": "1", "hook": "2"}',
        '{"org": "a", "webhook": "1", "hook": "2", "url": "https://x.example"}',
        '{"org": "a", "webhook": "1", "hook": "../2"}',
    ],
)
def test_body_that_is_none_of_ours_is_refused(body: str) -> None:
    with pytest.raises(ValidationError):
        read_hook(body)
