"""Kinds of fields that requests and answers share."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer


class AnswerModel(BaseModel):
    """Part of an answer."""

    model_config = ConfigDict(frozen=True, defer_build=True)


def _instant(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


type Instant = Annotated[
    dt.datetime,
    PlainSerializer(_instant, return_type=str, when_used="json"),
    Field(json_schema_extra={"format": "date-time"}),
]
"""An instant in UTC, RFC 3339, to the millisecond."""


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


type Addresses = Annotated[
    tuple[str, ...],
    BeforeValidator(_one_or_many, json_schema_input_type=str | list[str]),
    Field(max_length=2_000, description="Addresses, as an array or as one pasted text."),
]
"""A list of addresses, as typed: a text with separators, or an array of such texts."""

type Ignored = Annotated[object, Field(json_schema_extra={"readOnly": True})]

type Day = Annotated[dt.date, Field(ge=dt.date(1970, 1, 1), le=dt.date(2999, 12, 31))]
"""A date that can be turned into instants, in any time zone."""
