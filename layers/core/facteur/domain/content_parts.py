"""What the contents of documents are made of: texts, amounts, staff, parties and lines."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

from facteur.domain.validators import matching

MAX_ENTRIES = 1_000
"""Entries a staff list, or lines an invoice or order, may have."""
MAX_PAGES = 300
"""Pages that the PDF of a document may have: 1,000 lines of five printed lines each fit."""
MAX_LINE, MAX_NUMBER = 200, 50
"""Characters of a name or anything else on one line, and of the number of a document."""

_ONE_LINE = matching(r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$", "control_character")
"""Names and numbers are put in subjects and file names, where line breaks are not allowed."""
# Accepts digits of any script, unlike other times: stored lists may contain them.
_TIME_OF_DAY = matching(r"^(?:[01]\d|2[0-3]):[0-5]\d$|^$", "time_invalid", flags=re.UNICODE)

type Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LINE), *_ONE_LINE
]
type OptionalName = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=MAX_LINE), *_ONE_LINE
]
type OptionalText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_LINE)]
type Notes = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
type Number = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NUMBER), *_ONE_LINE
]
type OptionalNumber = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=MAX_NUMBER), *_ONE_LINE
]
type AddressLines = Annotated[tuple[OptionalText, ...], Field(max_length=6)]
type TimeOfDay = Annotated[str, *_TIME_OF_DAY]
_AsText = PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json")
type Amount = Annotated[
    Decimal, Field(max_digits=14, decimal_places=4, allow_inf_nan=False), _AsText
]
type Rate = Annotated[
    Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2, allow_inf_nan=False), _AsText
]


class Part(BaseModel):
    """A part of a content, or the whole: what it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StaffEntry(Part):
    """One person on a staff list. Times are local, ``HH:MM`` or empty."""

    last_name: Text
    first_name: OptionalText = ""
    position: OptionalText = ""
    phone: OptionalText = ""
    email: OptionalText = ""
    start: TimeOfDay = ""
    end: TimeOfDay = ""
    notes: OptionalText = ""


class Party(Part):
    """A client or a supplier."""

    name: Text
    address: AddressLines = ()
    email: OptionalText = ""
    siren: OptionalText = ""
    vat_number: OptionalText = ""


class Line(Part):
    """A line of an invoice or order; ``unit_price`` excludes VAT, ``vat_rate`` is in percent."""

    description: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)
    ]
    quantity: Amount
    unit: OptionalText = ""
    unit_price: Amount
    vat_rate: Rate


type Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=MAX_ENTRIES)]
