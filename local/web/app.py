"""The HTTP application: the API, and the local-only routes beside it."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from local.web.controls import Controls
from local.web.gateway import Gateway
from local.web.own_origin import OwnOrigin
from local.web.tokens import DEMO

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def make_app(gateway: Gateway, controls: Controls, *, has_console: bool) -> Starlette:
    """The application. Without a console, ``/`` shows a front page of the local mode."""

    async def everything_else(request: Request) -> Response:
        if request.url.path == "/" and not has_console:
            return controls.pages.home(base=str(request.base_url), demo=DEMO, console="")
        return await gateway.answer(request)

    return Starlette(
        routes=[*controls.routes(), Route("/{path:path}", everything_else, methods=_METHODS)],
        middleware=[Middleware(OwnOrigin)],
    )
