"""The server: the API, and the local-only routes beside it."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from local.controls import Controls
from local.mail_pages import Pages
from local.system import System
from local.tokens import DEMO

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def make_app(system: System) -> Starlette:
    """The application for a started system."""
    pages = Pages()

    async def everything_else(request: Request) -> Response:
        if request.url.path == "/" and not system.has_console:
            return pages.home(base=str(request.base_url), demo=DEMO, console="")
        return await system.gateway.answer(request)

    return Starlette(
        routes=[
            *Controls(system, pages).routes(),
            Route("/{path:path}", everything_else, methods=_METHODS),
        ]
    )
