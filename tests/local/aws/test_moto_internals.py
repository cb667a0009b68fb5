"""The names in moto's classes, which are not a public API, that the local mode uses.

A failure here says what a new version of moto has renamed or removed: adapt
local/aws/moto_internals.py, then this list.
"""

import ast
import inspect
from pathlib import Path
from typing import Any

import moto
import pytest
from botocore.awsrequest import AWSRequest
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.request import normalize_request
from moto.core.responses import ActionResult
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler
from moto.s3.models import FakeKey, s3_backends

from local.aws import moto_internals
from local.template.names import ACCOUNT, REGION

REQUEST = normalize_request(AWSRequest("GET", "https://s3.amazonaws.com/").prepare())
STRING = DynamoType({"S": "a"})
BACKEND = DynamoDBBackend(REGION, ACCOUNT)
TABLE = BACKEND.create_table(
    "table",
    schema=[
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ],
    attr=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
    global_indexes=None,
    billing_mode="PAY_PER_REQUEST",
    throughput=None,
    indexes=None,
    streams=None,
    sse_specification=None,
    tags=[],
    deletion_protection_enabled=False,
    warm_throughput=None,
)
S3_BACKEND = s3_backends[ACCOUNT]["aws"]
USED: list[tuple[Any, str]] = [
    *(
        (BACKEND, name)
        for name in ("create_table", "get_item", "get_table", "transact_write_items")
    ),
    *((TABLE, name) for name in ("all_items", "hash_key_attr", "items", "query", "range_key_attr")),
    *((Item(STRING, STRING, {}), name) for name in ("attrs", "hash_key", "range_key")),
    *((STRING, name) for name in ("to_json", "value")),
    *((DynamoHandler, name) for name in ("_dispatch", "_get_action", "serialized")),
    (DynamoHandler, "dynamodb_backend"),
    (ActionResult(None), "result"),
    *((REQUEST, name) for name in ("headers", "raw_url")),
    (BotocoreStubber(), "process_request"),
    (s3_backends, "bucket_accounts"),
    *(
        (S3_BACKEND, name)
        for name in (
            "buckets",
            "create_bucket",
            "delete_object",
            "get_bucket",
            "get_object",
            "put_object",
        )
    ),
    *(
        (FakeKey("key", b"", ACCOUNT, REGION), name)
        for name in ("last_modified", "metadata", "set_metadata", "value")
    ),
]

_MISSING = object()


@pytest.mark.parametrize(
    ("owner", "name"),
    USED,
    ids=[f"{getattr(owner, '__name__', type(owner).__name__)}.{name}" for owner, name in USED],
)
def test_moto_still_has_what_the_local_mode_uses(owner: Any, name: str) -> None:
    missing = f"moto {moto.__version__} has no {owner!r}.{name}: see local/aws/moto_internals.py"

    # Not hasattr: it would read a value whose file moto has closed, after a test with mock_aws.
    assert inspect.getattr_static(owner, name, _MISSING) is not _MISSING, missing


@pytest.mark.parametrize("name", ["hash_key", "index_name", "hash_key_conditions"])
def test_a_query_still_has_the_parameters_that_the_local_mode_reads(name: str) -> None:
    assert name in inspect.signature(Table.query).parameters


def test_a_handler_still_sets_its_response_headers() -> None:
    handler = DynamoHandler()

    handler.setup_class(REQUEST, REQUEST.raw_url, REQUEST.headers)

    assert "server" in handler.response_headers


def test_every_name_imported_from_moto_is_tried_here() -> None:
    def imported(path: str) -> set[str]:
        return {
            f"{node.module}.{alias.name}"
            for node in ast.walk(ast.parse(Path(path).read_text()))
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("moto")
            for alias in node.names
        }

    assert imported(moto_internals.__file__) <= imported(__file__)
