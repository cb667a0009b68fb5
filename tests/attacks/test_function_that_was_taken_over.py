"""A function that does what an attacker wants.

The attacker has found a way to run code in one of the functions, by a PDF that breaks its reader
for example. The function may still not write what it has no business with: register a host
application, give its organization another's sender or a higher limit, invent or change a Send,
replace the PDF of a Send, read the secret of a webhook and sign in our name. IAM refuses that,
whatever the code does; the local mode asks the same policies.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from local.aws.permissions import NotAllowedError, with_permissions
from local.aws.transport import SWITCH, Response
from local.template.reader import read_stack
from tests.support.calls import call

STACK = read_stack()
SERVICES = ("dynamodb", "lambda", "s3", "sqs")
TABLE = "facteur-local-Table"
ARCHIVE = "facteur-local-archive"
WRITERS = sorted(name for name, one in STACK.functions.items() if "TABLE_NAME" in one.environment)
MAKE_NO_SENDS = [
    "CampaignsFunction",
    "DocumentsFunction",
    "RecipientsFunction",
    "SettingsFunction",
]
OF_OPERATORS = ["CLIENT#4h7", "ORG#durand#ACCOUNT", "ORG#another#ACCOUNT"]
OF_SENDS = [
    "ORG#durand#SENDS",
    "ORG#durand#NOTICES",
    "ORG#durand#SEND#01KBX3V5TQ8ZJ4M6N2W9RHCE1D",
    "ORG#durand#TERM#fac",
    "ORG#durand#RECIPIENT#a@b.fr",
    "ORG#durand#KNOWN#a",
    "ORG#durand#STANDING#a@b.fr",
    "ORG#durand#CAMPAIGN#01KBX3V5TQ8ZJ4M6N2W9RHCE1D",
    "ORG#durand#USAGE#2026-11-24",
]


SECRETS = "ORG#durand#HOOKSECRETS"
NEED_SECRETS = {"WebhooksFunction", "NotifyFunction"}
OF_NOTIFY = ["ORG#durand#HOOKS", "ORG#durand#HOOK#01KBX6D4E8N2S3V7XZ0RB1QPMH"]
NOT_OF_NOTIFY = [
    *("ORG#durand", "ORG#durand#DOCUMENT#1", "ORG#durand#ONCE#NUMBER#invoice#1", "ZONE_RULES"),
    *OF_OPERATORS,
    *OF_SENDS,
]

NOTHING_OF_THE_READER: list[tuple[str, str, dict[str, Any]]] = [
    ("s3", "get_object", {"Bucket": ARCHIVE, "Key": "durand/0c1.pdf"}),
    ("s3", "put_object", {"Bucket": ARCHIVE, "Key": "durand/0c1.pdf", "IfNoneMatch": "*"}),
    ("s3", "put_object", {"Bucket": ARCHIVE, "Key": "tmp/durand/uploads/x.pdf"}),
    ("s3", "delete_object", {"Bucket": ARCHIVE, "Key": "tmp/durand/uploads/x.pdf"}),
    ("dynamodb", "get_item", {"TableName": TABLE, "Key": {"pk": {"S": "a"}, "sk": {"S": "b"}}}),
    ("dynamodb", "put_item", {"TableName": TABLE, "Item": {"pk": {"S": "a"}, "sk": {"S": "b"}}}),
    ("lambda", "invoke", {"FunctionName": "facteur-local-DocumentsFunction"}),
    ("lambda", "invoke", {"FunctionName": "facteur-local-InspectFunction"}),
    ("sqs", "send_message", {"QueueUrl": "https://sqs/1/facteur-local-Outbox", "MessageBody": "x"}),
]
"""What the function that reads hostile PDFs could do, were it allowed to."""


@pytest.fixture(autouse=True)
def cloud() -> Iterator[None]:
    """Services that accept every call which the policies allow."""

    def accept(operation: str, _: object) -> Response:
        return 200, {"ETag": "x"}, b"" if operation.endswith("Object") else b"{}"

    SWITCH.turn_on({name: with_permissions(name, accept, STACK) for name in SERVICES})
    yield
    SWITCH.turn_off()


def write_each_way(pk: str) -> Iterator[dict[str, Any]]:
    """A write of an item of a partition, in every way there is: operation and parameters."""
    key = {"pk": {"S": pk}, "sk": {"S": "x"}}
    put = {"TableName": TABLE, "Item": key}
    update = {"TableName": TABLE, "Key": key, "UpdateExpression": "SET x = y"}
    yield {"operation": "put_item", **put}
    yield {"operation": "update_item", **update}
    yield {"operation": "delete_item", "TableName": TABLE, "Key": key}
    yield {"operation": "transact_write_items", "TransactItems": [{"Put": put}]}
    yield {"operation": "transact_write_items", "TransactItems": [{"Update": update}]}
    batch = {"RequestItems": {TABLE: [{"PutRequest": {"Item": key}}]}}
    yield {"operation": "batch_write_item", **batch}


def ensure_refused(monkeypatch: pytest.MonkeyPatch, function: str, pk: str) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", function)
    for write in write_each_way(pk):
        with pytest.raises(NotAllowedError, match=function):
            call("dynamodb", **write)


@pytest.mark.parametrize("pk", OF_OPERATORS)
@pytest.mark.parametrize("function", WRITERS)
def test_no_function_writes_what_operators_decide(
    monkeypatch: pytest.MonkeyPatch, function: str, pk: str
) -> None:
    ensure_refused(monkeypatch, function, pk)


@pytest.mark.parametrize("pk", OF_SENDS)
@pytest.mark.parametrize("function", MAKE_NO_SENDS)
def test_functions_that_make_no_sends_write_none(
    monkeypatch: pytest.MonkeyPatch, function: str, pk: str
) -> None:
    ensure_refused(monkeypatch, function, pk)


@pytest.mark.parametrize("function", ["DocumentsFunction", "SendsFunction", "RunCampaignFunction"])
def test_no_function_replaces_the_pdf_of_a_send(
    monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", function)
    pdf = {"Bucket": ARCHIVE, "Key": "durand/0c1.pdf", "Body": b"%PDF-"}

    call("s3", "put_object", **pdf, IfNoneMatch="*")
    call("s3", "put_object", **pdf | {"Key": "tmp/durand/0c1.pdf"})

    with pytest.raises(NotAllowedError, match=function):
        call("s3", "put_object", **pdf)


@pytest.mark.parametrize(("service", "operation", "parameters"), NOTHING_OF_THE_READER)
def test_the_reader_of_hostile_files_can_do_nothing_but_read_uploads(
    monkeypatch: pytest.MonkeyPatch, service: str, operation: str, parameters: dict[str, Any]
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "InspectFunction")

    call("s3", "get_object", Bucket=ARCHIVE, Key="tmp/durand/uploads/x.pdf")

    with pytest.raises(NotAllowedError, match="InspectFunction"):
        call(service, operation, **parameters)


def read_each_way(pk: str) -> Iterator[dict[str, Any]]:
    """A read of an item of a partition, in every way there is: operation and parameters."""
    key = {"pk": {"S": pk}, "sk": {"S": "x"}}
    yield {"operation": "get_item", "TableName": TABLE, "Key": key}
    yield {"operation": "batch_get_item", "RequestItems": {TABLE: {"Keys": [key]}}}
    yield {
        "operation": "query",
        "TableName": TABLE,
        "KeyConditionExpression": "#pk = :pk",
        "ExpressionAttributeNames": {"#pk": "pk"},
        "ExpressionAttributeValues": {":pk": {"S": pk}},
    }
    yield {"operation": "scan", "TableName": TABLE}


@pytest.mark.feature("B41")
@pytest.mark.parametrize("function", sorted(set(WRITERS) - NEED_SECRETS))
def test_no_other_function_reads_or_replaces_the_secret_of_a_webhook(
    monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    ensure_refused(monkeypatch, function, SECRETS)
    for read in read_each_way(SECRETS):
        with pytest.raises(NotAllowedError, match=function):
            call("dynamodb", **read)


@pytest.mark.feature("B41")
@pytest.mark.parametrize("pk", NOT_OF_NOTIFY)
def test_what_talks_to_receivers_reads_and_writes_nothing_else(
    monkeypatch: pytest.MonkeyPatch, pk: str
) -> None:
    ensure_refused(monkeypatch, "NotifyFunction", pk)
    for read in read_each_way(pk):
        with pytest.raises(NotAllowedError, match="NotifyFunction"):
            call("dynamodb", **read)


@pytest.mark.feature("B41")
def test_what_talks_to_receivers_may_do_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "NotifyFunction")

    for pk in (*OF_NOTIFY, SECRETS):
        key = {"pk": {"S": pk}, "sk": {"S": "x"}}
        call("dynamodb", "get_item", TableName=TABLE, Key=key)
    for pk in OF_NOTIFY:
        key = {"pk": {"S": pk}, "sk": {"S": "x"}}
        call("dynamodb", "update_item", TableName=TABLE, Key=key, UpdateExpression="SET x = y")
