"""The only module that touches moto, whose classes are not a public API.

``MotoTables`` and ``MotoObjects`` are what ``dynamodb`` and ``s3`` use of it. Every class, method
and attribute used here is named in tests/local/aws/test_moto_internals.py, which fails when moto
renames one; pyproject.toml keeps moto below its next major version.

moto evaluates every condition and expression of DynamoDB; what changes here is how much it reads.
It copies the whole table for a transaction and sorts the whole table for a query.
See docs/decisions/0018-local-state-and-queues-of-our-own.md.
"""

import base64
import copy
import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from botocore.awsrequest import AWSPreparedRequest
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.request import normalize_request
from moto.core.responses import ActionResult
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler
from moto.s3.models import s3_backends

from local.aws.dynamodb_writes import Key, keys_of_transaction
from local.aws.transport import Response
from local.template.data import Data
from local.template.names import ACCOUNT, REGION

_DECLARED = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode")
_OF_ITEMS = {"GetItem", "BatchGetItem", "Query", "Scan", "PutItem", "UpdateItem", "DeleteItem"}
_QUERY = inspect.signature(Table.query)


class _Table(Table):
    """A table that reads only the partition that a query is about."""

    _narrowed: list[Item] | None = None

    def query(self, *args: Any, **kwargs: Any) -> Any:
        arguments = _QUERY.bind(self, *args, **kwargs).arguments
        self._narrowed = self._candidates(arguments)
        try:
            return super().query(*args, **kwargs)
        finally:
            self._narrowed = None

    def _candidates(self, arguments: Mapping[str, Any]) -> list[Item]:
        """The items of the queried partition; moto sorts those of an index."""
        if arguments.get("index_name") is None:
            found = list(self.items.get(arguments["hash_key"], {}).values())
            return sorted(found, key=lambda item: item.range_key.value if item.range_key else "")
        wanted = [(name, value.value) for name, value in arguments["hash_key_conditions"]]
        every = (item for partition in self.items.values() for item in partition.values())
        return [item for item in every if _matches(item, wanted)]

    def all_items(self) -> list[Item]:
        return super().all_items() if self._narrowed is None else self._narrowed

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self  # _Backend undoes a failed transaction item by item

    def put_back(self, key: Mapping[str, Any], item: Item | None) -> None:
        """Store ``item`` under its key without any check; None removes what is stored."""
        hash_key = DynamoType(key[self.hash_key_attr])
        range_key = DynamoType(key[str(self.range_key_attr)])
        if item is None:
            self.items[hash_key].pop(range_key, None)
        else:
            self.items[hash_key][range_key] = item

    def key_of(self, attributes: Mapping[str, Any]) -> Key:
        return {name: attributes[name] for name in (self.hash_key_attr, str(self.range_key_attr))}


def _matches(item: Item, wanted: list[tuple[str, str]]) -> bool:
    return all(
        (found := item.attrs.get(name)) is not None and found.value == value
        for name, value in wanted
    )


class _Backend(DynamoDBBackend):
    def create_table(self, *args: Any, **kwargs: Any) -> Table:
        table = super().create_table(*args, **kwargs)
        table.__class__ = _Table  # type: ignore[type-abstract]
        return table

    def transact_write_items(self, transact_items: list[dict[str, Any]]) -> None:
        touched = [
            (name, key, copy.deepcopy(self.get_item(name, key)))
            for name, key in keys_of_transaction(transact_items, self.key_of)
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

    def key_of(self, name: str, attributes: Mapping[str, Any]) -> Key:
        return self.table(name).key_of(attributes)


class _Handler(DynamoHandler):
    def __init__(self, backend: _Backend) -> None:
        super().__init__()
        self._backend = backend

    @property
    def dynamodb_backend(self) -> DynamoDBBackend:
        return self._backend

    def serialized(self, action_result: ActionResult) -> Any:
        # moto serializes an item attribute by attribute along botocore's model.
        if self._get_action() not in _OF_ITEMS or isinstance(action_result.result, Exception):
            return super().serialized(action_result)
        headers = {**self.response_headers, "Content-Type": "application/x-amz-json-1.0"}
        return 200, headers, json.dumps(action_result.result, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, DynamoType):
        return value.to_json()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value).__name__)


