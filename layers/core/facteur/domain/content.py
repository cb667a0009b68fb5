"""What documents contain: staff lists, invoices and purchase orders, or a PDF made elsewhere."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StrictBool, Tag

from facteur.domain.content_parts import (
    MAX_ENTRIES,
    AddressLines,
    Lines,
    Notes,
    Number,
    OptionalName,
    OptionalNumber,
    OptionalText,
    Part,
    Party,
    StaffEntry,
    Text,
)


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


class StaffList(Part):
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


class VatExemption(StrEnum):
    """Why no VAT is charged, a mandatory mention of French invoices with a rate of 0 %."""

    FRANCHISE = "franchise"
    """A small business that is not subject to VAT (art. 293 B of the CGI)."""
    REVERSE_CHARGE = "reverse_charge"
    """The client owes the VAT (art. 283)."""
    INTRA_COMMUNITY = "intra_community"
    """Goods delivered to a company in another country of the EU (art. 262 ter, I)."""


class Invoice(Part):
    """What a client owes. ``name`` empty means "<type label> <number>".

    ``delivery_address`` is empty when goods and services go to the client's address.
    """

    type: Literal[DocumentType.INVOICE]
    number: Number
    name: OptionalName = ""
    date: dt.date
    due_date: dt.date | None = None
    delivery_date: dt.date | None = None
    delivery_address: AddressLines = ()
    order_number: OptionalNumber = ""
    payment_terms: Notes = ""
    operation: Operation | None = None
    vat_on_debits: StrictBool = False
    vat_exemption: VatExemption | None = None
    notes: Notes = ""
    client: Party
    lines: Lines


class PurchaseOrder(Part):
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


class Heading(Part):
    """What is said of a document whose PDF was made elsewhere.

    As with others, a list has a name; an invoice or order has a number, and a name by default.
    """

    type: DocumentType
    name: OptionalName = ""
    number: OptionalNumber = ""
    date: dt.date


class UploadedFile(Part):
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


def rows_of(content: Written) -> str:
    """The name of the field of a content that may have hundreds of rows."""
    return "entries" if isinstance(content, StaffList) else "lines"


def party_of(content: Content) -> Party | None:
    """The client or supplier of an invoice or order."""
    match content:
        case Invoice():
            return content.client
        case PurchaseOrder():
            return content.supplier
        case StaffList() | UploadedPdf():
            return None
