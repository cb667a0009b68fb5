"""Calls of the function ``inspect``, and what becomes of those that fail."""

import io
import json
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.response import StreamingBody
from botocore.stub import Stubber
from pydantic import ValidationError

from facteur.adapters.inspector import (
    INSPECTION_CALL,
    LambdaInspector,
    read_request,
    write_answer,
)
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import OrgId
from facteur.domain.inspection import Inspection, Refusal, RefusalReason
from local.template.reader import read_stack

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

ORG, UPLOAD = OrgId("atelier-durand"), "01KBX6E9S4TQ7ZJ2M5N8W1RHCD"
SHA256 = "a1" * 32
URL = "https://lambda.eu-west-3.amazonaws.com"


@pytest.fixture
def client() -> "LambdaClient":
    made: Any = boto3.client(
        "lambda",
        region_name="eu-west-3",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=INSPECTION_CALL,
    )
    return cast("LambdaClient", made)


def answer(payload: object, **more: str) -> dict[str, Any]:
    raw = json.dumps(payload).encode()
    return {"StatusCode": 200, "Payload": StreamingBody(io.BytesIO(raw), len(raw)), **more}


def inspected(client: "LambdaClient", payload: object, **more: str) -> Inspection:
    request = {"organization": ORG, "upload_id": UPLOAD}
    expected = {"FunctionName": "inspect", "Payload": json.dumps(request, separators=(",", ":"))}
    with Stubber(client) as stub:
        stub.add_response("invoke", answer(payload, **more), expected)
        result = LambdaInspector(client, function="inspect").inspect(ORG, UPLOAD)
        stub.assert_no_pending_responses()
    return result


@pytest.mark.parametrize(
    "inspection",
    [
        Inspection(SHA256),
        Inspection(SHA256, Refusal(RefusalReason.HAS_ACTIONS, "Launch")),
        Inspection(SHA256, Refusal(RefusalReason.ENCRYPTED)),
        Inspection(""),
    ],
)
def test_an_answer_says_what_was_found(client: "LambdaClient", inspection: Inspection) -> None:
    assert inspected(client, write_answer(inspection)) == inspection


@pytest.mark.parametrize(
    "kind", ["Sandbox.Timedout", "Runtime.ExitError", "Runtime.OutOfMemory", "IndexError", None]
)
def test_a_file_at_which_the_inspection_breaks_off_is_too_complex_and_still_a_pdf(
    client: "LambdaClient", kind: str | None
) -> None:
    failure = {"errorMessage": "x", **({"errorType": kind} if kind else {})}

    result = inspected(client, failure, FunctionError="Unhandled")

    assert result == Inspection("", Refusal(RefusalReason.TOO_COMPLEX))


def test_an_archive_that_did_not_answer_the_inspector_is_worth_another_attempt(
    client: "LambdaClient",
) -> None:
    failure = {"errorMessage": "archive_unavailable", "errorType": "UnavailableError"}

    with pytest.raises(UnavailableError, match="inspector_unavailable"):
        inspected(client, failure, FunctionError="Unhandled")


@pytest.mark.parametrize(
    ("code", "status"),
    [("TooManyRequestsException", 429), ("ServiceException", 500), ("EC2ThrottledException", 502)],
)
def test_lambda_that_cannot_start_the_inspection_is_worth_another_attempt(
    client: "LambdaClient", code: str, status: int
) -> None:
    with Stubber(client) as stub:
        stub.add_client_error("invoke", code, http_status_code=status)

        with pytest.raises(UnavailableError, match="inspector_unavailable"):
            LambdaInspector(client, function="inspect").inspect(ORG, UPLOAD)


@pytest.mark.parametrize(
    "error",
    [
        ReadTimeoutError(endpoint_url=URL),
        ConnectTimeoutError(endpoint_url=URL),
        ConnectionClosedError(endpoint_url=URL),
        EndpointConnectionError(endpoint_url=URL),
    ],
)
def test_lambda_that_does_not_answer_is_worth_another_attempt(error: Exception) -> None:
    class Silent:
        def invoke(self, **_: object) -> None:
            raise error

    silent: Any = Silent()

    with pytest.raises(UnavailableError, match="inspector_unavailable"):
        LambdaInspector(silent, function="inspect").inspect(ORG, UPLOAD)


def test_a_missing_permission_is_no_passing_trouble(client: "LambdaClient") -> None:
    with Stubber(client) as stub:
        stub.add_client_error("invoke", "AccessDeniedException", http_status_code=403)

        with pytest.raises(client.exceptions.ClientError):
            LambdaInspector(client, function="inspect").inspect(ORG, UPLOAD)


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        {"sha256": "x"},
        {"sha256": SHA256, "reason": "upload_good"},
        {"sha256": SHA256, "reason": "upload_has_actions", "what": "<script>"},
        {"sha256": SHA256, "organization": "another"},
    ],
)
def test_an_answer_of_a_reader_that_was_taken_over_is_not_believed(
    client: "LambdaClient", payload: object
) -> None:
    with pytest.raises(ValidationError):
        inspected(client, payload)


@pytest.mark.parametrize("field", ["organization", "upload_id"])
@pytest.mark.parametrize("value", ["", "../x", "a/b", 5, None])
def test_a_request_names_one_upload_and_nothing_else(field: str, value: object) -> None:
    request = {"organization": ORG, "upload_id": UPLOAD}

    assert read_request(request) == (ORG, UPLOAD)
    with pytest.raises(ValidationError):
        read_request(request | {field: value})


def test_the_call_waits_longer_than_the_function_runs_and_not_longer_than_its_caller() -> None:
    functions = read_stack().functions
    inspection, caller = functions["InspectFunction"], functions["DocumentsFunction"]
    waits: dict[str, int] = vars(INSPECTION_CALL)

    assert inspection.timeout + 3 <= waits["read_timeout"]
    assert waits["connect_timeout"] + waits["read_timeout"] + 5 <= caller.timeout
    assert vars(INSPECTION_CALL)["retries"] == {"mode": "standard", "total_max_attempts": 1}
