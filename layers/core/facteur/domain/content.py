"""What documents contain: staff lists, invoices and purchase orders, or a PDF made elsewhere."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    StrictBool,
    StringConstraints,
    Tag,
)

from facteur.domain.validators import matching

MAX_ENTRIES = 1_000
"""Entries a staff list, or lines an invoice or order, may have."""


class DocumentType(StrEnum):
    """What a document is."""

    STAFF_LIST = "staff_list"
    INVOICE = "invoice"
    PURCHASE_ORDER = "purchase_order"

    @property
    def rules(self) -> "TypeRules":
        """What is particular to this type."""
        return RULES[self]


class DocumentStatus(StrEnum):
    """Lists go from draft to published; invoices and orders from draft to sent."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRules:
    """What differs between the types of documents, beside their contents.

    ``subject`` is the proposed subject of a mail: ``label`` stands for the name of the type,
    ``party`` for " - <client or supplier>"; doubled braces are variables.
    """

    ready: DocumentStatus
    """The status in which a campaign may use it."""
    published_first: bool
    """Must it be ready before it is sent by hand, too?"""
    numbered: bool
    """Has it a number of its own, by which it is named? Otherwise it has a name."""
    moving_date: bool
    """Can a campaign move its date on from one occurrence to the next?"""
    subject: str


RULES: Mapping[DocumentType, TypeRules] = {
    DocumentType.STAFF_LIST: TypeRules(
        ready=DocumentStatus.PUBLISHED,
        published_first=True,
        numbered=False,
        moving_date=True,
        subject="{label} - {{date}}",
    ),
    DocumentType.INVOICE: TypeRules(
        ready=DocumentStatus.SENT,
        published_first=False,
        numbered=True,
        moving_date=False,
        subject="{label} {{document_number}}{party}",
    ),
    DocumentType.PURCHASE_ORDER: TypeRules(
        ready=DocumentStatus.SENT,
        published_first=False,
        numbered=True,
        moving_date=False,
        subject="{label} {{document_number}}",
    ),
}

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


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StaffEntry(_Content):
    """One person on a staff list. Times are local, ``HH:MM`` or empty."""

    last_name: Text
    first_name: OptionalText = ""
    position: OptionalText = ""
    phone: OptionalText = ""
    email: OptionalText = ""
    start: TimeOfDay = ""
    end: TimeOfDay = ""
    notes: OptionalText = ""


class Party(_Content):
    """A client or a supplier."""

    name: Text
    address: AddressLines = ()
    email: OptionalText = ""
    siren: OptionalText = ""
    vat_number: OptionalText = ""


class Line(_Content):
    """A line of an invoice or order; ``unit_price`` excludes VAT, ``vat_rate`` is in percent."""

    description: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)
    ]
    quantity: Amount
    unit: OptionalText = ""
    unit_price: Amount
    vat_rate: Rate


type Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=MAX_ENTRIES)]


class StaffList(_Content):
    """Who works, where and when, on a date."""

    type: Literal[DocumentType.STAFF_LIST]
    name: Text
    number: OptionalNumber = ""
    date: dt.date
    site: OptionalText = ""
    notes: Notes = ""
    entries: Annotated[tuple[StaffEntry, ...], Field(max_length=MAX_ENTRIES)]


class Operation(StrEnum):
    """Nature of what is invoiced, a mandatory mention of French invoices."""

    GOODS = "goods"
    SERVICES = "services"
    MIXED = "mixed"


class Invoice(_Content):
    """What a client owes. ``name`` empty means "<type label> <number>"."""

    type: Literal[DocumentType.INVOICE]
    number: Number
    name: OptionalName = ""
    date: dt.date
    due_date: dt.date | None = None
    delivery_date: dt.date | None = None
    order_number: OptionalNumber = ""
    payment_terms: Notes = ""
    operation: Operation | None = None
    vat_on_debits: StrictBool = False
    notes: Notes = ""
    client: Party
    lines: Lines


class PurchaseOrder(_Content):
    """What is ordered from a supplier. ``name`` empty means "<type label> <number>"."""

    type: Literal[DocumentType.PURCHASE_ORDER]
    number: Number
    name: OptionalName = ""
    date: dt.date
    delivery_date: dt.date | None = None
    delivery_address: AddressLines = ()
    payment_terms: Notes = ""
    notes: Notes = ""
    supplier: Party
    lines: Lines


class Heading(_Content):
    """What is said of a document whose PDF was made elsewhere.

    As with others, a list has a name; an invoice or order has a number, and a name by default.
    """

    type: DocumentType
    name: OptionalName = ""
    number: OptionalNumber = ""
    date: dt.date


class UploadedFile(_Content):
    """The PDF of a document that was made elsewhere: the archive keeps it under ``sha256``."""

    size: Annotated[int, Field(ge=1, description="Bytes.")]
    sha256: str


class UploadedPdf(Heading):
    """A document made elsewhere: its PDF is sent as it is."""

    upload: UploadedFile


type Written = StaffList | Invoice | PurchaseOrder
"""What Facteur makes a PDF of."""
type Content = Written | UploadedPdf

UPLOADED = ""
"""The tag of what was uploaded: empty, so that it is not named among the types there are."""


def tag_of(value: object) -> object:
    """What tells contents apart, also as they come in or are stored: the type, or ``UPLOADED``."""
    if isinstance(value, dict):
        return UPLOADED if value.keys() & {"upload", "upload_id"} else value.get("type")
    return UPLOADED if isinstance(value, Heading) else getattr(value, "type", None)


type TaggedContent = Annotated[
    Annotated[StaffList, Tag(DocumentType.STAFF_LIST)]
    | Annotated[Invoice, Tag(DocumentType.INVOICE)]
    | Annotated[PurchaseOrder, Tag(DocumentType.PURCHASE_ORDER)]
    | Annotated[UploadedPdf, Tag(UPLOADED)],
    Discriminator(tag_of),
]
"""``Content`` as it is read and written."""


def party_of(content: Content) -> Party | None:
    """The client or supplier of an invoice or order."""
    match content:
        case Invoice():
            return content.client
        case PurchaseOrder():
            return content.supplier
        case StaffList() | UploadedPdf():
            return None
