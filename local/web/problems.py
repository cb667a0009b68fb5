"""Errors of the local mode itself, in the same form as the API's (RFC 9457)."""

from http import HTTPStatus

from starlette.responses import JSONResponse


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
