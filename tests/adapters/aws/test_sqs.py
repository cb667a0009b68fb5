"""The queue ``outbox``: batches, refused entries, bodies."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws
from pydantic import ValidationError

from facteur.adapters.sqs import SqsOutbox, SqsRedelivery, read_outbox
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import Claim
from facteur.ports import OutboxMessage

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient


def message(n: int) -> OutboxMessage:
    return OutboxMessage(organization=OrgId("atelier"), send=SendId("01SEND"), n=n)


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


@pytest.fixture
def queue_url(client: "SQSClient") -> str:
    return client.create_queue(QueueName="outbox")["QueueUrl"]


def received(client: "SQSClient", queue_url: str) -> list[str]:
    bodies = []
    while batch := client.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get(
        "Messages"
    ):
        bodies += [item["Body"] for item in batch]
    return bodies


@pytest.mark.parametrize("count", [0, 1, 10, 23, 205])
def test_every_message_arrives_and_reads_back(
    client: "SQSClient", queue_url: str, count: int
) -> None:
    messages = [message(n) for n in range(count)]

    SqsOutbox(client, queue_url=queue_url).put(messages)

    bodies = received(client, queue_url)
    assert sorted((read_outbox(body) for body in bodies), key=lambda item: item.n) == messages


def test_a_claim_that_was_not_released_reads_back(client: "SQSClient", queue_url: str) -> None:
    claim = Claim("5b1c7a348f0e4a439d1b2f6f0f3f9a11", datetime(2026, 11, 24, 9, 0, 0, 123_000, UTC))
    unsent = replace(message(3), unsent=claim)

    SqsOutbox(client, queue_url=queue_url).put([unsent])

    (body,) = received(client, queue_url)
    assert read_outbox(body) == unsent


@pytest.mark.feature("B46")
def test_every_message_is_in_the_group_of_its_organization(
    client: "SQSClient", queue_url: str
) -> None:
    other = OutboxMessage(organization=OrgId("boulangerie"), send=SendId("01SEND"), n=0)

    SqsOutbox(client, queue_url=queue_url).put([message(0), other])

    answer = client.receive_message(
        QueueUrl=queue_url,
        MaxNumberOfMessages=10,
        MessageSystemAttributeNames=["MessageGroupId"],
    )
    assert {
        read_outbox(item["Body"]).organization: item["Attributes"]["MessageGroupId"]
        for item in answer["Messages"]
    } == {"atelier": "atelier", "boulangerie": "boulangerie"}


def test_a_refused_entry_is_tried_again_alone(client: "SQSClient") -> None:
    with Stubber(client) as stub:
        stub.add_response(
            "send_message_batch",
            {
                "Successful": [{"Id": "0", "MessageId": "m", "MD5OfMessageBody": "x"}],
                "Failed": [{"Id": "1", "SenderFault": False, "Code": "InternalError"}],
            },
        )
        stub.add_response(
            "send_message_batch",
            {
                "Successful": [{"Id": "1", "MessageId": "m", "MD5OfMessageBody": "x"}],
                "Failed": [],
            },
            {
                "QueueUrl": "https://queue",
                "Entries": [
                    {
                        "Id": "1",
                        "MessageBody": '{"org":"atelier","send":"01SEND","n":1}',
                        "MessageGroupId": "atelier",
                    }
                ],
            },
        )

        SqsOutbox(client, queue_url="https://queue").put([message(0), message(1)])

        stub.assert_no_pending_responses()


def test_entries_refused_for_ever_are_an_error(client: "SQSClient") -> None:
    with Stubber(client) as stub:
        for _ in range(3):
            stub.add_response(
                "send_message_batch",
                {
                    "Successful": [],
                    "Failed": [{"Id": "0", "SenderFault": False, "Code": "InternalError"}],
                },
            )

        with pytest.raises(UnavailableError):
            SqsOutbox(client, queue_url="https://queue").put([message(0)])


def test_a_queue_that_is_gone_is_unavailable(client: "SQSClient") -> None:
    with pytest.raises(UnavailableError):
        SqsOutbox(client, queue_url="https://sqs.eu-west-3.amazonaws.com/1/gone").put([message(0)])


def test_a_delayed_message_is_hidden_for_that_long(client: "SQSClient", queue_url: str) -> None:
    client.send_message(QueueUrl=queue_url, MessageBody="x")
    taken = client.receive_message(QueueUrl=queue_url, VisibilityTimeout=600)["Messages"][0]

    SqsRedelivery(client, queue_url=queue_url).delay(taken["ReceiptHandle"], timedelta())

    assert received(client, queue_url) == ["x"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        '{"org":"a","send":"b","n":-1}',
        '{"org":"a#b","send":"b","n":0}',
        '{"org":"a","send":"b","n":0,"unsent":{"owner":"x y","at":"2026-11-24T09:00:00Z"}}',
        '{"org":"a","send":"b","n":0,"unsent":{"owner":"x","at":"2026-11-24T09:00:00"}}',
        "nonsense",
    ],
)
def test_a_body_that_is_no_message_is_refused(body: str) -> None:
    with pytest.raises(ValidationError):
        read_outbox(body)
