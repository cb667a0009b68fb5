"""Parts of documents in requests, with rules that documents stored earlier may break."""

from typing import Annotated

from pydantic import Field

from facteur.domain.content_parts import (
    MAX_ENTRIES,
    Amount,
    Line,
    OptionalText,
    Party,
    Rate,
    StaffEntry,
    Text,
)
from facteur.http.fields import (
    ASCII,
    IN_HEADER,
    ONE_ADDRESS,
    SIREN,
    VAT_NUMBER,
    OptionalClockTime,
)


class StaffEntryBody(StaffEntry):
    """One person on a staff list."""

    start: OptionalClockTime = ""
    end: OptionalClockTime = ""


class LineBody(Line):
    """A line of an invoice or order; its amounts are written in ASCII digits."""

    quantity: Annotated[Amount, ASCII]
    unit_price: Annotated[Amount, ASCII]
    vat_rate: Annotated[Rate, ASCII]


type LineBodies = Annotated[tuple[LineBody, ...], Field(min_length=1, max_length=MAX_ENTRIES)]


class PartyBody(Party):
    """A client or a supplier; ``email`` is one address at most."""

    name: Annotated[Text, IN_HEADER]
    email: Annotated[OptionalText, ONE_ADDRESS] = ""
    siren: Annotated[OptionalText, SIREN] = ""
    vat_number: Annotated[OptionalText, VAT_NUMBER] = ""


def plain(value: object) -> object:
    """``value`` with the parts of a request replaced by those of the domain, also in a tuple."""
    match value:
        case Party():
            return Party.model_construct(**dict(value))
        case StaffEntry():
            return StaffEntry.model_construct(**dict(value))
        case Line():
            return Line.model_construct(**dict(value))
        case tuple():
            return tuple(map(plain, value))
        case _:
            return value
