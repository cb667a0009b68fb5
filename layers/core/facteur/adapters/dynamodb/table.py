"""The table, through DynamoDB's client: reading in pages, writing on conditions, trying again."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING, cast

from botocore.exceptions import ClientError

from facteur.adapters.dynamodb.attributes import Item, text
from facteur.adapters.dynamodb.expression import Delete, Put, Update, Write, parameters_of
from facteur.adapters.dynamodb.keys import Partition, Span

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient
    from types_boto3_dynamodb.type_defs import QueryInputTypeDef, WriteRequestUnionTypeDef

_READ_AT_ONCE = 100
_WRITE_AT_ONCE = 25
_ATTEMPTS = 8
_FAILED_CONDITION = "ConditionalCheckFailed"
_PASSING = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
"""Reasons of a cancelled transaction that go away. boto3 does not try those again."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A write whose condition did not hold, and the item that stood there (empty: none)."""

    stored: Item


class Table:
    """One table. What throttles is tried again by the client itself (boto3's standard mode)."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self._client = client
        self._name = name

    def get(self, key: Item) -> Item | None:
        """An item, read consistently."""
        answer = self._client.get_item(TableName=self._name, Key=key, ConsistentRead=True)
        return answer.get("Item")

    def get_many(self, keys: Sequence[Item], *, consistent: bool = False) -> list[Item]:
        """Those of the items that exist, in any order."""
        found: list[Item] = []
        for batch in batched(keys, _READ_AT_ONCE, strict=False):
            wanted: Sequence[Item] = batch
            for _ in _attempts():
                answer = self._client.batch_get_item(
                    RequestItems={self._name: {"Keys": wanted, "ConsistentRead": consistent}}
                )
                found += answer["Responses"].get(self._name, [])
                if self._name not in answer["UnprocessedKeys"]:
                    break
                wanted = answer["UnprocessedKeys"][self._name]["Keys"]
            else:
                raise TimeoutError("DynamoDB left keys unread")
        return found

    def query(
        self,
        partition: Partition,
        span: Span,
        *,
        newest_first: bool = True,
        at_once: int | None = None,
        consistent: bool = False,
    ) -> Iterator[Item]:
        """The items of a span in order, read as they are taken, ``at_once`` a request."""
        request: QueryInputTypeDef = {
            "TableName": self._name,
            "KeyConditionExpression": "#pk = :pk AND sk BETWEEN :low AND :high",
            "ExpressionAttributeNames": {"#pk": partition.attribute},
            "ExpressionAttributeValues": {
                ":pk": text(partition.pk),
                ":low": text(span.low),
                ":high": text(span.high),
            },
            "ScanIndexForward": not newest_first,
            "ConsistentRead": consistent,
        }
        if partition.index is not None:
            request["IndexName"] = partition.index
        if at_once is not None:
            request["Limit"] = at_once
        while span.low <= span.high:
            answer = self._client.query(**request)
            yield from answer["Items"]
            if not (last := answer.get("LastEvaluatedKey")):
                return
            request["ExclusiveStartKey"] = last

    def put_many(self, items: Sequence[Item]) -> None:
        """Write items of different keys, whatever stands there, in any order."""
        for batch in batched(items, _WRITE_AT_ONCE, strict=False):
            left: Sequence[WriteRequestUnionTypeDef] = [
                {"PutRequest": {"Item": item}} for item in batch
            ]
            for _ in _attempts():
                answer = self._client.batch_write_item(RequestItems={self._name: left})
                if self._name not in answer["UnprocessedItems"]:
                    break
                left = answer["UnprocessedItems"][self._name]
            else:
                raise TimeoutError("DynamoDB left items unwritten")

    def write(self, write: Write) -> Refusal | None:
        """Carry out one write; the refusal when its condition did not hold."""
        request = parameters_of(write, self._name)
        try:
            match write:
                case Put():
                    self._client.put_item(**request["Put"])
                case Update():
                    self._client.update_item(**request["Update"])
                case Delete():
                    self._client.delete_item(**request["Delete"])
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return Refusal(cast("Item", error.response.get("Item", {})))
        return None

    def transact(self, writes: Sequence[Write]) -> frozenset[int]:
        """Carry out all the writes or none; the places of those whose condition did not hold."""
        request = [parameters_of(write, self._name) for write in writes]
        for _ in _attempts():
            try:
                self._client.transact_write_items(TransactItems=request)
            except ClientError as error:
                reasons = [
                    reason.get("Code") for reason in error.response.get("CancellationReasons", [])
                ]
                refused = {n for n, code in enumerate(reasons) if code == _FAILED_CONDITION}
                if refused:
                    return frozenset(refused)
                if not _PASSING.intersection(reasons):
                    raise
            else:
                return frozenset()
        raise TimeoutError("DynamoDB kept cancelling a transaction")


def _attempts() -> Iterator[int]:
    """Numbers of attempts, with a pause before each but the first: random, growing to a second."""
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(random.uniform(0, min(1, 0.025 * 2**attempt)))  # noqa: S311 - jitter
        yield attempt
