"""DynamoDB: moto's, without its costs that grow with the whole table, and on disk.

moto evaluates every condition and expression; what is changed here is how much it looks at.
It copies the whole table for a transaction, sorts the whole table for a query, and is not safe to
use from several threads. See docs/decisions/0020-local-state-on-disk.md.
"""

import base64
import copy
import json
import threading
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

from botocore.awsrequest import AWSPreparedRequest
from moto.core.request import normalize_request
from moto.core.responses import ActionResult
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

from local.aws import Answer, body_of
from local.intrinsics import ACCOUNT, REGION
from local.state import State
from local.template import Data

type Key = dict[str, dict[str, str]]

_DECLARED = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode")
_OF_ITEMS = {"GetItem", "BatchGetItem", "Query", "Scan", "PutItem", "UpdateItem", "DeleteItem"}
_OVERDUE = "overdue_at"
"""The attribute that says when an item must be looked at: range key of the index ``overdue``."""


def _plain(value: object) -> object:
    if isinstance(value, DynamoType):
        return value.to_json()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value).__name__)


class _Table(Table):
    """A table that only looks at the partition a query is about."""

    _narrowed: list[Item] | None = None

    def query(self, hash_key: DynamoType | None, *args: Any, **kwargs: Any) -> Any:
        index_name = args[6]
        if index_name is None:
            found = list(self.items.get(hash_key, {}).values())
            found.sort(key=lambda item: item.range_key.value if item.range_key else "")
        else:
            wanted = [(name, value.value) for name, value in kwargs["hash_key_conditions"]]
            found = [item for item in self._every() if _matches(item, wanted)]
        self._narrowed = found
        try:
            return super().query(hash_key, *args, **kwargs)
        finally:
            self._narrowed = None

    def all_items(self) -> list[Item]:
        return super().all_items() if self._narrowed is None else self._narrowed

    def _every(self) -> Iterator[Item]:
        for partition in self.items.values():
            yield from partition.values()

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self  # a transaction's way back is kept by _Backend, item by item

    def restore(self, attributes: dict[str, Any]) -> None:
        """Put back an item that was checked when it was first written."""
        hash_key = DynamoType(attributes[self.hash_key_attr])
        range_key = DynamoType(attributes[str(self.range_key_attr)])
        item = Item(hash_key, range_key, {})
        for name, value in attributes.items():
            dict.__setitem__(item.attrs, name, DynamoType(value))
        self.items[hash_key][range_key] = item

    def put_back(self, key: Key, item: Item | None) -> None:
        """Make ``item`` (None: nothing) what is stored under ``key``."""
        hash_key = DynamoType(key[self.hash_key_attr])
        range_key = DynamoType(key[str(self.range_key_attr)])
        if item is None:
            self.items[hash_key].pop(range_key, None)
        else:
            self.items[hash_key][range_key] = item

    def key_of(self, attributes: Mapping[str, Any]) -> Key:
        """The part of an item that is its key."""
        return {name: attributes[name] for name in (self.hash_key_attr, str(self.range_key_attr))}


def _matches(item: Item, wanted: list[tuple[str, str]]) -> bool:
    return all(
        (held := item.attrs.get(name)) is not None and held.value == value for name, value in wanted
    )


class _Backend(DynamoDBBackend):
    def create_table(self, *args: Any, **kwargs: Any) -> Table:
        table = super().create_table(*args, **kwargs)
        table.__class__ = _Table  # type: ignore[type-abstract]
        return table

    def transact_write_items(self, transact_items: list[dict[str, Any]]) -> None:
        touched = [
            (name, key, copy.deepcopy(self.get_item(name, key)))
            for name, key in _keys_of_transaction(self, transact_items)
        ]
        try:
            super().transact_write_items(transact_items)
        except Exception:
            for name, key, item in touched:
                self.table(name).put_back(key, item)
            raise

    def table(self, name: str) -> _Table:
        table = self.get_table(name)
        assert isinstance(table, _Table)  # noqa: S101 - all are made above
        return table


