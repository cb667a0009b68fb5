"""The queue ``due``: bodies that are read, and those that are refused."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from pydantic import ValidationError

from facteur.adapters.sqs import SqsDueQueue, read_due
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import CampaignId, OrgId
from facteur.ports import DueMessage

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

ORG, CAMPAIGN = OrgId("atelier"), CampaignId("01M86CH3M0KGFGWTNQT91RGNDA")
AT = datetime(2026, 11, 30, 5, 30, tzinfo=UTC)
PLANNED = DueMessage(organization=ORG, campaign=CAMPAIGN, at=AT)
EXTRA = DueMessage(
    organization=ORG,
    campaign=CAMPAIGN,
    at=AT.replace(microsecond=123_000),
    extra="01M86CH3M0KGFGWTNQT91RGNDB",
    is_test=True,
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


@pytest.mark.parametrize("message", [PLANNED, EXTRA])
def test_a_message_arrives_and_reads_back(client: "SQSClient", message: DueMessage) -> None:
    queue_url = client.create_queue(QueueName="due")["QueueUrl"]

    SqsDueQueue(client, queue_url=queue_url).put(message)

    (received,) = client.receive_message(QueueUrl=queue_url)["Messages"]
    assert read_due(received["Body"]) == message


@pytest.mark.feature("B46")
def test_a_message_is_in_the_group_of_its_organization(client: "SQSClient") -> None:
    queue_url = client.create_queue(QueueName="due")["QueueUrl"]

    SqsDueQueue(client, queue_url=queue_url).put(PLANNED)

    (received,) = client.receive_message(
        QueueUrl=queue_url, MessageSystemAttributeNames=["MessageGroupId"]
    )["Messages"]
    assert received["Attributes"]["MessageGroupId"] == ORG


def test_our_bodies_have_the_form_of_those_of_scheduler(client: "SQSClient") -> None:
    queue_url = client.create_queue(QueueName="due")["QueueUrl"]

    SqsDueQueue(client, queue_url=queue_url).put(PLANNED)

    (received,) = client.receive_message(QueueUrl=queue_url)["Messages"]
    assert received["Body"] == (
        '{"org":"atelier","campaign":"01M86CH3M0KGFGWTNQT91RGNDA","at":"2026-11-30T05:30:00Z"}'
    )


def test_an_instant_in_another_zone_is_the_same_instant() -> None:
    body = '{"org":"atelier","campaign":"01M86CH3M0KGFGWTNQT91RGNDA","at":"2026-11-30T06:30+01:00"}'

    assert read_due(body) == PLANNED
    assert read_due(body).at.tzinfo is UTC


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        '{"org":"a#b","campaign":"01M8","at":"2026-11-30T05:30:00Z"}',
        '{"org":"atelier","campaign":"01M8#","at":"2026-11-30T05:30:00Z"}',
        '{"org":"atelier","campaign":"01M8","at":"2026-11-30T05:30:00"}',
        '{"org":"atelier","campaign":"01M8","at":"<aws.scheduler.scheduled-time>"}',
        '{"org":"atelier","campaign":"01M8","at":"2026-11-30T05:30:00Z","extra":"x#y"}',
        '{"org":"atelier","campaign":"01M8","at":"2026-11-30T05:30:00Z","other":1}',
    ],
)
def test_what_is_no_message_is_refused(body: str) -> None:
    with pytest.raises(ValidationError):
        read_due(body)


def test_a_queue_that_is_not_there_is_unavailable(client: "SQSClient") -> None:
    queue = SqsDueQueue(client, queue_url="https://sqs.eu-west-3.amazonaws.com/123456789012/due")

    with pytest.raises(UnavailableError, match="queue_unavailable"):
        queue.put(PLANNED)
