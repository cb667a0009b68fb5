"""Which items a DynamoDB write touches, read from its request."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

type Key = dict[str, dict[str, str]]
"""The key attributes of an item, in DynamoDB's JSON."""
type KeyOf = Callable[[str, Mapping[str, Any]], Key]
"""The key attributes among some attributes of a table's item, hash key first."""

WRITES = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}


def keys_of_write(
    operation: str, request: Mapping[str, Any], key_of: KeyOf
) -> Iterator[tuple[str, Key]]:
    """Table name and key of every item that one of the ``WRITES`` may have changed."""
    match operation:
        case "PutItem":
            yield request["TableName"], key_of(request["TableName"], request["Item"])
        case "UpdateItem" | "DeleteItem":
            yield request["TableName"], key_of(request["TableName"], request["Key"])
        case "BatchWriteItem":
            for name, writes in request["RequestItems"].items():
                for write in writes:
                    [(_, details)] = write.items()
                    yield name, key_of(name, details.get("Item") or details["Key"])
        case _:
            yield from keys_of_transaction(request["TransactItems"], key_of)


def keys_of_transaction(actions: list[dict[str, Any]], key_of: KeyOf) -> Iterator[tuple[str, Key]]:
    """Table name and key of every item that a transaction writes; condition checks write none."""
    for action in actions:
        [(kind, details)] = action.items()
        if kind != "ConditionCheck":
            name = details["TableName"]
            yield name, key_of(name, details.get("Item") or details["Key"])
