"""Documents in requests."""

from collections.abc import Mapping
from typing import Annotated, Self, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    RootModel,
    StringConstraints,
    Tag,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from facteur.domain.document import (
    UPLOADED,
    DocumentStatus,
    DocumentType,
    Heading,
    Invoice,
    Number,
    OptionalName,
    OptionalNumber,
    OptionalText,
    Party,
    PurchaseOrder,
    StaffList,
    Text,
    Written,
    tag_of,
)
from facteur.domain.errors import Problem
from facteur.domain.identity import ID_LENGTH
from facteur.domain.requests import DocumentEdit, DocumentRequest
from facteur.domain.validators import refuse_if
from facteur.http.fields import IN_HEADER, MAX_INTEGER, ONE_ADDRESS, Ignored, Version
from facteur.http.paging import PAGE, Cursor, Limit, ListQuery
from facteur.http.validation import CheckedByService, RequestModel, problems_of
from facteur.ports import DocumentFilter

type UploadId = Annotated[
    str, Field(max_length=ID_LENGTH, description="Of the PDF that was posted.")
]


class NewUpload(RequestModel):
    """A PDF that is going to be posted; ``size`` in bytes, at most 10 MB."""

    filename: Annotated[
        str,
        StringConstraints(max_length=255),
        Field(description="Not kept: a document names its own file."),
    ] = ""
    size: Annotated[int, Field(ge=1, le=MAX_INTEGER, strict=True)]


class StaffListBody(StaffList):
    """A staff list."""

    name: Annotated[Text, IN_HEADER]
    number: Annotated[OptionalNumber, IN_HEADER] = ""


class PartyBody(Party):
    """A client or a supplier; ``email`` is one address at most."""

    name: Annotated[Text, IN_HEADER]
    email: Annotated[OptionalText, ONE_ADDRESS] = ""


class InvoiceBody(Invoice):
    """An invoice; without ``name``, it is called by its number."""

    number: Annotated[Number, IN_HEADER]
    name: Annotated[OptionalName, IN_HEADER] = ""
    client: PartyBody


class PurchaseOrderBody(PurchaseOrder):
    """A purchase order; without ``name``, it is called by its number."""

    number: Annotated[Number, IN_HEADER]
    name: Annotated[OptionalName, IN_HEADER] = ""
    supplier: PartyBody


class UploadedBody(Heading):
    """What is said of an uploaded PDF: a list must have a name, others a number."""

    name: Annotated[OptionalName, IN_HEADER, Field(validate_default=True)] = ""
    number: Annotated[OptionalNumber, IN_HEADER, Field(validate_default=True)] = ""

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


def _unless_needed(value: str, is_needed: bool) -> str:
    refuse_if([Problem("", "required")] if is_needed and not value else [])
    return value


class UploadedDocument(UploadedBody):
    """A document whose PDF was posted as POST /v1/documents/uploads says."""

    upload_id: UploadId


class _Usable(CheckedByService):
    """What a service can go on with when something is wrong with a document."""

    model_config = ConfigDict(extra="ignore")

    type: DocumentType | None = None
    upload_id: UploadId | None = None
    version: Version = 0


class _DocumentBody[T: BaseModel](RootModel[T]):
    """A document of any type, told apart by ``type`` and by what belongs to an upload.

    Its service finds further problems, and names ours and its own at once.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    _usable: _Usable = PrivateAttr(default_factory=_Usable)
    _problems: tuple[Problem, ...] = PrivateAttr(default=())
    _is_uploaded: bool = PrivateAttr(default=False)

    @classmethod
    def parse_partial(cls, raw: Mapping[str, object]) -> Self:
        """The document; when something is wrong with it, what is usable and the problems."""
        try:
            body = cls.model_validate(raw)
        except ValidationError as error:
            body = cast("Self", cls.model_construct(root=cast("T", None)))
            body._problems = tuple(problems_of(error, tagged=True))
        body._usable = _Usable.parse_partial(raw)
        body._is_uploaded = tag_of(raw) == UPLOADED
        return body

    @property
    def request(self) -> DocumentRequest:
        """The request for the service, with the problems found so far."""
        return DocumentRequest(
            content=None if self._problems else _content_of(self.root),
            type=self._usable.type,
            is_uploaded=self._is_uploaded,
            upload_id=self._usable.upload_id,
            problems=self._problems,
        )


def _content_of(body: BaseModel) -> Written | Heading:
    """The content alone, without what only requests have; it has been checked."""
    kind: type[Written | Heading] = next(
        kind for kind in (StaffList, Invoice, PurchaseOrder, Heading) if isinstance(body, kind)
    )
    values = {name: getattr(body, name) for name in kind.model_fields}
    for name, value in values.items():
        if isinstance(value, Party):
            values[name] = Party.model_construct(**dict(value))
    return kind.model_construct(**values)


class NewDocument(
    _DocumentBody[
        Annotated[
            Annotated[StaffListBody, Tag(DocumentType.STAFF_LIST)]
            | Annotated[InvoiceBody, Tag(DocumentType.INVOICE)]
            | Annotated[PurchaseOrderBody, Tag(DocumentType.PURCHASE_ORDER)]
            | Annotated[UploadedDocument, Tag(UPLOADED)],
            Discriminator(tag_of),
        ]
    ]
):
    """A document to create: written, or uploaded when it has an ``upload_id``."""


class _Edit(BaseModel):
    model_config = ConfigDict(defer_build=True)

    version: Version
    id: Ignored = None
    status: Ignored = None
    created_at: Ignored = None
    updated_at: Ignored = None
    campaigns: Ignored = None


class StaffListEdit(_Edit, StaffListBody):
    """A full replacement of a staff list."""


class InvoiceEdit(_Edit, InvoiceBody):
    """A full replacement of an invoice."""


class PurchaseOrderEdit(_Edit, PurchaseOrderBody):
    """A full replacement of a purchase order."""


class UploadedEdit(_Edit, UploadedBody):
    """A full replacement of an uploaded document; ``upload_id`` names a PDF to replace its own.

    Without, ``upload`` comes as it was read.
    """

    upload_id: UploadId | None = None
    upload: Ignored = None


class ChangedDocument(
    _DocumentBody[
        Annotated[
            Annotated[StaffListEdit, Tag(DocumentType.STAFF_LIST)]
            | Annotated[InvoiceEdit, Tag(DocumentType.INVOICE)]
            | Annotated[PurchaseOrderEdit, Tag(DocumentType.PURCHASE_ORDER)]
            | Annotated[UploadedEdit, Tag(UPLOADED)],
            Discriminator(tag_of),
        ]
    ]
):
    """A full replacement of a document: all of its fields, and the ``version`` read.

    What is read-only in the answer of GET may be sent along and is ignored.
    """

    @property
    def edit(self) -> DocumentEdit:
        return DocumentEdit(self.request, self._usable.version)


class DocumentsQuery(ListQuery):
    """Filters of the list of documents; all that are given must hold."""

    type: DocumentType | None = None
    status: DocumentStatus | None = None
    q: OptionalText = ""
    cursor: Cursor = None
    limit: Limit = PAGE

    @property
    def filter(self) -> DocumentFilter:
        return DocumentFilter(type=self.type, status=self.status, q=self.q)
