"""The event of an HTTP request, in API Gateway's payload format 2.0.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import re
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from starlette.requests import Request

from local.functions.runtime import Event
from local.template.names import ACCOUNT
from local.template.stack import Route

_TEXTUAL = re.compile(
    r"text/|application/(.*\+)?(json|xml|javascript|x-www-form-urlencoded)", re.IGNORECASE
)


def event_of(
    request: Request,
    path: str,
    body: bytes,
    *,
    route: Route,
    parameters: Mapping[str, str],
    claims: Mapping[str, str] | None,
    request_id: str,
) -> Event:
    """The event for a request; ``path`` is percent-encoded, ``claims`` None on open routes."""
    headers, cookies = _headers(request)
    query = request.url.query
    event: Event = {
        "version": "2.0",
        "routeKey": f"{route.method} {route.path}",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": _context(request, path, route, claims, request_id),
        "isBase64Encoded": False,
    }
    if cookies:
        event["cookies"] = cookies
    if query:
        event["queryStringParameters"] = _joined(parse_qsl(query, keep_blank_values=True))
    if parameters:
        event["pathParameters"] = dict(parameters)
    if body:
        event |= _body(body, headers.get("content-type", ""))
    return event


def _headers(request: Request) -> tuple[dict[str, str], list[str]]:
    """Headers by name in lower case, repeated ones joined with commas, and cookies."""
    every = [(name, value) for name, value in request.headers.items() if name != "cookie"]
    cookies = [
        cookie.strip() for line in request.headers.getlist("cookie") for cookie in line.split(";")
    ]
    return _joined(every), cookies


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in pairs:
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def _body(body: bytes, media_type: str) -> Event:
    if not media_type or _TEXTUAL.match(media_type):
        try:
            return {"body": body.decode()}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


def _context(
    request: Request,
    path: str,
    route: Route,
    claims: Mapping[str, str] | None,
    request_id: str,
) -> Event:
    now = time.time()
    host = request.headers.get("host", "localhost")
    context: Event = {
        "accountId": ACCOUNT,
        "apiId": "local",
        "domainName": host,
        "domainPrefix": host.partition(".")[0],
        "http": {
            "method": request.method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": request.client.host if request.client else "127.0.0.1",
            "userAgent": request.headers.get("user-agent", ""),
        },
        "requestId": request_id,
        "routeKey": f"{route.method} {route.path}",
        "stage": "$default",
        "time": datetime.fromtimestamp(now, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": int(now * 1000),
    }
    if claims is not None:
        context["authorizer"] = {"jwt": {"claims": dict(claims), "scopes": None}}
    return context
