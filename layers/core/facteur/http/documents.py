"""Documents in requests and answers."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, RootModel

from facteur.domain.campaign import Campaign
from facteur.domain.document import (
    Content,
    Document,
    DocumentStatus,
    DocumentSummary,
    DocumentType,
    Invoice,
    OptionalText,
    PurchaseOrder,
    StaffList,
)
from facteur.http.fields import AnswerModel, Ignored, Instant
from facteur.http.validation import RequestModel
from facteur.ports import DocumentFilter, Page

PAGE = 50

type Version = Annotated[int, Field(ge=1, le=2**53, strict=True, description="The one read.")]


class NewDocument(
    RootModel[Annotated[StaffList | Invoice | PurchaseOrder, Field(discriminator="type")]]
):
    """A document to create."""

    model_config = ConfigDict(frozen=True, defer_build=True)


class _Edit(BaseModel):
    model_config = ConfigDict(defer_build=True)

    version: Version
    id: Ignored = None
    status: Ignored = None
    created_at: Ignored = None
    updated_at: Ignored = None
    campaigns: Ignored = None


class StaffListEdit(_Edit, StaffList):
    """A staff list as it shall be."""


class InvoiceEdit(_Edit, Invoice):
    """An invoice as it shall be."""


class PurchaseOrderEdit(_Edit, PurchaseOrder):
    """A purchase order as it shall be."""


class DocumentEdit(
    RootModel[
        Annotated[StaffListEdit | InvoiceEdit | PurchaseOrderEdit, Field(discriminator="type")]
    ]
):
    """A document as it shall be: all of its fields, and the ``version`` read.

    What is read-only in the answer of GET may be sent along and is ignored.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    @property
    def version(self) -> int:
        return self.root.version

    @property
    def content(self) -> Content:
        kind: type[StaffList | Invoice | PurchaseOrder] = next(
            base for base in (StaffList, Invoice, PurchaseOrder) if isinstance(self.root, base)
        )
        return kind.model_construct(
            **{name: getattr(self.root, name) for name in kind.model_fields}
        )


class _Stored(BaseModel):
    model_config = ConfigDict(defer_build=True, json_schema_serialization_defaults_required=True)

    id: str
    status: DocumentStatus
    name: str
    version: int
    created_at: Instant
    updated_at: Instant


class StaffListAnswer(_Stored, StaffList):
    """A staff list."""


class InvoiceAnswer(_Stored, Invoice):
    """An invoice."""


class PurchaseOrderAnswer(_Stored, PurchaseOrder):
    """A purchase order."""


type DocumentAnswer = StaffListAnswer | InvoiceAnswer | PurchaseOrderAnswer

_ANSWERS: dict[DocumentType, Any] = {
    DocumentType.STAFF_LIST: StaffListAnswer,
    DocumentType.INVOICE: InvoiceAnswer,
    DocumentType.PURCHASE_ORDER: PurchaseOrderAnswer,
}


class UsingCampaign(AnswerModel):
    """A campaign that sends a document."""

    id: str
    name: str


class UnpublishedStaffList(StaffListAnswer):
    """A staff list back in draft, and the campaigns whose next run that fails."""

    campaigns: list[UsingCampaign]


class UnpublishedInvoice(InvoiceAnswer):
    """An invoice back in draft, and the campaigns whose next run that fails."""

    campaigns: list[UsingCampaign]


class UnpublishedOrder(PurchaseOrderAnswer):
    """A purchase order back in draft, and the campaigns whose next run that fails."""

    campaigns: list[UsingCampaign]


type UnpublishedAnswer = UnpublishedStaffList | UnpublishedInvoice | UnpublishedOrder

_UNPUBLISHED: dict[DocumentType, Any] = {
    DocumentType.STAFF_LIST: UnpublishedStaffList,
    DocumentType.INVOICE: UnpublishedInvoice,
    DocumentType.PURCHASE_ORDER: UnpublishedOrder,
}


def document_answer(document: Document) -> DocumentAnswer:
    """A document as it is answered."""
    kind: type[DocumentAnswer] = _ANSWERS[document.type]
    # Its content was checked when it was stored.
    return kind.model_construct(**_fields(document))


def unpublished_answer(document: Document, campaigns: Sequence[Campaign]) -> UnpublishedAnswer:
    """A document taken back to draft, as it is answered."""
    kind: type[UnpublishedAnswer] = _UNPUBLISHED[document.type]
    using = [UsingCampaign(id=campaign.id, name=campaign.draft.name) for campaign in campaigns]
    return kind.model_construct(**_fields(document), campaigns=using)


def _fields(document: Document) -> dict[str, Any]:
    return {
        **dict(document.content),
        "id": document.id,
        "status": document.status,
        "version": document.version,
        "created_at": document.created_at,
        "updated_at": document.updated_at,
    }


class DocumentsQuery(RequestModel):
    """Filters of the list of documents; all that are given must hold."""

    model_config = ConfigDict(extra="ignore")

    type: DocumentType | None = None
    status: DocumentStatus | None = None
    q: OptionalText = ""
    cursor: Annotated[str | None, Field(max_length=2_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = PAGE

    @property
    def filter(self) -> DocumentFilter:
        return DocumentFilter(type=self.type, status=self.status, q=self.q)


class DocumentRow(AnswerModel):
    """A document in the list; ``party`` is the name of its client or supplier."""

    id: str
    type: DocumentType
    status: DocumentStatus
    name: str
    number: str
    date: Annotated[str, Field(json_schema_extra={"format": "date"})]
    party: str
    version: int
    created_at: Instant
    updated_at: Instant


class DocumentsPage(AnswerModel):
    """A page of documents, newest first."""

    items: list[DocumentRow]
    next: str | None
    previous: str | None


def documents_page(page: Page[DocumentSummary]) -> DocumentsPage:
    """A page as it is answered."""
    return DocumentsPage(
        items=[
            DocumentRow(
                id=row.id,
                type=row.type,
                status=row.status,
                name=row.name,
                number=row.number,
                date=row.date.isoformat(),
                party=row.party,
                version=row.version,
                created_at=row.created_at,
                updated_at=row.updated_at,
            )
            for row in page.items
        ],
        next=page.next,
        previous=page.previous,
    )


class LinkAnswer(AnswerModel):
    """Where a PDF is for some minutes."""

    url: str


class SendFormAnswer(AnswerModel):
    """The send form of a document, filled in; subject and body may be sent as they are."""

    model_config = ConfigDict(from_attributes=True)

    to: str
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: str
    body: str
    filename: str
