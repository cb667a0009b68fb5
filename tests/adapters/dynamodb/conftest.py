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
    """DynamoDB without tables; shared, since making a client takes longer than most tests."""
    with mock_aws():
        yield boto3.client(
            "dynamodb",
            region_name="eu-west-3",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )


@pytest.fixture
def client(moto_client: "DynamoDBClient") -> "Iterator[DynamoDBClient]":
    """DynamoDB with the template's table, empty."""
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
    """Each store in turn: adapter and fake must pass the same tests."""
    made: Store = FakeStore() if request.param == "fake" else request.getfixturevalue("dynamo")
    return made


@pytest.fixture
def overdue(store: Store, request: pytest.FixtureRequest) -> Overdue:
    """The port ``Overdue`` on the data of ``store``."""
    if isinstance(store, FakeStore):
        return store
    client: DynamoDBClient = request.getfixturevalue("client")
    return DynamoOverdue(client, TABLE)


@pytest.fixture
def stored_items(client: "DynamoDBClient") -> Callable[[], int]:
    """The number of items in the table."""
    return lambda: client.scan(TableName=TABLE, Select="COUNT")["Count"]


@pytest.fixture
def meter(client: "DynamoDBClient") -> Meter:
    """Counts the units of the store made with ``client``."""
    other = boto3.client(
        "dynamodb",
        region_name="eu-west-3",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    return Meter(client, other, TABLE)
