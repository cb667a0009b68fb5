"""Counts the units DynamoDB would charge, from the sizes of what is read and written.

moto's own numbers are constants.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from facteur.adapters.dynamodb.keys import BY_FILTER_PK, OVERDUE_SHARD

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

_KB = 1024


@dataclass
class Units:
    """Read and write units, and how many requests they took."""

    read: float = 0
    written: int = 0
    requests: list[str] = field(default_factory=list)


def size_of(item: Mapping[str, Any]) -> int:
    """The bytes of an item as DynamoDB counts them."""
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def _size(value: Mapping[str, Any]) -> int:
    ((kind, inner),) = value.items()
    match kind:
        case "S":
            return len(inner.encode())
        case "N":
            return len(inner) // 2 + 2
        case "B":
            return len(inner)
        case "L":
            return 3 + sum(1 + _size(element) for element in inner)
        case _:
            return 1


class Meter:
    """Counts while ``counting``. Looks up stored items with another client."""

    def __init__(self, client: "DynamoDBClient", other: "DynamoDBClient", table: str) -> None:
        self._client, self._other, self._table = client, other, table
        self._units = Units()

    @contextmanager
    def counting(self) -> Iterator[Units]:
        """The units of everything done in the context."""
        self._units = Units()
        events = self._client.meta.events
        events.register("provide-client-params.dynamodb", self._before)
        events.register("after-call.dynamodb", self._after)
        try:
            yield self._units
        finally:
            events.unregister("provide-client-params.dynamodb", self._before)
            events.unregister("after-call.dynamodb", self._after)

    def _before(self, params: dict[str, Any], context: dict[str, Any], **_: object) -> None:
        context["parameters"] = params

    def _after(
        self, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: object
    ) -> None:
        parameters, name = context["parameters"], model.name
        self._units.requests.append(name)
        if name in {"Query", "GetItem", "BatchGetItem"}:
            self._count_read(name, parameters, parsed)
        else:
            self._count_write(name, parameters)

    def _count_read(self, name: str, parameters: dict[str, Any], parsed: dict[str, Any]) -> None:
        match name:
            case "Query":
                self._read([parsed["Items"]], parameters.get("ConsistentRead"))
            case "GetItem":
                self._read([[parsed.get("Item", {})]], parameters.get("ConsistentRead"))
            case _:
                consistent = parameters["RequestItems"][self._table].get("ConsistentRead")
                self._read([[item] for item in parsed["Responses"][self._table]], consistent)

    def _count_write(self, name: str, parameters: dict[str, Any]) -> None:
        match name:
            case "BatchWriteItem":
                for request in parameters["RequestItems"][self._table]:
                    self._wrote(request["PutRequest"]["Item"], 1)
            case "TransactWriteItems":
                for write in parameters["TransactItems"]:
                    ((_, inner),) = write.items()
                    self._wrote(inner.get("Item") or self._stored(inner["Key"]), 2)
            case _:
                self._wrote(parameters.get("Item") or self._stored(parameters["Key"]), 1)

    def _read(self, reads: Sequence[Sequence[Mapping[str, Any]]], consistent: bool | None) -> None:
        for items in reads:
            units = max(1, -(-sum(map(size_of, items)) // (4 * _KB)))
            self._units.read += units if consistent else units / 2

    def _wrote(self, item: Mapping[str, Any], factor: int) -> None:
        units = max(1, -(-size_of(item) // _KB))
        self._units.written += units * factor
        if BY_FILTER_PK in item:
            self._units.written += units
        if OVERDUE_SHARD in item:
            self._units.written += 1

    def _stored(self, key: Any) -> Mapping[str, Any]:
        return self._other.get_item(TableName=self._table, Key=key).get("Item", {})
