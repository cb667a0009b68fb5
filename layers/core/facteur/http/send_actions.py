"""One Send in full, its failure resolved or reopened by a person: answered as it is then."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from facteur.http.app import Endpoint, HttpApp
from facteur.http.request import Request
from facteur.http.send_responses import SendAnswer


class SendAction(StrEnum):
    """What is done with a Send before it is shown."""

    GET = "get"
    RESOLVE = "resolve"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class ActionRoute:
    """The route of an action, and its summary in the OpenAPI."""

    action: SendAction
    method: str
    path: str
    summary: str


ROUTES = (
    ActionRoute(SendAction.GET, "GET", "/v1/sends/{id}", "Get a Send in full."),
    ActionRoute(
        SendAction.RESOLVE,
        "POST",
        "/v1/sends/{id}/resolve",
        "Resolve a failure that was dealt with.",
    ),
    ActionRoute(
        SendAction.REOPEN, "POST", "/v1/sends/{id}/reopen", "Reopen a failure that was resolved."
    ),
)

type Perform = Callable[[Request[Any], SendAction], SendAnswer]


def add_action_routes(app: HttpApp[Any], perform: Perform) -> None:
    """Register one route per action, each of which calls ``perform`` with its action."""
    for route in ROUTES:
        app.route(route.method, route.path)(_endpoint(route, perform))


def _endpoint(route: ActionRoute, perform: Perform) -> Endpoint:
    def endpoint(request: Request[Any]) -> SendAnswer:
        return perform(request, route.action)

    # The OpenAPI takes the operationId and the summary from them.
    endpoint.__name__, endpoint.__doc__ = f"{route.action}_send", route.summary
    return endpoint
