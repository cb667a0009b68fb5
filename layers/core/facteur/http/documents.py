"""Documents in requests."""

from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    RootModel,
    StringConstraints,
    Tag,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from facteur.domain.asked import DocumentEdit, UploadRequest
from facteur.domain.document import (
    UPLOADED,
    DocumentStatus,
    DocumentType,
    Heading,
    Invoice,
    OptionalName,
    OptionalNumber,
    OptionalText,
    PurchaseOrder,
    StaffList,
    Written,
    tag_of,
)
from facteur.http.fields import Ignored
from facteur.http.validation import RequestModel
from facteur.ports import DocumentFilter

PAGE = 50

type Version = Annotated[int, Field(ge=1, le=2**53, strict=True, description="The one read.")]
type UploadId = Annotated[str, Field(max_length=26, description="Of the PDF that was posted.")]


class NewUpload(RequestModel):
    """A PDF that is going to be posted; ``size`` in bytes, at most 10 MB."""

    filename: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    size: Annotated[int, Field(ge=1, le=2**53, strict=True)]


class _Uploaded(Heading):
    """What is said of an uploaded PDF: a list must have a name, others a number."""

    name: Annotated[OptionalName, Field(validate_default=True)] = ""
    number: Annotated[OptionalNumber, Field(validate_default=True)] = ""

    @field_validator("name")
    @classmethod
    def _list_has_a_name(cls, value: str, info: ValidationInfo) -> str:
        return _unless_needed(value, info.data.get("type") is DocumentType.STAFF_LIST)

    @field_validator("number")
    @classmethod
    def _others_have_a_number(cls, value: str, info: ValidationInfo) -> str:
        return _unless_needed(
            value, info.data.get("type") in (DocumentType.INVOICE, DocumentType.PURCHASE_ORDER)
        )

    @property
    def heading(self) -> Heading:
        return Heading(type=self.type, name=self.name, number=self.number, date=self.date)


def _unless_needed(value: str, is_needed: bool) -> str:
    if is_needed and not value:
        raise PydanticCustomError("missing", "required")
    return value


class UploadedDocument(_Uploaded):
    """A document whose PDF was posted as POST /v1/documents/uploads says."""

    upload_id: UploadId


class NewDocument(
    RootModel[
        Annotated[
            Annotated[StaffList, Tag(DocumentType.STAFF_LIST)]
            | Annotated[Invoice, Tag(DocumentType.INVOICE)]
            | Annotated[PurchaseOrder, Tag(DocumentType.PURCHASE_ORDER)]
            | Annotated[UploadedDocument, Tag(UPLOADED)],
            Discriminator(tag_of),
        ]
    ]
):
    """A document to create: written, or uploaded when it has an ``upload_id``."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    @property
    def asked(self) -> Written | UploadRequest:
        if isinstance(self.root, UploadedDocument):
            return UploadRequest(self.root.heading, self.root.upload_id)
        return self.root


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


class UploadedEdit(_Edit, _Uploaded):
    """An uploaded document as it shall be; with an ``upload_id``, that PDF replaces the one it has.

    Without, ``upload`` comes as it was read.
    """

    upload_id: UploadId | None = None
    upload: Ignored = None


class ChangedDocument(
    RootModel[
        Annotated[
            Annotated[StaffListEdit, Tag(DocumentType.STAFF_LIST)]
            | Annotated[InvoiceEdit, Tag(DocumentType.INVOICE)]
            | Annotated[PurchaseOrderEdit, Tag(DocumentType.PURCHASE_ORDER)]
            | Annotated[UploadedEdit, Tag(UPLOADED)],
            Discriminator(tag_of),
        ]
    ]
):
    """A document as it shall be: all of its fields, and the ``version`` read.

    What is read-only in the answer of GET may be sent along and is ignored.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    @property
    def edit(self) -> DocumentEdit:
        if isinstance(self.root, UploadedEdit):
            uploaded = UploadRequest(self.root.heading, self.root.upload_id)
            return DocumentEdit(uploaded, self.root.version)
        kind: type[Written] = next(
            base for base in (StaffList, Invoice, PurchaseOrder) if isinstance(self.root, base)
        )
        written = kind.model_construct(
            **{name: getattr(self.root, name) for name in kind.model_fields}
        )
        return DocumentEdit(written, self.root.version)


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
