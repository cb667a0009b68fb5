"""The table, bucket and queue that a function wired by its bootstrap needs, in moto."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import boto3
import pytest
from moto import mock_aws

from facteur import bootstrap
from tests.fakes import FakeClock
from tests.tables import create_table

REGION = "eu-west-3"


class Builder(Protocol):
    """A cached function of bootstrap."""

    def cache_clear(self) -> None: ...


@dataclass(frozen=True)
class Deployment:
    """The clients of an empty deployment, and the address of its outbox."""

    dynamodb: Any
    s3: Any
    sqs: Any
    outbox_url: str


@contextmanager
def deployment(
    monkeypatch: pytest.MonkeyPatch, clock: FakeClock, *builders: Builder
) -> Iterator[Deployment]:
    """Create table, archive and outbox, set the environment, and clear the caches of builders."""
    for name, value in {
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "TABLE_NAME": "facteur",
        "ARCHIVE_BUCKET": "archive",
        "INSPECT_FUNCTION": "inspect",
        "CONSOLE_URL": "https://facteur.example",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(bootstrap, "CLOCK", clock)
    with mock_aws():
        dynamodb: Any = boto3.client("dynamodb")
        s3: Any = boto3.client("s3")
        sqs: Any = boto3.client("sqs")
        create_table(dynamodb, "facteur")
        s3.create_bucket(Bucket="archive", CreateBucketConfiguration={"LocationConstraint": REGION})
        outbox = sqs.create_queue(QueueName="outbox", Attributes={"VisibilityTimeout": "360"})
        monkeypatch.setenv("OUTBOX_QUEUE_URL", outbox["QueueUrl"])
        hooks = sqs.create_queue(QueueName="hooks", Attributes={"VisibilityTimeout": "180"})
        monkeypatch.setenv("HOOKS_QUEUE_URL", hooks["QueueUrl"])
        for builder in builders:
            builder.cache_clear()
        yield Deployment(dynamodb, s3, sqs, outbox["QueueUrl"])
    for builder in builders:
        builder.cache_clear()
