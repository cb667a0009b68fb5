"""The table, through DynamoDB's client: paged reads, conditional writes, retries."""

import random
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import batched
from typing import TYPE_CHECKING, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from facteur.adapters.aws_errors import is_throttled, is_unanswered
from facteur.adapters.dynamodb.attributes import Item, text
from facteur.adapters.dynamodb.expression import Delete, Put, Update, Write, parameters_of
from facteur.adapters.dynamodb.keys import Partition, Span
from facteur.domain.attempts import pause_after
from facteur.domain.errors import StoreThrottledError, UnavailableError

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient
    from types_boto3_dynamodb.type_defs import (
        QueryInputTypeDef,
        ScanInputTypeDef,
        WriteRequestUnionTypeDef,
    )

DYNAMODB_CONFIG = Config(
    # A call that hangs must leave a worker enough time to finish what it has claimed.
    retries={"mode": "standard", "total_max_attempts": 4},
    connect_timeout=1,
    read_timeout=3,
)
READ_AT_ONCE = 100
"""Items in one BatchGetItem, at most.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html"""
_WRITE_AT_ONCE = 25
"""Items in one BatchWriteItem, at most.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html"""
_ATTEMPTS = 8
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(milliseconds=50), timedelta(seconds=1)
_TEMPORARY = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
"""Temporary reasons for a cancelled transaction. boto3 does not retry these, nor a single write
that conflicts with a transaction.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""

_IN_PROGRESS = "TransactionInProgressException"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A write whose condition did not hold, with the stored item (empty when there is none)."""

    stored: Item


class Table:
    """One table.

    After all retries, every method raises StoreThrottledError when DynamoDB still throttles, and
    UnavailableError ``store_unavailable`` when it does not answer: a write may have been done.
    """

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self._client = client
        self._name = name

    def get(self, key: Item) -> Item | None:
        """An item, read consistently."""
        with _translated():
            answer = self._client.get_item(TableName=self._name, Key=key, ConsistentRead=True)
        return answer.get("Item")

    def get_many(self, keys: Sequence[Item], *, consistent: bool = False) -> list[Item]:
        """The items that exist, in any order."""
        found: list[Item] = []
        for batch in batched(keys, READ_AT_ONCE, strict=False):
            unread: Sequence[Item] = batch
            attempts = _attempts()
            while unread:
                next(attempts)
                with _translated():
                    answer = self._client.batch_get_item(
                        RequestItems={self._name: {"Keys": unread, "ConsistentRead": consistent}}
                    )
                found += answer["Responses"].get(self._name, [])
                left = answer["UnprocessedKeys"].get(self._name)
                unread = left["Keys"] if left is not None else []
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
        """The items of a span in order, read lazily, ``at_once`` per request."""
        request: QueryInputTypeDef = {
            "TableName": self._name,
            "KeyConditionExpression": "#pk = :pk AND #sk BETWEEN :low AND :high",
            "ExpressionAttributeNames": {"#pk": partition.hash_key, "#sk": partition.range_key},
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
            with _translated():
                answer = self._client.query(**request)
            yield from answer["Items"]
            if not (last := answer.get("LastEvaluatedKey")):
                return
            request["ExclusiveStartKey"] = last

    def scan(self) -> Iterator[Item]:
        """Every item of the table, read consistently and lazily. For operators only."""
        request: ScanInputTypeDef = {"TableName": self._name, "ConsistentRead": True}
        while True:
            with _translated():
                answer = self._client.scan(**request)
            yield from answer["Items"]
            if not (last := answer.get("LastEvaluatedKey")):
                return
            request["ExclusiveStartKey"] = last

    def put_many(self, items: Sequence[Item]) -> None:
        """Write items with distinct keys unconditionally, in any order."""
        for batch in batched(items, _WRITE_AT_ONCE, strict=False):
            left: Sequence[WriteRequestUnionTypeDef] = [
                {"PutRequest": {"Item": item}} for item in batch
            ]
            attempts = _attempts()
            while left:
                next(attempts)
                with _translated():
                    answer = self._client.batch_write_item(RequestItems={self._name: left})
                left = answer["UnprocessedItems"].get(self._name, [])

    def write(self, write: Write) -> Refusal | None:
        """Carry out one write; return a refusal when its condition did not hold."""
        return self._carry_out(lambda: self._send(write))

    def update(self, update: Update) -> Item | Refusal:
        """Carry out an update; return the whole item as it is then, or a refusal."""
        request = parameters_of(update, self._name)["Update"]
        updated: Item = {}

        def send() -> None:
            answer = self._client.update_item(**request, ReturnValues="ALL_NEW")
            updated.update(answer["Attributes"])

        return self._carry_out(send) or updated

    def _carry_out(self, send: Callable[[], None]) -> Refusal | None:
        for _ in _attempts():
            try:
                with _translated():
                    send()
            except ClientError as error:
                code = error.response["Error"]["Code"]
                if code == "ConditionalCheckFailedException":
                    return Refusal(cast("Item", error.response.get("Item", {})))
                if code != "TransactionConflictException":
                    raise
            else:
                break
        return None

    def _send(self, write: Write) -> None:
        request = parameters_of(write, self._name)
        match write:
            case Put():
                self._client.put_item(**request["Put"])
            case Update():
                self._client.update_item(**request["Update"])
            case Delete():
                self._client.delete_item(**request["Delete"])

    def transact(self, writes: Sequence[Write]) -> frozenset[int]:
        """Carry out all writes or none; return the places of those whose condition did not hold."""
        request = [parameters_of(write, self._name) for write in writes]
        token = uuid.uuid4().hex
        for _ in _attempts():
            try:
                with _translated():
                    self._client.transact_write_items(
                        TransactItems=request, ClientRequestToken=token
                    )
            except ClientError as error:
                if error.response["Error"]["Code"] == _IN_PROGRESS:
                    # An earlier request with this token, whose response was lost, is not over.
                    continue
                reasons = [
                    reason.get("Code") for reason in error.response.get("CancellationReasons", [])
                ]
                if "ConditionalCheckFailed" in reasons:
                    places = enumerate(reasons)
                    return frozenset(n for n, code in places if code == "ConditionalCheckFailed")
                if not _TEMPORARY.intersection(reasons):
                    raise
                # It was cancelled, so this is another one.
                token = uuid.uuid4().hex
            else:
                break
        return frozenset()


def _attempts() -> Iterator[int]:
    """Yield the number of each attempt, after a pause for all but the first.

    Raises StoreThrottledError after the last.
    """
    for attempt in range(_ATTEMPTS):
        if attempt:
            chance = random.random()  # noqa: S311 - jitter
            pause = pause_after(attempt, first=_FIRST_PAUSE, most=_LONGEST_PAUSE, chance=chance)
            time.sleep(pause.total_seconds())
        yield attempt
    raise StoreThrottledError("busy")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        if isinstance(error, ClientError) and is_throttled(error):
            raise StoreThrottledError("busy") from error
        if is_unanswered(error):
            raise UnavailableError("store_unavailable") from error
        raise
