"""Calls to SQS and Scheduler time out soon when there is no response."""

import socket
import threading
from collections.abc import Iterator
from datetime import time
from typing import Any

import boto3
import pytest
from botocore.config import Config

from facteur.adapters.aws_config import SHORT_CALLS
from facteur.adapters.scheduler import EventBridgeSchedules
from facteur.adapters.sqs import SqsDueQueue, SqsOutbox
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import CampaignId, OrgId, SendId
from facteur.domain.recurrence import Weekly
from facteur.domain.schedule_sync import Schedule
from facteur.ports import DueMessage, OutboxMessage
from tests.adapters.aws.test_due import AT

ORG = OrgId("atelier")


@pytest.fixture
def silent() -> Iterator[tuple[str, list[socket.socket]]]:
    """A server that accepts every connection and never answers; yields the accepted ones."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            try:
                while True:
                    taken.append(server.accept()[0])
            except OSError:
                return

        thread = threading.Thread(target=accept)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", taken
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    for connection in taken:
        connection.close()


def client(service: Any, url: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="eu-west-3",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=SHORT_CALLS.merge(Config(read_timeout=0.1)),
    )


def test_a_call_that_is_not_answered_is_made_twice_and_given_up(
    silent: tuple[str, list[socket.socket]],
) -> None:
    url, taken = silent
    sqs = client("sqs", url)
    schedules = EventBridgeSchedules(
        client("scheduler", url), group="g", queue_arn="q", dead_letter_arn="d", role_arn="r"
    )
    campaign = CampaignId("01M86CH3M0KGFGWTNQT91RGNDA")
    weekly = Schedule(Weekly((1,), time(6, 30)), "Europe/Paris")

    with pytest.raises(UnavailableError, match="queue_unavailable"):
        SqsOutbox(sqs, queue_url=url).put(
            [OutboxMessage(organization=ORG, send=SendId("01SEND"), n=0)]
        )
    with pytest.raises(UnavailableError, match="queue_unavailable"):
        SqsDueQueue(sqs, queue_url=url).put(DueMessage(organization=ORG, campaign=campaign, at=AT))
    with pytest.raises(UnavailableError, match="scheduler_unavailable"):
        schedules.put(ORG, campaign, weekly, active=True)

    assert len(taken) == 3 * 2
