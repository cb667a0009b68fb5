"""Request bodies and responses of each document type: all that differs between them in HTTP."""

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
)

from facteur.domain.content import (
    UPLOADED,
    DocumentStatus,
    DocumentType,
    Heading,
    Invoice,
    PurchaseOrder,
    StaffList,
    UploadedPdf,
    Written,
    tag_of,
)
from facteur.domain.content_parts import (
    MAX_ENTRIES,
    Number,
    OptionalName,
    OptionalNumber,
    Text,
)
from facteur.domain.errors import Problem
from facteur.domain.identity import ID_LENGTH
from facteur.domain.validators import refuse_if
from facteur.http.document_parts import LineBodies, PartyBody, StaffEntryBody, plain
from facteur.http.fields import IN_HEADER, Day, Ignored, Instant, ResponseModel, Version

type UploadId = Annotated[
    str, Field(max_length=ID_LENGTH, description="The id of the uploaded PDF.")
]


class StaffListBody(StaffList):
    """A staff list."""

    name: Annotated[Text, IN_HEADER]
    number: Annotated[OptionalNumber, IN_HEADER] = ""
    date: Day
    entries: Annotated[tuple[StaffEntryBody, ...], Field(max_length=MAX_ENTRIES)]


class InvoiceBody(Invoice):
    """An invoice; without ``name``, it is named by its type and number."""

    number: Annotated[Number, IN_HEADER]
    name: Annotated[OptionalName, IN_HEADER] = ""
    date: Day
    due_date: Day | None = None
    delivery_date: Day | None = None
    client: PartyBody
    lines: LineBodies


class PurchaseOrderBody(PurchaseOrder):
    """A purchase order; without ``name``, it is named by its type and number."""

    number: Annotated[Number, IN_HEADER]
    name: Annotated[OptionalName, IN_HEADER] = ""
    date: Day
    delivery_date: Day | None = None
    supplier: PartyBody
    lines: LineBodies


class UploadedBody(Heading):
    """The fields of an uploaded PDF: a list must have a name, the other types a number."""

    name: Annotated[OptionalName, IN_HEADER, Field(validate_default=True)] = ""
    number: Annotated[OptionalNumber, IN_HEADER, Field(validate_default=True)] = ""
    date: Day

    @field_validator("name")
    @classmethod
    def _list_has_a_name(cls, value: str, info: ValidationInfo) -> str:
        return _unless_needed(value, info, numbered=False)

    @field_validator("number")
    @classmethod
    def _others_have_a_number(cls, value: str, info: ValidationInfo) -> str:
        return _unless_needed(value, info, numbered=True)


def _unless_needed(value: str, info: ValidationInfo, *, numbered: bool) -> str:
    kind: DocumentType | None = info.data.get("type")
    is_needed = kind is not None and kind.rules.numbered is numbered
    refuse_if([Problem("", "required")] if is_needed and not value else [])
    return value


class UploadedDocument(UploadedBody):
    """A document whose PDF was uploaded with the form of POST /v1/documents/uploads."""

    upload_id: UploadId


NewContent = Annotated[
    Annotated[StaffListBody, Tag(DocumentType.STAFF_LIST)]
    | Annotated[InvoiceBody, Tag(DocumentType.INVOICE)]
    | Annotated[PurchaseOrderBody, Tag(DocumentType.PURCHASE_ORDER)]
    | Annotated[UploadedDocument, Tag(UPLOADED)],
    Discriminator(tag_of),
]
"""The content of a new document of any type."""


DraftContent = Annotated[
    Annotated[StaffListBody, Tag(DocumentType.STAFF_LIST)]
    | Annotated[InvoiceBody, Tag(DocumentType.INVOICE)]
    | Annotated[PurchaseOrderBody, Tag(DocumentType.PURCHASE_ORDER)],
    Field(discriminator="type"),
]
"""The content of a document of any type that is made into a PDF here."""