@dataclass(frozen=True, slots=True)
class TableItem:
    """An item as moto has it."""

    _attributes: Mapping[str, DynamoType]

    def text(self, name: str) -> str | None:
        """The value of an attribute of type string, or None without it."""
        found = self._attributes.get(name)
        return None if found is None else str(found.value)

    def to_json(self) -> str:
        """All attributes, in DynamoDB's JSON."""
        return json.dumps(self._attributes, default=_plain)


class MotoTables:
    """DynamoDB's tables in memory. Not safe to use from several threads at a time."""

    def __init__(self) -> None:
        self._backend = _Backend(REGION, ACCOUNT)

    def create(self, name: str, properties: Mapping[str, Data]) -> None:
        """Create an empty table from its properties in the template."""
        declared: dict[str, Any] = {key: properties[key] for key in _DECLARED if key in properties}
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

    def respond(self, request: AWSPreparedRequest) -> Response:
        """The response to one request."""
        normalized = normalize_request(request)
        status, headers, body = _Handler(self._backend)._dispatch(
            normalized, normalized.raw_url, normalized.headers
        )
        return status, headers, body.encode() if isinstance(body, str) else body

    def restore(self, name: str, attributes: Mapping[str, Any]) -> None:
        """Put an item back that moto checked when it was first written."""
        table = self._backend.table(name)
        key = table.key_of(attributes)
        hash_key, range_key = (DynamoType(part) for part in key.values())
        item = Item(hash_key, range_key, {})
        for attribute, value in attributes.items():
            dict.__setitem__(item.attrs, attribute, DynamoType(value))
        table.put_back(key, item)

    def key_of(self, name: str, attributes: Mapping[str, Any]) -> Key:
        """The key attributes among ``attributes``, hash key first."""
        return self._backend.key_of(name, attributes)

    def find(self, name: str, key: Key) -> TableItem | None:
        """An item by its key."""
        item = self._backend.get_item(name, key)
        return None if item is None else TableItem(item.attrs)


@dataclass(frozen=True, slots=True)
class BucketObject:
    """An object as moto has it."""

    content: bytes
    metadata: dict[str, str]
    last_modified: datetime


class MotoObjects:
    """S3's objects in memory. Not safe to use from several threads at a time."""

    def __init__(self) -> None:
        self._stubber = BotocoreStubber()
        self._backend = s3_backends[ACCOUNT]["aws"]

    def create_bucket(self, name: str) -> None:
        """Create an empty bucket in place of one that an earlier system of the process left."""
        self._backend.buckets.pop(name, None)
        s3_backends.bucket_accounts.pop(name, None)
        self._backend.create_bucket(name, REGION)

    def respond(self, request: AWSPreparedRequest) -> Response | None:
        """The response to one request, or None when moto has no such operation."""
        response = self._stubber.process_request(request)
        if response is None:
            return None
        status, headers, body = response
        return status, headers, body.encode() if isinstance(body, str) else body

    def has(self, bucket: str, key: str) -> bool:
        """Is there an object in memory?"""
        return key in self._backend.get_bucket(bucket).keys

    def put(self, bucket: str, key: str, content: bytes, metadata: Mapping[str, str]) -> None:
        """Store an object."""
        self._backend.put_object(bucket, key, content).set_metadata(dict(metadata), replace=True)

    def get(self, bucket: str, key: str) -> BucketObject:
        """An object; raises LookupError when there is none."""
        found = self._backend.get_object(bucket, key)
        if found is None:
            raise LookupError(key)
        return BucketObject(found.value, dict(found.metadata), found.last_modified)

    def delete(self, bucket: str, key: str) -> None:
        """Remove an object."""
        self._backend.delete_object(bucket, key)
