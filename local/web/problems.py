"""Errors of the local mode itself, in the same form as the API's (RFC 9457)."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse

from facteur.http.language import find_locale
from facteur.http.sentences import sentence
from facteur.locales import DEFAULT_LOCALE


def problem(status: int, code: str, detail: str, *, request_id: str = "") -> JSONResponse:
    """A response with a problem as its body."""
    body: dict[str, object] = {
        "type": f"urn:facteur:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
    }
    if request_id:
        body["request_id"] = request_id
    headers = {"Cache-Control": "no-store"}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def refused(request: Request, *, request_id: str = "") -> JSONResponse:
    """The response to a request without a valid token, in the reader's language.

    On AWS, API Gateway answers it in English, before any of our code runs.
    """
    locale = find_locale(request.headers.get("accept-language", "")) or DEFAULT_LOCALE
    detail = sentence("unauthorized", {}, locale)
    return problem(401, "unauthorized", detail, request_id=request_id)