class _Edit(BaseModel):
    model_config = ConfigDict(defer_build=True)

    version: Version
    id: Ignored = None
    status: Ignored = None
    created_at: Ignored = None
    updated_at: Ignored = None
    warnings: Ignored = None
    campaigns: Ignored = None


class StaffListEdit(_Edit, StaffListBody):
    """A full replacement of a staff list."""


class InvoiceEdit(_Edit, InvoiceBody):
    """A full replacement of an invoice."""


class PurchaseOrderEdit(_Edit, PurchaseOrderBody):
    """A full replacement of a purchase order."""


class UploadedEdit(_Edit, UploadedBody):
    """A full replacement of an uploaded document; with ``upload_id``, also of its PDF.

    ``upload`` is read-only: it may be sent and is ignored.
    """

    upload_id: UploadId | None = None
    upload: Ignored = None


ChangedContent = Annotated[
    Annotated[StaffListEdit, Tag(DocumentType.STAFF_LIST)]
    | Annotated[InvoiceEdit, Tag(DocumentType.INVOICE)]
    | Annotated[PurchaseOrderEdit, Tag(DocumentType.PURCHASE_ORDER)]
    | Annotated[UploadedEdit, Tag(UPLOADED)],
    Discriminator(tag_of),
]
"""The content of a changed document of any type."""


def content_of(body: BaseModel) -> Written | Heading:
    """The domain's content of a validated body, without the fields that only requests have."""
    kind: type[Written | Heading] = next(
        kind for kind in (StaffList, Invoice, PurchaseOrder, Heading) if isinstance(body, kind)
    )
    values = {name: getattr(body, name) for name in kind.model_fields}
    for name, value in values.items():
        values[name] = plain(value)
    return kind.model_construct(**values)


class DocumentWarningAnswer(ResponseModel):
    """Something to look at before the document is sent.

    ``field`` is its path in the document, empty when it is not in the document itself.
    """

    code: str
    field: str
    message: str


class _Stored(BaseModel):
    model_config = ConfigDict(defer_build=True, json_schema_serialization_defaults_required=True)

    id: str
    status: DocumentStatus
    name: str
    version: int
    created_at: Instant
    updated_at: Instant
    warnings: list[DocumentWarningAnswer]


class StaffListAnswer(_Stored, StaffList):
    """A staff list."""


class InvoiceAnswer(_Stored, Invoice):
    """An invoice."""


class PurchaseOrderAnswer(_Stored, PurchaseOrder):
    """A purchase order."""


class UploadedAnswer(_Stored, UploadedPdf):
    """A document whose PDF was uploaded and is sent unchanged."""


type DocumentAnswer = StaffListAnswer | InvoiceAnswer | PurchaseOrderAnswer | UploadedAnswer

ANSWERS: dict[type, Any] = {
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
    """A staff list back in draft, with the campaigns whose next occurrence will fail for it."""

    campaigns: list[UsingCampaign]


class UnpublishedInvoice(InvoiceAnswer):
    """An invoice back in draft, with the campaigns whose next occurrence will fail for it."""

    campaigns: list[UsingCampaign]


class UnpublishedOrder(PurchaseOrderAnswer):
    """A purchase order back in draft, with the campaigns whose next occurrence will fail for it."""

    campaigns: list[UsingCampaign]


class UnpublishedUpload(UploadedAnswer):
    """An uploaded document in draft, with the campaigns whose next occurrence will fail for it."""

    campaigns: list[UsingCampaign]


type UnpublishedAnswer = (
    UnpublishedStaffList | UnpublishedInvoice | UnpublishedOrder | UnpublishedUpload
)

UNPUBLISHED: dict[type, Any] = {
    StaffList: UnpublishedStaffList,
    Invoice: UnpublishedInvoice,
    PurchaseOrder: UnpublishedOrder,
    UploadedPdf: UnpublishedUpload,
}
