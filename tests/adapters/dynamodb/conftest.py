"""A table in moto, and the two stores that must behave alike."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from facteur.adapters.dynamodb.overdue import DynamoOverdue
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.ports import Overdue, Store
from tests.adapters.dynamodb.meter import Meter
from tests.fakes import FakeClock, FakeStore
from tests.tables import create_table

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

TABLE = "facteur"


@pytest.fixture(scope="module")
def moto_client() -> "Iterator[DynamoDBClient]":
    """DynamoDB without tables; making a client takes longer than most tests."""
    with mock_aws():
        yield boto3.client(
            "dynamodb",
            region_name="eu-west-3",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )


@pytest.fixture
def client(moto_client: "DynamoDBClient") -> "Iterator[DynamoDBClient]":
    """DynamoDB with the empty table of the template."""
    create_table(moto_client, TABLE)
    yield moto_client
    moto_client.delete_table(TableName=TABLE)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def dynamo(client: "DynamoDBClient", clock: FakeClock) -> DynamoStore:
    return DynamoStore(client, TABLE, clock=clock)


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each store in turn: what holds of the adapter must hold of the fake."""
    made: Store = FakeStore() if request.param == "fake" else request.getfixturevalue("dynamo")
    return made


@pytest.fixture
def overdue(store: Store, request: pytest.FixtureRequest) -> Overdue:
    """The same data as ``store``, seen by reconcile."""
    if isinstance(store, FakeStore):
        return store
    client: DynamoDBClient = request.getfixturevalue("client")
    return DynamoOverdue(client, TABLE)


@pytest.fixture
def stored_items(client: "DynamoDBClient") -> Callable[[], int]:
    """How many items the table holds."""
    return lambda: client.scan(TableName=TABLE, Select="COUNT")["Count"]


@pytest.fixture
def meter(client: "DynamoDBClient") -> Meter:
    """Counts what the store made of ``client`` reads and writes."""
    other = boto3.client(
        "dynamodb",
        region_name="eu-west-3",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    return Meter(client, other, TABLE)
