"""Errors as RFC 9457 problem details, in the reader's language."""

import itertools
import json
from collections.abc import Iterable
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from facteur.domain.errors import (
    BusyError,
    ConflictError,
    FacteurError,
    InputError,
    NotFoundError,
    Problem,
    TooLargeError,
    UnauthenticatedError,
)
from facteur.domain.settings import Locale
from facteur.http.messages import sentence

MEDIA_TYPE = "application/problem+json"
MAX_PROBLEMS = 2_000
"""Problems named in one answer: twice as many as the addresses a Send may have."""
RETRY_AFTER = "2"
"""Seconds after which a throttled table has usually caught up."""

_STATUSES: dict[type[FacteurError], HTTPStatus] = {
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    UnauthenticatedError: HTTPStatus.UNAUTHORIZED,
    ConflictError: HTTPStatus.CONFLICT,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    BusyError: HTTPStatus.TOO_MANY_REQUESTS,
}


def status_of(error: FacteurError) -> HTTPStatus:
    """The status an error answers with; 500 for one that should never reach a client."""
    for kind in type(error).__mro__:
        if kind in _STATUSES:
            return _STATUSES[kind]
    return HTTPStatus.INTERNAL_SERVER_ERROR


def problem_response(error: FacteurError, *, locale: Locale, request_id: str) -> Response[str]:
    """The answer to a request that ended in ``error``."""
    status = status_of(error)
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        return internal_error(locale=locale, request_id=request_id)
    body = _body(status, error.code, sentence(error.code, error.params, locale), request_id)
    if error.params:
        body["params"] = dict(error.params)
    if isinstance(error, InputError):
        body["errors"] = _entries(error.problems, locale)
    response = _response(status, body)
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = RETRY_AFTER
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def internal_error(*, locale: Locale, request_id: str) -> Response[str]:
    """The answer when something broke on our side: it says nothing but where to look."""
    code = "internal_error"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    detail = sentence(code, {"request_id": request_id}, locale)
    return _response(status, _body(status, code, detail, request_id))


def _body(status: HTTPStatus, code: str, detail: str, request_id: str) -> dict[str, object]:
    return {
        "type": f"urn:facteur:problem:{code}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "code": code,
        "request_id": request_id,
    }


def _entries(problems: Iterable[Problem], locale: Locale) -> list[dict[str, str]]:
    """Each problem once: a variable misspelt twenty times is one mistake."""
    found = {
        (problem.field, problem.code, sentence(problem.code, problem.params, locale)): None
        for problem in problems
    }
    return [
        {"field": field, "code": code, "message": message}
        for field, code, message in itertools.islice(found, MAX_PROBLEMS)
    ]


def _response(status: HTTPStatus, body: dict[str, object]) -> Response[str]:
    return Response(
        status_code=status.value,
        content_type=MEDIA_TYPE,
        body=json.dumps(body),
        headers={"Cache-Control": "no-store"},
    )
