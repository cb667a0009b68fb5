"""The actions on a campaign: POST /v1/campaigns/{id}/<action>, one route for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from facteur.domain.requests import CampaignAction
from facteur.http.app import Endpoint, HttpApp
from facteur.http.campaign_responses import CampaignAnswer
from facteur.http.request import Request


@dataclass(frozen=True, slots=True)
class ActionRoute:
    """The route of an action: the status of its success, and its summary in the OpenAPI."""

    action: CampaignAction
    status: int
    summary: str


ROUTES = (
    ActionRoute(CampaignAction.PAUSE, 200, "Suspend a campaign until it is resumed."),
    ActionRoute(
        CampaignAction.RESUME, 200, "Resume from now; occurrences missed meanwhile are not sent."
    ),
    ActionRoute(CampaignAction.SKIP, 200, "Skip the next occurrence."),
    ActionRoute(
        CampaignAction.UNSKIP, 200, "Undo the latest skip, as long as its time has not come."
    ),
    ActionRoute(CampaignAction.RUN, 202, "Send now, in addition to the planned occurrences."),
    ActionRoute(CampaignAction.TEST, 202, "Send a test to the sender only."),
    ActionRoute(CampaignAction.DUPLICATE, 201, "Copy a campaign; the copy is paused."),
)

type Perform = Callable[[Request[Any], ActionRoute], CampaignAnswer]


def add_action_routes(app: HttpApp[Any], perform: Perform) -> None:
    """Register one route per action, each of which calls ``perform`` with the route of its action.

    The actions that create something (201, 202) accept an Idempotency-Key.
    """
    for route in ROUTES:
        register = app.route(
            "POST",
            f"/v1/campaigns/{{id}}/{route.action}",
            status=route.status,
            idempotent=route.status != 200,
        )
        register(_endpoint(route, perform))


def _endpoint(route: ActionRoute, perform: Perform) -> Endpoint:
    def endpoint(request: Request[Any]) -> CampaignAnswer:
        return perform(request, route)

    # The OpenAPI document takes the operationId and the summary from these.
    endpoint.__name__, endpoint.__doc__ = f"{route.action}_campaign", route.summary
    return endpoint
