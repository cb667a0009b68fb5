"""Types of fields that requests and responses share."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)

from facteur.domain.address import MAX_TYPED_ADDRESSES, parse_addresses
from facteur.domain.errors import Problem
from facteur.domain.group import MAX_GROUPS, MAX_TYPED_GROUPS
from facteur.domain.headers import check_header
from facteur.domain.registrations import (
    check_bic,
    check_iban,
    check_siren,
    check_siret,
    check_vat_number,
)
from facteur.domain.send import MAX_DOCUMENTS
from facteur.domain.validators import RefusedValueError, matching, refuse_if


class ResponseModel(BaseModel):
    """Part of a response."""

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


MAX_ZONE = 64
"""Characters of the name of a time zone."""
MAX_INTEGER = 2**53
"""The largest integer that every reader of JSON keeps exactly (RFC 8259, 6)."""
MAX_TYPED_DOCUMENTS = 10 * MAX_DOCUMENTS
"""Entries in a list of documents, repetitions included; the service enforces MAX_DOCUMENTS."""

type Addresses = Annotated[
    tuple[str, ...],
    BeforeValidator(_one_or_many, json_schema_input_type=str | list[str]),
    Field(
        max_length=MAX_TYPED_ADDRESSES, description="Addresses, as an array or as one pasted text."
    ),
]
"""A list of addresses, as typed: a text with separators, or an array of such texts."""


type Groups = Annotated[
    tuple[str, ...],
    Field(
        max_length=MAX_TYPED_GROUPS,
        description=f"At most {MAX_GROUPS} groups of recipients, by their ids.",
    ),
]
"""A list of groups; the service enforces MAX_GROUPS."""


def _checked_address(value: str) -> str:
    addresses, problems = parse_addresses(value, field="")
    if len(addresses) > 1:
        problems.append(Problem("", "one_address_expected"))
    refuse_if(problems)
    return value


def _in_header(value: str) -> str:
    refuse_if(check_header(value, field=""))
    return value


def _ascii(value: object) -> object:
    refuse_if(
        [Problem("", "number_invalid")] if isinstance(value, str) and not value.isascii() else []
    )
    return value


ASCII = BeforeValidator(_ascii)
"""Refuses the digits of other scripts, which Python would read as a number."""

ONE_ADDRESS = AfterValidator(_checked_address)
"""Checks a text that holds at most one address; the text stays as typed."""
IN_HEADER = AfterValidator(_in_header)
"""Checks a name or number that is put in a header of a mail."""


def _registered(check: Callable[[str], list[Problem]]) -> AfterValidator:
    def checked(value: str) -> str:
        refuse_if(check(value))
        return value

    return AfterValidator(checked)


SIREN = _registered(check_siren)
SIRET = _registered(check_siret)
VAT_NUMBER = _registered(check_vat_number)
IBAN = _registered(check_iban)
BIC = _registered(check_bic)
"""Check a registration number, when it is saved: what was stored earlier is read unchecked. The
text stays as typed."""

type Typed = Annotated[str, Field(max_length=100_000)]
"""A text whose length the service checks once its variables are replaced."""

type Version = Annotated[
    int, Field(ge=1, le=MAX_INTEGER, strict=True, description="The version read.")
]

type Ignored = Annotated[object, Field(json_schema_extra={"readOnly": True})]

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2200, 12, 31)

type Day = Annotated[dt.date, Field(ge=FIRST_DAY, le=LAST_DAY)]
"""A plausible date, which can be incremented and turned into an instant without overflow."""


def _plausible(at: dt.datetime) -> dt.datetime:
    if not FIRST_DAY <= at.date() <= LAST_DAY:
        raise RefusedValueError([Problem("", "instant_invalid")])
    return at


PlausibleInstant = Annotated[AwareDatetime, AfterValidator(_plausible)]
"""An instant that can be turned into the local time of any zone without overflow."""


type ClockTime = Annotated[str, *matching(r"^(?:[01]\d|2[0-3]):[0-5]\d$", "time_invalid")]
"""A local time of day, HH:MM."""
type OptionalClockTime = Annotated[
    str, *matching(r"^(?:[01]\d|2[0-3]):[0-5]\d$|^$", "time_invalid")
]
"""A local time of day, HH:MM, or empty."""


def _local_time(value: str) -> str:
    try:
        read = dt.datetime.strptime(value, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - it has no zone
    except ValueError:
        read = None
    if read is None or not FIRST_DAY <= read.date() <= LAST_DAY:
        raise RefusedValueError([Problem("", "local_time_invalid")])
    return f"{read:%Y-%m-%dT%H:%M}"


type LocalTime = Annotated[
    str,
    AfterValidator(_local_time),
    Field(json_schema_extra={"pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"}),
]
"""A local date and time, YYYY-MM-DDTHH:MM; the zone is a field of its own."""
