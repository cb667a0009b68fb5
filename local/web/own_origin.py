"""Answers only to this machine's own names, and acts only for its own pages.

A web page elsewhere can have its own name lead to 127.0.0.1 (DNS rebinding) and would then read
everything here; or it can post to this server without reading the answer. The names in ``Host`` and
``Origin``, which a page cannot choose, tell both.
https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Origin
"""

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from local.web.problems import problem

_NAMES = ("127.0.0.1", "localhost", "[::1]")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class OwnOrigin:
    """Refuses, with 403, requests to another name, and what the pages of another site ask for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        app = (_refusal(scope) if scope["type"] == "http" else None) or self._app
        await app(scope, receive, send)


def _refusal(scope: Scope) -> Response | None:
    hosts, headers = _hosts(scope), Headers(scope=scope)
    addresses = " ou ".join(f"http://{host}" for host in hosts[:2])
    named = headers.getlist("host")
    if not named or any(host.lower() not in hosts for host in named):
        detail = f"Le mode local ne répond que sous {addresses}."
        return problem(403, "host_not_local", detail)
    is_reading = scope["method"] in _READING and not scope["path"].startswith("/local/")
    own = {f"http://{host}" for host in hosts}
    if not is_reading and any(origin not in own for origin in headers.getlist("origin")):
        detail = f"Seules les pages ouvertes sous {addresses} peuvent demander cela."
        return problem(403, "origin_not_local", detail)
    return None


def _hosts(scope: Scope) -> list[str]:
    """This machine's names, each with the port of this server."""
    port = scope["server"][1]
    hosts = [f"{name}:{port}" for name in _NAMES]
    return hosts + list(_NAMES) if port == 80 else hosts
