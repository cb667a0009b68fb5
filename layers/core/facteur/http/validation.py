"""Request bodies and queries, parsed by pydantic, with its errors translated to problems."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError

from facteur.domain.errors import InputError, Parameter, Problem, TooLargeError
from facteur.domain.validators import RefusedValueError

MAX_BODY = 2 * 1024 * 1024
"""Bytes of the largest body: enough for a staff list of MAX_ENTRIES or any list of addresses."""

_CODES = {
    "missing": "required",
    "union_tag_not_found": "required",
    "union_tag_invalid": "not_allowed",
    "extra_forbidden": "unknown_field",
    "string_too_short": "required",
    "string_too_long": "too_long",
    "too_long": "too_many",
    "too_short": "too_few",
    "enum": "not_allowed",
    "literal_error": "not_allowed",
    "string_pattern_mismatch": "value_invalid",
    "decimal_max_places": "too_many_decimals",
    "finite_number": "number_invalid",
    "string_unicode": "text_invalid",
}
_FAMILIES = {
    "date": "date_invalid",
    "datetime": "instant_invalid",
    "timezone": "instant_invalid",
    "decimal": "number_invalid",
    "int": "number_invalid",
    "greater": "out_of_range",
    "less": "out_of_range",
    "bool": "boolean_expected",
    "string": "text_expected",
    "list": "list_expected",
    "tuple": "list_expected",
    "dict": "object_expected",
    "model": "object_expected",
}
_HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")
_QUOTED = re.compile(r"'([^']+)'")
CODES = frozenset([*_CODES.values(), *_FAMILIES.values(), "value_invalid"])
"""Every code a problem found by pydantic may have."""
_PARAMS = {
    "too_long": "max_length",
    "too_many": "max_length",
    "too_few": "min_length",
    "not_allowed": "expected",
    "too_many_decimals": "decimal_places",
}
_LIMITS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


class RequestModel(BaseModel):
    """Part of a request: unknown fields are refused."""

    # Built at first use: a cold start builds only what its first request needs.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _with_required(schema: dict[str, Any], model: type["CheckedByService"]) -> None:
    if model.REQUIRED:
        schema["required"] = list(model.REQUIRED)
    for name in model.REQUIRED:
        schema["properties"][name].pop("default", None)


class CheckedByService(RequestModel):
    """A body that the service checks further; the response lists the problems of both checks.

    Every field has a default, also a ``REQUIRED`` one. It replaces a value that is wrong or
    missing, so that the service can go on checking; ``problems`` lists what was wrong.
    """

    model_config = ConfigDict(json_schema_extra=_with_required)

    REQUIRED: ClassVar[Sequence[str]] = ()
    _problems: tuple[Problem, ...] = PrivateAttr(default=())

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self._problems

    @classmethod
    def parse_partial(cls, raw: Mapping[str, object]) -> Self:
        """The valid fields of ``raw``, with the problems of the others."""
        problems = [Problem(name, "required") for name in cls.REQUIRED if name not in raw]
        try:
            body = cls.model_validate(raw)
        except ValidationError as error:
            wrong = {str(item["loc"][0]) for item in error.errors(include_url=False)}
            body = cls.model_validate({k: v for k, v in raw.items() if k not in wrong})
            problems += problems_of(error)
        body._problems = tuple(problems)
        return body


@runtime_checkable
class ParsesPartially(Protocol):
    """A model that keeps the valid fields of a request, and the problems of the others."""

    @classmethod
    def parse_partial(cls, raw: Mapping[str, object]) -> Self: ...


def parse[M: BaseModel](model: type[M], raw: Mapping[str, object]) -> M:
    """``raw`` parsed as ``model``. Raises InputError with all problems, unless it keeps them."""
    if issubclass(model, ParsesPartially):
        return model.parse_partial(raw)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise InputError(problems_of(error)) from error


def json_object(body: bytes) -> dict[str, object]:
    """The JSON object in a body. Raises InputError ``json_invalid``, or TooLargeError."""
    if len(body) > MAX_BODY:
        raise TooLargeError("body_too_large", max_kilobytes=MAX_BODY // 1024)
    try:
        value = json.loads(body.decode(), parse_constant=_refused)
        if _HALF_CHARACTER.search(body):
            # An escaped lone surrogate is valid JSON but cannot be encoded as UTF-8.
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise InputError([Problem("", "json_invalid")]) from error
    if not isinstance(value, dict):
        raise InputError([Problem("", "object_expected")])
    return value


def _refused(constant: str) -> object:
    """Refuse NaN and Infinity, which Python reads and JSON does not have."""
    raise ValueError(constant)


def problems_of(error: ValidationError, *, tagged: bool = False) -> list[Problem]:
    """pydantic's errors as problems with our codes.

    ``tagged``: the model is a tagged union, so that pydantic's paths begin with the tag.
    """
    problems = [
        problem
        for item in error.errors(include_url=False, include_input=False)
        for problem in _problems(item["loc"][tagged:], item["type"], item.get("ctx", {}))
    ]
    return [problem for problem in problems if not _is_consequence(problem, problems)]


def _is_consequence(problem: Problem, problems: Sequence[Problem]) -> bool:
    """Whether a list is too short only because pydantic does not count its invalid items."""
    return problem.code == "too_few" and any(
        other.field.startswith(f"{problem.field}.") for other in problems
    )


def _problems(loc: Sequence[int | str], kind: str, context: Mapping[str, Any]) -> Iterator[Problem]:
    field = ".".join(str(part) for part in loc) or ("type" if kind.startswith("union") else "")
    match context.get("error"):
        case RefusedValueError(problems=ours):
            for problem in ours:
                yield replace(problem, field=".".join(filter(None, (field, problem.field))))
        case _:
            yield _problem(field, kind, context)


def _problem(field: str, kind: str, context: Mapping[str, Any]) -> Problem:
    code = _CODES.get(kind) or _FAMILIES.get(kind.partition("_")[0], "value_invalid")
    params: dict[str, Parameter] = {}
    if name := _PARAMS.get(code):
        text = str(context.get(name, context.get("expected_tags", "")))
        params[name] = ", ".join(_QUOTED.findall(text)) or text
    if code == "out_of_range":
        params["limit"] = " ".join(
            f"{sign} {context[name]}" for name, sign in _LIMITS.items() if name in context
        )
    return Problem(field, code, params)
