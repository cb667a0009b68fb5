"""Where boto3 would send a request over the network: the local services answer it instead.

All of boto3 up to the socket runs as it does on AWS: time-outs, retries, parsing and errors. One
local system at a time can be switched on in a process.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.handlers import BUILTIN_HANDLERS

type Response = tuple[int, Mapping[str, str], bytes]
"""Status, headers and body."""
type Service = Callable[[str, AWSPreparedRequest], Response]
"""Answers a request for an operation, given by its name in botocore: ``PutItem``."""


class _Body(io.BytesIO):
    def stream(self, amt: int = 65_536, **_: object) -> Iterator[bytes]:
        while chunk := self.read(amt):
            yield chunk


class Switch:
    """A handler that every boto3 client of the process calls before it opens a connection."""

    def __init__(self) -> None:
        self._services: Mapping[str, Service] | None = None

    def __call__(
        self, event_name: str, request: AWSPreparedRequest, **_keywords: Any
    ) -> AWSResponse | None:
        """The local response to a request, or None while no system is switched on.

        Raises LookupError for a service that the local mode does not have.
        """
        if self._services is None:
            return None
        _, service, operation = event_name.split(".")
        if service not in self._services:
            raise LookupError(f"{service} {operation} is not part of the local mode")
        status, headers, body = self._services[service](operation, request)
        return AWSResponse(request.url, status, HTTPHeaders.from_dict(dict(headers)), _Body(body))

    def turn_on(self, services: Mapping[str, Service]) -> None:
        """Send requests to ``services``, by their names in botocore, from now on.

        Raises RuntimeError when another system is switched on.
        """
        if self._services is not None:
            raise RuntimeError("a local cloud is running in this process already")
        # A session created before this module was imported lacks the handler.
        _forget_session()
        self._services = services

    def turn_off(self) -> None:
        """Let requests go to the network again."""
        self._services = None
        _forget_session()


def _forget_session() -> None:
    boto3.DEFAULT_SESSION = None


SWITCH = Switch()
BUILTIN_HANDLERS.append(("before-send", SWITCH))


def error_response(status: int, code: str, message: str) -> Response:
    """An error in the form of AWS's JSON protocols."""
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": code}
    return status, headers, json.dumps({"message": message}).encode()


def body_of(request: AWSPreparedRequest) -> bytes:
    """The body of a request; raises TypeError for a stream or no body."""
    body = request.body
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    raise TypeError(type(body).__name__)