class _Handler(DynamoHandler):
    def __init__(self, backend: _Backend) -> None:
        super().__init__()
        self._backend = backend

    @property
    def dynamodb_backend(self) -> DynamoDBBackend:
        return self._backend

    def serialized(self, action_result: ActionResult) -> Any:
        if self._get_action() not in _OF_ITEMS or isinstance(action_result.result, Exception):
            return super().serialized(action_result)
        headers = {**self.response_headers, "Content-Type": "application/x-amz-json-1.0"}
        return 200, headers, json.dumps(action_result.result, default=_plain)


class DynamoDB:
    """Answers DynamoDB requests, and keeps every item on disk before it answers a write."""

    _WRITES: ClassVar = {
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "BatchWriteItem",
        "TransactWriteItems",
    }

    def __init__(self, state: State, tables: Mapping[str, dict[str, Data]]) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._backend = _Backend(REGION, ACCOUNT)
        for name, properties in tables.items():
            self._create(name, properties)

    def __call__(self, operation: str, request: AWSPreparedRequest) -> Answer:
        """The answer to one request."""
        normalized = normalize_request(request)
        with self._lock:
            status, headers, body = _Handler(self._backend)._dispatch(
                normalized, normalized.raw_url, normalized.headers
            )
            if status == 200 and operation in self._WRITES:
                self._keep(operation, json.loads(body_of(request)))
        return status, headers, body.encode() if isinstance(body, str) else body

    def first_overdue(self) -> str | None:
        """The earliest instant by which an item wants to be looked at."""
        found = self._state.value("SELECT min(overdue_at) FROM items WHERE overdue_at IS NOT NULL")
        return None if found is None else str(found)

    def _create(self, name: str, properties: dict[str, Data]) -> None:
        declared = {key: properties[key] for key in _DECLARED if key in properties}
        self._backend.create_table(
            name,
            schema=declared["KeySchema"],
            attr=declared["AttributeDefinitions"],
            global_indexes=declared.get("GlobalSecondaryIndexes"),
            billing_mode=declared.get("BillingMode", "PAY_PER_REQUEST"),
            throughput=None,
            indexes=None,
            streams=None,
            sse_specification=None,
            tags=[],
            deletion_protection_enabled=False,
            warm_throughput=None,
        )
        table = self._backend.table(name)
        for (body,) in self._state.rows("SELECT body FROM items WHERE table_name = ?", name):
            table.restore(json.loads(str(body)))

    def _keep(self, operation: str, request: dict[str, Any]) -> None:
        with self._state.transaction():
            for name, key in _keys_of(self._backend, operation, request):
                self._keep_item(name, key)

    def _keep_item(self, name: str, key: Key) -> None:
        item = self._backend.get_item(name, key)
        identity = json.dumps([next(iter(part.values())) for part in key.values()])
        if item is None:
            self._state.write("DELETE FROM items WHERE table_name = ? AND key = ?", name, identity)
            return
        overdue = item.attrs.get(_OVERDUE)
        self._state.write(
            "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)",
            name,
            identity,
            json.dumps(item.attrs, default=_plain),
            None if overdue is None else str(overdue.value),
        )


def _keys_of(
    backend: _Backend, operation: str, request: dict[str, Any]
) -> Iterator[tuple[str, Key]]:
    """The keys that a write touches."""
    match operation:
        case "PutItem":
            yield request["TableName"], backend.table(request["TableName"]).key_of(request["Item"])
        case "UpdateItem" | "DeleteItem":
            yield request["TableName"], backend.table(request["TableName"]).key_of(request["Key"])
        case "BatchWriteItem":
            for name, writes in request["RequestItems"].items():
                for write in writes:
                    [(_, asked)] = write.items()
                    yield name, backend.table(name).key_of(asked.get("Item") or asked["Key"])
        case _:
            yield from _keys_of_transaction(backend, request["TransactItems"])


def _keys_of_transaction(
    backend: _Backend, actions: list[dict[str, Any]]
) -> Iterator[tuple[str, Key]]:
    for action in actions:
        [(kind, asked)] = action.items()
        if kind != "ConditionCheck":
            name = asked["TableName"]
            yield name, backend.table(name).key_of(asked.get("Item") or asked["Key"])
