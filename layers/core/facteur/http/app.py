"""Routes of one function: typed endpoints, API Gateway responses, errors mapped once.

A route's signature is its contract. ``query`` and ``body``, when it has them, are pydantic models
that the request is parsed into; what it returns is a pydantic model, a ready Response, or None for
204. The same signatures make the OpenAPI description, so that the two cannot differ.
"""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from pydantic import BaseModel

from facteur.domain.errors import FacteurError, ForbiddenError, NotFoundError
from facteur.domain.identity import Caller, UserRole
from facteur.http.identity import caller_of
from facteur.http.language import find_locale
from facteur.http.problems import internal_error, problem_response, status_of
from facteur.http.request import Incoming, Request, incoming_of
from facteur.http.validation import RequestModel, parse
from facteur.locales import DEFAULT_LOCALE
from facteur.ports import Clients

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

type Answer = BaseModel | Response[str] | Response[bytes] | None
type Endpoint = Callable[..., Answer]
type LambdaHandler = Callable[[Mapping[str, object], "LambdaContext"], dict[str, Any]]

_ONE_AT_A_TIME = threading.Lock()
"""Powertools keeps the current event on a class that all resolvers share. A Lambda environment
answers one request at a time; the local mode, with every function in one process, does not."""


class HasClients(Protocol):
    """The services of a function, among them the host applications that may call it."""

    @property
    def clients(self) -> Clients: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route: what its registration and its OpenAPI description need."""

    method: str
    path: str
    """With parameters in braces, as in the template: "/v1/documents/{id}"."""
    endpoint: Endpoint
    status: int = 200
    body_required: bool = True
    media_type: str = "application/json"
    idempotent: bool = False
    """Accepts an Idempotency-Key."""
    public: bool = False
    """No authorizer; the endpoint is called without a request."""
    admin_only: bool = False
    """Members get 403, whatever else is wrong with their request."""


class HttpApp[S: HasClients]:
    """The routes of one function."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.routes: list[Route] = []
        self._logger = Logger(service=name)
        self._resolver = APIGatewayHttpResolver()
        self._resolver.not_found(_no_route)
        self._resolver.exception_handler(Exception)(self._failure)

    def route(
        self,
        method: str,
        path: str,
        *,
        status: int = 200,
        body_required: bool = True,
        media_type: str = "application/json",
        idempotent: bool = False,
        public: bool = False,
        admin_only: bool = False,
    ) -> Callable[[Endpoint], Endpoint]:
        """Register a route; parameters of the path stand between braces."""

        def register(endpoint: Endpoint) -> Endpoint:
            route = Route(
                method=method,
                path=path,
                endpoint=endpoint,
                status=status,
                body_required=body_required,
                media_type=media_type,
                idempotent=idempotent,
                public=public,
                admin_only=admin_only,
            )
            self.routes.append(route)
            rule = re.sub(r"\{(\w+)\}", r"<\1>", path)
            self._resolver.route(rule, method=[method])(self._called(route))
            return endpoint

        return register

    def handler(self, services: Callable[[], S]) -> "LambdaHandler":
        """The function's entry point; ``services`` is called at each request."""

        def handle(event: Mapping[str, object], context: "LambdaContext") -> dict[str, Any]:
            return self.answer(event, context, services())

        return handle

    def answer(
        self, event: Mapping[str, object], context: "LambdaContext", services: S
    ) -> dict[str, Any]:
        """Answer one request."""
        with _ONE_AT_A_TIME:
            self._resolver.context.update(incoming=incoming_of(event), services=services)
            return self._resolver.resolve(event, context)

    def _called(self, route: Route) -> Callable[..., Response[Any]]:
        wanted = route.endpoint.__annotations__
        if route.public:
            return lambda: _response(route.endpoint(), route.status)

        def call(**path: str) -> Response[Any]:
            incoming: Incoming = self._resolver.context["incoming"]
            services: S = self._resolver.context["services"]
            request = Request(
                incoming=incoming,
                services=services,
                caller=_permitted(caller_of(incoming.claims, services.clients), route),
                path=path,
            )
            arguments: dict[str, object] = {}
            if "query" in wanted:
                arguments["query"] = parse(wanted["query"], incoming.query)
            elif "body" not in wanted:
                parse(RequestModel, incoming.query)
            if "body" in wanted:
                raw = request.json(required=route.body_required)
                arguments["body"] = parse(wanted["body"], raw)
            return _response(route.endpoint(request, **arguments), route.status)

        return call

    def _failure(self, error: Exception) -> Response[str]:
        incoming: Incoming = self._resolver.context["incoming"]
        locale = find_locale(incoming.headers.get("accept-language", "")) or DEFAULT_LOCALE
        keys = {"request_id": incoming.request_id, "method": incoming.method}
        if not isinstance(error, FacteurError):
            self._logger.error("request failed", exc_info=error, extra=keys)
            return internal_error(locale=locale, request_id=incoming.request_id)
        if status_of(error) >= 500:
            self._logger.error("request failed", exc_info=error, extra=keys | {"code": error.code})
        else:
            self._logger.info("request refused", extra=keys | {"code": error.code})
        return problem_response(error, locale=locale, request_id=incoming.request_id)


def _permitted(caller: Caller, route: Route) -> Caller:
    """The caller, if their role is one that the route is for."""
    if route.admin_only and caller.role is not UserRole.ADMIN:
        raise ForbiddenError("admin_only")
    return caller


def _no_route(_: Exception) -> Response[str]:
    raise NotFoundError("route_not_found")


def _response(answer: Answer, status: int) -> Response[Any]:
    if isinstance(answer, Response):
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer
    return Response(
        status_code=status if answer is not None else 204,
        content_type="application/json" if answer is not None else None,
        body=answer.model_dump_json(by_alias=True) if answer is not None else "",
        headers={"Cache-Control": "no-store"},
    )
