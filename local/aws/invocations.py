"""Lambda's API, as far as functions call it: one function invokes another and waits.

https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from botocore.awsrequest import AWSPreparedRequest

from local.aws.transport import Response, body_of, error_response
from local.template.names import logical_id

_JSON = {"Content-Type": "application/json"}
_FAILED = {**_JSON, "X-Amz-Function-Error": "Unhandled"}


class InvocationError(Exception):
    """The invoked function raised: the name of the error, and its message."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


type Invoke = Callable[[str, Any], Any]
"""Invokes the function with this logical id for an event. Raises InvocationError when it raises,
LookupError when there is none."""


def function_of(request: AWSPreparedRequest) -> str:
    """The logical id of the function that a request is about."""
    return logical_id(unquote(urlsplit(request.url).path.split("/")[3]))


def respond(invoke: Invoke, operation: str, request: AWSPreparedRequest) -> Response:
    """The response to one request; raises LookupError for an unsupported operation."""
    if operation != "Invoke":
        raise LookupError(f"lambda {operation} is not part of the local mode")
    event = json.loads(body_of(request) if request.body else b"{}")
    try:
        answer = invoke(function_of(request), event)
    except LookupError:
        return error_response(404, "ResourceNotFoundException", "Function not found")
    except InvocationError as error:
        failure = {"errorMessage": str(error), "errorType": error.kind, "stackTrace": []}
        return 200, _FAILED, json.dumps(failure).encode()
    return 200, _JSON, json.dumps(answer).encode()
