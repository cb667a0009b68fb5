"""Counts the units DynamoDB would charge, from the sizes of what is read and written.

moto's own numbers are constants.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from facteur.adapters.dynamodb.attributes import Item

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
        case "SS":
            return sum(len(element.encode()) for element in inner)
        case "BOOL":
            return 1
        case _:
            raise TypeError(kind)


@dataclass(frozen=True)
class Index:
    """A global secondary index. ``carries_all``: its entries have every attribute."""

    keys: frozenset[str]
    carries_all: bool

    def units(self, before: Item, after: Item) -> int:
        """Write units of a change: one to add, replace or remove an entry, two to move it.

        https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.Writes
        """
        old, new = self._entry(before), self._entry(after)
        if old == new:
            return 0
        if old and new and any(old[key] != new[key] for key in self.keys):
            return _written_units(old) + _written_units(new)
        return _written_units(old, new)

    def _entry(self, item: Item) -> Item:
        """What the index has of an item: nothing without all keys of the index."""
        if not self.keys <= item.keys():
            return {}
        own = {"pk", "sk", *self.keys}
        return {name: item[name] for name in item if self.carries_all or name in own}


def indexes_of(client: "DynamoDBClient", table: str) -> list[Index]:
    """The indexes that a table has."""
    declared = client.describe_table(TableName=table)["Table"].get("GlobalSecondaryIndexes", [])
    return [
        Index(
            keys=frozenset(key["AttributeName"] for key in index["KeySchema"]),
            carries_all=index["Projection"]["ProjectionType"] == "ALL",
        )
        for index in declared
    ]


def _written_units(*versions: Item) -> int:
    """Units of a write: of the larger of an item's two versions."""
    return max(1, *(-(-size_of(version) // _KB) for version in versions))


class Meter:
    """Counts while ``counting``. Looks up stored items with another client."""

    def __init__(self, client: "DynamoDBClient", other: "DynamoDBClient", table: str) -> None:
        self._client, self._other, self._table = client, other, table
        self._indexes = indexes_of(other, table)
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

    def _before(
        self, params: dict[str, Any], model: Any, context: dict[str, Any], **_: object
    ) -> None:
        context["parameters"] = params
        context["stored"] = [
            (key, self._stored(key), factor) for key, factor in self._writes(model.name, params)
        ]

    def _after(
        self, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: object
    ) -> None:
        self._units.requests.append(model.name)
        if model.name in {"Query", "GetItem", "BatchGetItem"}:
            self._count_read(model.name, context["parameters"], parsed)
        for key, before, factor in context["stored"]:
            self._wrote(before, self._stored(key), factor)

    def _count_read(self, name: str, parameters: dict[str, Any], parsed: dict[str, Any]) -> None:
        match name:
            case "Query":
                self._read([parsed["Items"]], parameters.get("ConsistentRead"))
            case "GetItem":
                self._read([[parsed.get("Item", {})]], parameters.get("ConsistentRead"))
            case _:
                request = parameters["RequestItems"][self._table]
                found = parsed["Responses"][self._table]
                # What does not exist costs a unit all the same.
                missing: list[Item] = [{}] * (len(request["Keys"]) - len(found))
                self._read([[item] for item in (*found, *missing)], request.get("ConsistentRead"))

    def _writes(self, name: str, parameters: dict[str, Any]) -> Iterator[tuple[Item, int]]:
        """The key of each item that a request writes or checks, and what a unit of it costs."""
        match name:
            case "BatchWriteItem":
                for request in parameters["RequestItems"][self._table]:
                    ((_, inner),) = request.items()
                    yield _key_of(inner), 1
            case "TransactWriteItems":
                for write in parameters["TransactItems"]:
                    ((_, inner),) = write.items()
                    yield _key_of(inner), 2
            case "PutItem" | "UpdateItem" | "DeleteItem":
                yield _key_of(parameters), 1

    def _read(self, reads: Sequence[Sequence[Mapping[str, Any]]], consistent: bool | None) -> None:
        for items in reads:
            units = max(1, -(-sum(map(size_of, items)) // (4 * _KB)))
            self._units.read += units if consistent else units / 2

    def _wrote(self, before: Item, after: Item, factor: int) -> None:
        """Count a write; one whose condition did not hold costs what is stored.

        The entries of indexes follow later, so in no transaction.
        """
        self._units.written += _written_units(before, after) * factor
        self._units.written += sum(index.units(before, after) for index in self._indexes)

    def _stored(self, key: Item) -> Item:
        return self._other.get_item(TableName=self._table, Key=key).get("Item", {})


def _key_of(write: Mapping[str, Any]) -> Item:
    key: Item = write.get("Key") or {name: write["Item"][name] for name in ("pk", "sk")}
    return key
