"""API Gateway: the routes of the template, the token check, and the functions' responses."""

import base64
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from local.aws.s3_links import with_local_links
from local.functions.runtime import Event, FunctionError, Functions
from local.template.stack import Route
from local.web.http_events import event_of
from local.web.problems import problem, refused
from local.web.tokens import TokenError, Tokens

MAX_BODY = 10 * 1024 * 1024
MAX_RESPONSE = 6 * 1024 * 1024
"""https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""
_PARAMETER = re.compile(r"\{([^}+]+)(\+?)\}")


class _FunctionResponse(BaseModel):
    """A function's response in format 2.0. What API Gateway infers from others is not supported."""

    statusCode: int  # noqa: N815 - as Lambda spells them
    headers: dict[str, str | int | bool] = {}
    body: str = ""
    isBase64Encoded: bool = False  # noqa: N815
    cookies: list[str] = []


class Gateway:
    """Answers requests to the API by invoking functions."""

    def __init__(self, routes: Iterable[Route], functions: Functions, tokens: Tokens) -> None:
        # API Gateway prefers a full match to a greedy one, and fixed segments to parameters.
        ordered = sorted(routes, key=lambda route: (route.path.count("+}"), route.path.count("{")))
        self._routes = [(route, _pattern(route.path)) for route in ordered]
        self._functions = functions
        self._tokens = tokens

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route of a request and its path parameters, or None."""
        for route, pattern in self._routes:
            found = pattern.fullmatch(path)
            if found and route.method in (method, "ANY"):
                return route, {name: unquote(value) for name, value in found.groupdict().items()}
        return None

    async def answer(self, request: Request) -> Response:
        """The response to a request."""
        return await run_in_threadpool(self.respond, request, await request.body())

    def call(self, method: str, path: str, *, token: str, body: object = None) -> Response:
        """The response to a request that the local mode makes itself, handled like a client's."""
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "server": ("127.0.0.1", 80),
            "scheme": "http",
        }
        content = b"" if body is None else json.dumps(body).encode()
        return self.respond(Request(scope), content)

    def respond(self, request: Request, body: bytes) -> Response:
        """The response to a request whose body has been read."""
        request_id = str(uuid.uuid4())
        path = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace")
        found = self.find(request.method, path)
        if found is None:
            return problem(404, "route_not_found", "Not Found", request_id=request_id)
        route, parameters = found
        claims: Mapping[str, str] | None = None
        if not route.is_open:
            try:
                claims = self._tokens.claims_of(request.headers.get("authorization", ""))
            except TokenError:
                return refused(request, request_id=request_id)
        if len(body) > MAX_BODY:
            return problem(413, "too_large", "Request Entity Too Large", request_id=request_id)
        event = event_of(
            request,
            path,
            body,
            route=route,
            parameters=parameters,
            claims=claims,
            request_id=request_id,
        )
        return self._invoke(route, event, str(request.base_url))

    def _invoke(self, route: Route, event: Event, base: str) -> Response:
        request_id = event["requestContext"]["requestId"]
        try:
            returned = self._functions.invoke(route.function, event, request_id=request_id)
            return _response(returned, base)
        except (FunctionError, ValueError):
            return problem(500, "internal_error", "Internal Server Error", request_id=request_id)


def _pattern(path: str) -> re.Pattern[str]:
    parts = _PARAMETER.split(path)
    pattern = re.escape(parts[0])
    for name, greedy, literal in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        pattern += f"(?P<{name}>{'.+' if greedy else '[^/]+'}){re.escape(literal)}"
    return re.compile(pattern)


def _response(returned: object, base: str) -> Response:
    """The HTTP response for what a function returned; raises ValueError when it is not one."""
    if len(json.dumps(returned)) > MAX_RESPONSE:
        raise ValueError("response exceeds Lambda's limit")
    read = _FunctionResponse.model_validate(returned)
    content = base64.b64decode(read.body) if read.isBase64Encoded else read.body.encode()
    response = Response(content, read.statusCode)
    for name, value in read.headers.items():
        response.headers[name] = with_local_links(str(value), base)
    for cookie in read.cookies:
        response.headers.append("set-cookie", cookie)
    if content and "json" in response.headers.get("content-type", ""):
        response.body = with_local_links(content.decode(), base).encode()
        response.headers["content-length"] = str(len(response.body))
    return response
