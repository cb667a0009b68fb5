"""A client of DynamoDB that only reads, from sorted lists: moto sorts a partition at each query."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from botocore.hooks import HierarchicalEmitter

from facteur.adapters.dynamodb.attributes import Item
from facteur.adapters.dynamodb.keys import BY_FILTER, OVERDUE, Partition
from tests.adapters.dynamodb.meter import size_of

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

_LARGEST_ANSWER = 1024 * 1024
_PLACES = {index: Partition("", index) for index in (None, BY_FILTER, OVERDUE)}


class ThinTable:
    """The operations ``Query`` and ``BatchGetItem`` in the words of ``adapters.dynamodb.table``."""

    def __init__(self, table: str, items: Iterable[Item]) -> None:
        self.meta = SimpleNamespace(events=HierarchicalEmitter())
        self._table = table
        self._items = {_key_of(item): item for item in items}
        self._partitions: dict[tuple[str | None, str], list[tuple[str, str, str]]]
        self._partitions = defaultdict(list)
        for item in self._items.values():
            for index, place in _PLACES.items():
                if place.hash_key in item and place.range_key in item:
                    entry = (_text(item, place.range_key), *_key_of(item))
                    self._partitions[index, _text(item, place.hash_key)].append(entry)
        for entries in self._partitions.values():
            entries.sort()

    def as_client(self) -> "DynamoDBClient":
        return cast("DynamoDBClient", self)

    def describe_table(self, TableName: str) -> dict[str, Any]:  # noqa: N803 - as in boto3
        return {"Table": {"TableName": TableName}}

    def query(self, **parameters: Any) -> dict[str, Any]:
        index = parameters.get("IndexName")
        values = parameters["ExpressionAttributeValues"]
        entries = self._partitions.get((index, values[":pk"]["S"]), [])
        begin = bisect_left(entries, (values[":low"]["S"],))
        end = bisect_right(entries, (values[":high"]["S"] + "\0",))
        forward = parameters["ScanIndexForward"]
        if (last := parameters.get("ExclusiveStartKey")) is not None:
            after = (_text(last, _PLACES[index].range_key), *_key_of(last))
            begin = bisect_right(entries, after) if forward else begin
            end = end if forward else bisect_left(entries, after)
        span = range(begin, end) if forward else range(end - 1, begin - 1, -1)
        found: list[Item] = []
        size = 0
        for n in span:
            if len(found) == parameters.get("Limit") or size > _LARGEST_ANSWER:
                break
            _, pk, sk = entries[n]
            found.append(self._items[pk, sk])
            size += size_of(found[-1])
        answer: dict[str, Any] = {"Items": found}
        if found and len(found) < len(span):
            place = _PLACES[index]
            names = {"pk", "sk", place.hash_key, place.range_key}
            answer["LastEvaluatedKey"] = {name: found[-1][name] for name in names}
        return self._counted("Query", parameters, answer)

    def batch_get_item(self, **parameters: Any) -> dict[str, Any]:
        keys = [_key_of(key) for key in parameters["RequestItems"][self._table]["Keys"]]
        found = [self._items[key] for key in keys if key in self._items]
        answer = {"Responses": {self._table: found}, "UnprocessedKeys": {}}
        return self._counted("BatchGetItem", parameters, answer)

    def _counted(
        self, name: str, parameters: dict[str, Any], answer: dict[str, Any]
    ) -> dict[str, Any]:
        """``answer``, after the events by which a meter counts a call of a client."""
        told: dict[str, Any] = {"model": SimpleNamespace(name=name), "context": {}}
        emit = self.meta.events.emit
        emit(f"provide-client-params.dynamodb.{name}", params=parameters, **told)
        emit(f"after-call.dynamodb.{name}", parsed=answer, **told)
        return answer


def _key_of(item: Item) -> tuple[str, str]:
    return _text(item, "pk"), _text(item, "sk")


def _text(item: Item, name: str) -> str:
    return item[name]["S"]
