"""What the meter counts is what AWS documents."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from facteur.adapters.dynamodb.attributes import Item, text
from facteur.adapters.dynamodb.keys import BY_FILTER_PK, OVERDUE_AT, OVERDUE_SHARD
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.meter import Meter

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

KEY: Item = {"pk": text("a"), "sk": text("b")}
LISTED: Item = {BY_FILTER_PK: text("sent")}
DUE: Item = {OVERDUE_SHARD: text("0"), OVERDUE_AT: text("2026-11-25")}
LARGE: Item = {"words": text("x" * 2_000)}

type Change = Callable[["DynamoDBClient"], Any]


def put(item: Item) -> Change:
    return lambda client: client.put_item(TableName=TABLE, Item=KEY | item)


def delete(client: "DynamoDBClient") -> None:
    client.delete_item(TableName=TABLE, Key=KEY)


@pytest.mark.parametrize(
    ("before", "change", "units"),
    [
        pytest.param({}, put({}), 1, id="no index"),
        pytest.param(LARGE, put({}), 2, id="the larger version"),
        pytest.param({}, put(LISTED | LARGE), 2 + 2, id="a new entry with all attributes"),
        pytest.param({}, put(DUE | LARGE), 2 + 1, id="a new entry with keys only"),
        pytest.param(LISTED, put(LISTED), 1, id="nothing changes"),
        pytest.param(LISTED, put(LISTED | {"n": text("1")}), 1 + 1, id="a projected attribute"),
        pytest.param(DUE, put(DUE | {"n": text("1")}), 1, id="an attribute that is not projected"),
        pytest.param(LISTED, put({BY_FILTER_PK: text("failed")}), 1 + 2, id="the entry moves"),
        pytest.param(DUE, put(DUE | {OVERDUE_AT: text("2027")}), 1 + 2, id="its sort key moves"),
        pytest.param(DUE, put({}), 1 + 1, id="the entry is removed"),
        pytest.param(LISTED | DUE, delete, 1 + 1 + 1, id="all is removed"),
    ],
)
def test_a_write_costs_what_it_changes_in_the_table_and_its_indexes(
    client: "DynamoDBClient", meter: Meter, before: Item, change: Change, units: int
) -> None:
    client.put_item(TableName=TABLE, Item=KEY | before)

    with meter.counting() as counted:
        change(client)

    assert (counted.written, counted.read) == (units, 0)


def test_a_transaction_costs_double_in_the_table_but_not_in_the_indexes(
    client: "DynamoDBClient", meter: Meter
) -> None:
    with meter.counting() as counted:
        client.transact_write_items(
            TransactItems=[{"Put": {"TableName": TABLE, "Item": KEY | LISTED | LARGE}}]
        )

    assert counted.written == 2 * 2 + 2


def test_a_refused_write_costs_what_is_stored(client: "DynamoDBClient", meter: Meter) -> None:
    client.put_item(TableName=TABLE, Item=KEY | LISTED | LARGE)

    with (
        meter.counting() as counted,
        pytest.raises(client.exceptions.ConditionalCheckFailedException),
    ):
        client.put_item(TableName=TABLE, Item=KEY, ConditionExpression="attribute_not_exists(pk)")

    assert counted.written == 2


def test_what_does_not_exist_costs_a_read_all_the_same(
    client: "DynamoDBClient", meter: Meter
) -> None:
    other: Item = {"pk": text("a"), "sk": text("c")}

    with meter.counting() as counted:
        client.get_item(TableName=TABLE, Key=KEY, ConsistentRead=True)
        client.batch_get_item(RequestItems={TABLE: {"Keys": [KEY, other]}})

    assert counted.read == 1 + 2 / 2
