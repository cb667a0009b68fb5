"""Documents in answers."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from facteur.domain.campaign import Campaign
from facteur.domain.document import (
    Document,
    DocumentStatus,
    DocumentSummary,
    DocumentType,
    Invoice,
    PurchaseOrder,
    StaffList,
    UploadedPdf,
)
from facteur.http.fields import Instant, ResponseModel
from facteur.ports import Page, UploadForm


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


class UploadedAnswer(_Stored, UploadedPdf):
    """A document whose PDF was uploaded: that very file is sent."""


type DocumentAnswer = StaffListAnswer | InvoiceAnswer | PurchaseOrderAnswer | UploadedAnswer

_ANSWERS: dict[type, Any] = {
    StaffList: StaffListAnswer,
    Invoice: InvoiceAnswer,
    PurchaseOrder: PurchaseOrderAnswer,
    UploadedPdf: UploadedAnswer,
}


class UsingCampaign(ResponseModel):
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


class UnpublishedUpload(UploadedAnswer):
    """An uploaded document back in draft, and the campaigns whose next run that fails."""

    campaigns: list[UsingCampaign]


type UnpublishedAnswer = (
    UnpublishedStaffList | UnpublishedInvoice | UnpublishedOrder | UnpublishedUpload
)

_UNPUBLISHED: dict[type, Any] = {
    StaffList: UnpublishedStaffList,
    Invoice: UnpublishedInvoice,
    PurchaseOrder: UnpublishedOrder,
    UploadedPdf: UnpublishedUpload,
}


def document(stored: Document) -> DocumentAnswer:
    """A document as it is answered."""
    kind: type[DocumentAnswer] = _ANSWERS[type(stored.content)]
    # Its content was checked when it was stored.
    return kind.model_construct(**_fields(stored))


def unpublished(stored: Document, campaigns: Sequence[Campaign]) -> UnpublishedAnswer:
    """A document taken back to draft, as it is answered."""
    kind: type[UnpublishedAnswer] = _UNPUBLISHED[type(stored.content)]
    using = [UsingCampaign(id=campaign.id, name=campaign.draft.name) for campaign in campaigns]
    return kind.model_construct(**_fields(stored), campaigns=using)


def _fields(document: Document) -> dict[str, Any]:
    return {
        **dict(document.content),
        "id": document.id,
        "status": document.status,
        "version": document.version,
        "created_at": document.created_at,
        "updated_at": document.updated_at,
    }


class DocumentRow(ResponseModel):
    """A document in the list; ``party`` is the name of its client or supplier.

    ``uploaded``: its PDF was made elsewhere, so that its date cannot move.
    """

    id: str
    type: DocumentType
    status: DocumentStatus
    name: str
    number: str
    date: Annotated[str, Field(json_schema_extra={"format": "date"})]
    party: str
    uploaded: bool
    version: int
    created_at: Instant
    updated_at: Instant


class DocumentsPage(ResponseModel):
    """A page of documents, newest first."""

    items: list[DocumentRow]
    next: str | None
    previous: str | None


def documents(page: Page[DocumentSummary]) -> DocumentsPage:
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
                uploaded=row.uploaded,
                version=row.version,
                created_at=row.created_at,
                updated_at=row.updated_at,
            )
            for row in page.items
        ],
        next=page.next,
        previous=page.previous,
    )


class LinkAnswer(ResponseModel):
    """Where a PDF is for some minutes."""

    url: str


class SendFormAnswer(ResponseModel):
    """The send form of a document, filled in; subject and body may be sent as they are."""

    model_config = ConfigDict(from_attributes=True)

    to: str
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: str
    body: str
    filename: str


def send_form(form: object) -> SendFormAnswer:
    """A send form as it is answered."""
    return SendFormAnswer.model_validate(form)


class UploadAnswer(ResponseModel):
    """Where to post the file within a quarter of an hour, as multipart/form-data.

    All of ``fields`` come first, then the file in a field named ``file``. A document can then be
    made of ``upload_id`` within a day.
    """

    upload_id: str
    url: str
    fields: dict[str, str]


def upload(form: UploadForm) -> UploadAnswer:
    """An upload that may begin, as it is answered."""
    return UploadAnswer(upload_id=form.upload_id, url=form.url, fields=dict(form.fields))
