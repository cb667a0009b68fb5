"""A call that a function's policy does not allow fails here as on AWS."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from local.aws.permissions import NotAllowedError, with_permissions
from local.aws.transport import SWITCH, Response
from local.template.reader import read_stack
from tests.support.calls import call

STACK = read_stack()
FUNCTIONS = STACK.functions
TABLE = "facteur-local-Table"
KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}


@pytest.fixture(autouse=True)
def cloud() -> Any:
    """Services that accept every call that the policies allow."""

    def yes(operation: str, __: object) -> Response:
        return 200, {"ETag": "x"}, b"" if operation == "PutObject" else b"{}"

    services = ("dynamodb", "sqs", "s3", "sesv2", "scheduler", "lambda")
    SWITCH.turn_on({name: with_permissions(name, yes, STACK) for name in services})
    yield
    SWITCH.turn_off()


def transaction(kind: str) -> Mapping[str, Any]:
    """One write of a transaction."""
    whole = {"TableName": TABLE, "Key": KEY, "Item": KEY, "UpdateExpression": "SET x = y"}
    wanted = {"Put": {"Item"}, "Delete": {"Key"}, "Update": {"Key", "UpdateExpression"}}[kind]
    return {kind: {name: whole[name] for name in {"TableName"} | wanted}}


NEW_OBJECT = {"Bucket": "facteur-local-archive", "Key": "o/x", "IfNoneMatch": "*"}
ALLOWED: list[tuple[str, str, str, Mapping[str, Any]]] = [
    ("DocumentsFunction", "s3", "put_object", NEW_OBJECT),
    ("SettingsFunction", "dynamodb", "get_item", {"TableName": TABLE, "Key": KEY}),
    ("TrackFunction", "dynamodb", "transact_write_items", {"TransactItems": [transaction("Put")]}),
    (
        "ReconcileFunction",
        "sqs",
        "send_message",
        {
            "QueueUrl": STACK.functions["ReconcileFunction"].environment["DUE_QUEUE_URL"],
            "MessageBody": "x",
        },
    ),
    ("SendsFunction", "s3", "put_object", NEW_OBJECT | {"Key": "o/[x].pdf"}),
    ("DocumentsFunction", "s3", "put_object", {"Bucket": "facteur-local-archive", "Key": "tmp/x"}),
]
ALLOWED += [
    (
        "InspectFunction",
        "s3",
        "get_object",
        {"Bucket": "facteur-local-archive", "Key": "tmp/o/uploads/x.pdf"},
    ),
    ("DocumentsFunction", "lambda", "invoke", {"FunctionName": "facteur-local-InspectFunction"}),
]
DENIED: list[tuple[str, str, str, Mapping[str, Any]]] = [
    ("SettingsFunction", "dynamodb", "put_item", {"TableName": TABLE, "Item": KEY}),
    ("SettingsFunction", "dynamodb", "get_item", {"TableName": "another", "Key": KEY}),
    (
        "TrackFunction",
        "dynamodb",
        "transact_write_items",
        {"TransactItems": [transaction("Delete")]},
    ),
    (
        "TrackFunction",
        "dynamodb",
        "query",
        {"TableName": TABLE, "IndexName": "overdue", "KeyConditionExpression": "x = y"},
    ),
    (
        "RunCampaignFunction",
        "sqs",
        "send_message_batch",
        {
            "QueueUrl": STACK.functions["ReconcileFunction"].environment["DUE_QUEUE_URL"],
            "Entries": [{"Id": "0", "MessageBody": "x"}],
        },
    ),
    ("DeliverFunction", "s3", "put_object", NEW_OBJECT),
    (
        "SendsFunction",
        "sesv2",
        "send_email",
        {
            "ConfigurationSetName": "facteur-local-ConfigurationSet",
            "Content": {"Raw": {"Data": b"x"}},
        },
    ),
    (
        "DocumentsFunction",
        "scheduler",
        "delete_schedule",
        {"Name": "c1", "GroupName": "facteur-local-ScheduleGroup"},
    ),
    ("CampaignsFunction", "scheduler", "delete_schedule", {"Name": "c1", "GroupName": "default"}),
    ("DocumentsFunction", "lambda", "invoke", {"FunctionName": "facteur-local-DeliverFunction"}),
    ("SendsFunction", "lambda", "invoke", {"FunctionName": "facteur-local-InspectFunction"}),
]


@pytest.mark.parametrize(("function", "service", "operation", "parameters"), ALLOWED)
def test_what_a_policy_allows_goes_through(
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    service: str,
    operation: str,
    parameters: Mapping[str, Any],
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", function)

    call(service, operation, **parameters)


@pytest.mark.parametrize(("function", "service", "operation", "parameters"), DENIED)
def test_what_no_policy_allows_is_refused_naming_the_function(
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    service: str,
    operation: str,
    parameters: Mapping[str, Any],
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", function)

    with pytest.raises(NotAllowedError, match=function):
        call(service, operation, **parameters)


def test_a_schedule_is_created_only_with_the_role_that_may_be_passed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "CampaignsFunction")
    environment = FUNCTIONS["CampaignsFunction"].environment
    schedule: dict[str, Any] = {
        "Name": "c1",
        "GroupName": environment["SCHEDULE_GROUP"],
        "ScheduleExpression": "cron(0 8 ? * MON *)",
        "FlexibleTimeWindow": {"Mode": "OFF"},
    }
    target = {"Arn": environment["DUE_QUEUE_ARN"], "RoleArn": environment["SCHEDULER_ROLE_ARN"]}

    call("scheduler", "create_schedule", **schedule, Target=target)
    with pytest.raises(NotAllowedError, match="iam:PassRole"):
        call(
            "scheduler",
            "create_schedule",
            **schedule,
            Target=target | {"RoleArn": "arn:aws:iam::123456789012:role/admin"},
        )


def test_calls_from_outside_a_function_are_not_checked(tmp_path: Path) -> None:
    call("dynamodb", "put_item", TableName="anything", Item=KEY)
