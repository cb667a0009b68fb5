"""Errors as RFC 9457 problem details, in the reader's language."""

import itertools
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from pydantic import Field

from facteur.domain.address import MAX_TYPED_ADDRESSES
from facteur.domain.errors import (
    ConflictError,
    DailyLimitError,
    FacteurError,
    ForbiddenError,
    InputError,
    NotFoundError,
    Parameter,
    Problem,
    StoreThrottledError,
    TooLargeError,
    UnauthenticatedError,
    UnavailableError,
)
from facteur.http.fields import ResponseModel
from facteur.http.sentences import sentence
from facteur.locales import Locale

MEDIA_TYPE = "application/problem+json"
MAX_PROBLEMS = MAX_TYPED_ADDRESSES
"""Problems in one response: one for each entry of a list of addresses."""
RETRY_AFTER = "2"
"""Seconds after which a throttled table has usually caught up."""

_STATUSES: dict[type[FacteurError], HTTPStatus] = {
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    UnauthenticatedError: HTTPStatus.UNAUTHORIZED,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    DailyLimitError: HTTPStatus.TOO_MANY_REQUESTS,
    ConflictError: HTTPStatus.CONFLICT,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    StoreThrottledError: HTTPStatus.TOO_MANY_REQUESTS,
    UnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
}


def status_of(error: FacteurError) -> HTTPStatus:
    """The HTTP status of an error; 500 for one that should never reach a client."""
    for kind in type(error).__mro__:
        if kind in _STATUSES:
            return _STATUSES[kind]
    return HTTPStatus.INTERNAL_SERVER_ERROR


class ProblemEntry(ResponseModel):
    """One thing wrong with a request; ``field`` is its dotted path in the body or query."""

    field: str
    code: str
    message: str


class ProblemDetails(ResponseModel):
    """Why a request was refused (RFC 9457).

    ``params`` are the values that ``detail`` mentions; ``errors`` lists everything that is wrong
    with a request of status 422.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    params: Annotated[dict[str, str | int], Field(default_factory=dict)]
    errors: Annotated[list[ProblemEntry], Field(default_factory=list)]


def problem_response(error: FacteurError, *, locale: Locale, request_id: str) -> Response[str]:
    """The response to a request that ended in ``error``."""
    status = status_of(error)
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        return internal_error(locale=locale, request_id=request_id)
    problem = ProblemDetails(
        **_fields(status, error.code, error.params, locale),
        request_id=request_id,
        params=error.params,
        errors=_entries(error.problems, locale) if isinstance(error, InputError) else [],
    )
    response = _response(problem)
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        response.headers["Retry-After"] = (
            str(error.retry_after) if isinstance(error, DailyLimitError) else RETRY_AFTER
        )
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def internal_error(*, locale: Locale, request_id: str) -> Response[str]:
    """The response to an unexpected error: only the request id, for the logs."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    fields = _fields(status, "internal_error", {"request_id": request_id}, locale)
    return _response(ProblemDetails(**fields, request_id=request_id))


def _fields(
    status: HTTPStatus, code: str, params: Mapping[str, Parameter], locale: Locale
) -> dict[str, Any]:
    return {
        "type": f"urn:facteur:problem:{code}",
        "title": status.phrase,
        "status": status.value,
        "detail": sentence(code, params, locale),
        "code": code,
    }


def _entries(problems: Iterable[Problem], locale: Locale) -> list[ProblemEntry]:
    """Each problem once: a variable misspelt twenty times is one mistake."""
    found = {
        (problem.field, problem.code, sentence(problem.code, problem.params, locale)): None
        for problem in problems
    }
    return [
        ProblemEntry(field=field, code=code, message=message)
        for field, code, message in itertools.islice(found, MAX_PROBLEMS)
    ]


def _response(problem: ProblemDetails) -> Response[str]:
    return Response(
        status_code=problem.status,
        content_type=MEDIA_TYPE,
        body=problem.model_dump_json(exclude_defaults=True),
        headers={"Cache-Control": "no-store"},
    )
