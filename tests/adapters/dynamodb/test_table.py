"""Failures of DynamoDB calls and how the table handles them."""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from facteur.adapters.dynamodb.attributes import Item, number, text
from facteur.adapters.dynamodb.expression import Expression, Put, Update, put_new
from facteur.adapters.dynamodb.keys import Partition, Span
from facteur.adapters.dynamodb.table import Table
from facteur.domain.errors import StoreThrottledError, UnavailableError
from tests.adapters.dynamodb.clients import Call, an_error, doing_half, with_errors, wrapped
from tests.adapters.dynamodb.conftest import TABLE

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


def an_item(n: int) -> Item:
    return {"pk": text("p"), "sk": text(f"{n:03d}"), "n": number(n)}


def key_of(item: Item) -> Item:
    return {"pk": item["pk"], "sk": item["sk"]}


def test_batches_go_on_until_everything_is_done(client: "DynamoDBClient") -> None:
    table = Table(doing_half(client), TABLE)
    items = [an_item(n) for n in range(60)]

    table.put_many(items)
    found = table.get_many([key_of(item) for item in items], consistent=True)

    assert sorted(found, key=lambda item: item["sk"]["S"]) == items


def test_a_query_reads_on_over_all_its_pages(client: "DynamoDBClient") -> None:
    table = Table(client, TABLE)
    table.put_many([an_item(n) for n in range(10)])

    found = list(table.query(Partition("p"), Span("002", "007"), at_once=2))

    assert [item["n"]["N"] for item in found] == ["7", "6", "5", "4", "3", "2"]


def test_a_transaction_that_met_another_is_tried_again(client: "DynamoDBClient") -> None:
    conflict = an_error("TransactionCanceledException", "None", "TransactionConflict")
    table = Table(with_errors(client, conflict, conflict), TABLE)

    refused = table.transact([put_new(an_item(1)), put_new(an_item(2))])

    assert refused == frozenset()
    assert table.get(key_of(an_item(2))) == an_item(2)


def test_a_transaction_still_in_progress_is_asked_for_again_with_its_token(
    client: "DynamoDBClient",
) -> None:
    tokens: list[str] = []
    in_progress = an_error("TransactionInProgressException")

    def around(_: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        tokens.append(parameters["ClientRequestToken"])
        if len(tokens) < 3:
            raise in_progress
        return call(**parameters)

    refused = Table(wrapped(client, around), TABLE).transact([put_new(an_item(1))])

    assert refused == frozenset()
    assert len(tokens) == 3
    assert len(set(tokens)) == 1


def test_a_transaction_that_was_cancelled_is_tried_again_as_another(
    client: "DynamoDBClient",
) -> None:
    tokens: list[str] = []
    conflict = an_error("TransactionCanceledException", "TransactionConflict")

    def around(_: str, call: Call, parameters: dict[str, Any]) -> dict[str, Any]:
        tokens.append(parameters["ClientRequestToken"])
        if len(tokens) < 2:
            raise conflict
        return call(**parameters)

    Table(wrapped(client, around), TABLE).transact([put_new(an_item(1))])

    assert len(set(tokens)) == 2


def test_a_transaction_that_stays_in_progress_is_busy(client: "DynamoDBClient") -> None:
    errors = [an_error("TransactionInProgressException")] * 20

    with pytest.raises(StoreThrottledError):
        Table(with_errors(client, *errors), TABLE).transact([put_new(an_item(1))])


def test_a_write_that_met_a_transaction_is_tried_again(client: "DynamoDBClient") -> None:
    table = Table(with_errors(client, an_error("TransactionConflictException")), TABLE)

    assert table.write(put_new(an_item(1))) is None


def test_a_refused_transaction_changes_nothing_and_names_the_writes_in_the_way(
    client: "DynamoDBClient",
) -> None:
    table = Table(client, TABLE)
    table.write(Put(item=an_item(2)))

    refused = table.transact([put_new(an_item(1)), put_new(an_item(2))])

    assert refused == {1}
    assert table.get(key_of(an_item(1))) is None


def test_a_refused_write_tells_what_stands_there(client: "DynamoDBClient") -> None:
    table = Table(client, TABLE)
    table.write(Put(item=an_item(1)))
    expression = Expression()
    update = Update(
        key=key_of(an_item(1)),
        changes=expression.set_all({"n": number(3)}),
        condition=expression.compare("n", "=", number(2)),
        expression=expression,
    )

    refusal = table.write(update)

    assert refusal is not None
    assert refusal.stored == an_item(1)


@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
def test_a_table_that_stays_throttled_is_busy(client: "DynamoDBClient", code: str) -> None:
    def table() -> Table:
        return Table(with_errors(client, an_error(code)), TABLE)

    with pytest.raises(StoreThrottledError):
        table().get(key_of(an_item(1)))
    with pytest.raises(StoreThrottledError):
        table().write(put_new(an_item(1)))
    with pytest.raises(StoreThrottledError):
        list(table().query(Partition("p"), Span("0", "9")))


@pytest.mark.parametrize(
    "error",
    [
        ReadTimeoutError(endpoint_url="https://dynamodb"),
        ConnectTimeoutError(endpoint_url="https://dynamodb"),
        EndpointConnectionError(endpoint_url="https://dynamodb"),
        an_error("InternalServerError", status=500),
    ],
)
def test_a_table_that_does_not_answer_is_unavailable(
    client: "DynamoDBClient", error: BotoCoreError | ClientError
) -> None:
    def table() -> Table:
        return Table(with_errors(client, error), TABLE)

    with pytest.raises(UnavailableError):
        table().get(key_of(an_item(1)))
    with pytest.raises(UnavailableError):
        table().write(put_new(an_item(1)))
    with pytest.raises(UnavailableError):
        table().transact([put_new(an_item(1))])


def test_any_other_error_is_passed_on(client: "DynamoDBClient") -> None:
    error = an_error("AccessDeniedException")

    with pytest.raises(ClientError):
        Table(with_errors(client, error), TABLE).write(put_new(an_item(1)))
    with pytest.raises(ClientError):
        Table(with_errors(client, error), TABLE).transact([put_new(an_item(1))])
