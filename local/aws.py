"""The end of the wire: where boto3 would send a request to AWS, the local services answer it.

The whole of boto3 runs for real, up to the socket: time-outs, retries, parsing and errors are its
own. Only one cloud is switched on at a time.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.handlers import BUILTIN_HANDLERS

type Answer = tuple[int, Mapping[str, str], bytes]
type Service = Callable[[str, AWSPreparedRequest], Answer]


class _Body(io.BytesIO):
    def stream(self, amt: int = 65_536, **_: object) -> Iterator[bytes]:
        while chunk := self.read(amt):
            yield chunk


class Switch:
    """What every boto3 client of the process asks before it would open a connection."""

    def __init__(self) -> None:
        self._services: Mapping[str, Service] | None = None

    def __call__(
        self, event_name: str, request: AWSPreparedRequest, **_keywords: Any
    ) -> AWSResponse | None:
        """The answer to a request, or None while no cloud is switched on."""
        if self._services is None:
            return None
        _, service, operation = event_name.split(".")
        if service not in self._services:
            raise LookupError(f"{service} {operation} is not part of the local mode")
        status, headers, body = self._services[service](operation, request)
        return AWSResponse(request.url, status, HTTPHeaders.from_dict(dict(headers)), _Body(body))

    def turn_on(self, services: Mapping[str, Service]) -> None:
        """Let ``services``, by their botocore names, answer from now on."""
        if self._services is not None:
            raise RuntimeError("a local cloud is running in this process already")
        # A session made before this module was loaded would not ask.
        _forget_session()
        self._services = services

    def turn_off(self) -> None:
        """Let requests go where they would."""
        self._services = None
        _forget_session()


def _forget_session() -> None:
    boto3.DEFAULT_SESSION = None


SWITCH = Switch()
BUILTIN_HANDLERS.append(("before-send", SWITCH))


def refusal(status: int, code: str, message: str) -> Answer:
    """An error in the form of AWS's JSON protocols."""
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": code}
    return status, headers, json.dumps({"message": message}).encode()


def body_of(request: AWSPreparedRequest) -> bytes:
    """The body of a request to one of AWS's JSON protocols."""
    body = request.body
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    raise TypeError(type(body).__name__)
