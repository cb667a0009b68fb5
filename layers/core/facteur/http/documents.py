"""Documents in requests."""

from collections.abc import Mapping
from typing import Annotated, Self, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    RootModel,
    StringConstraints,
    ValidationError,
)

from facteur.domain.content import UPLOADED, DocumentStatus, DocumentType, Written, tag_of
from facteur.domain.content_parts import OptionalText
from facteur.domain.errors import InputError, Problem
from facteur.domain.requests import DocumentEdit, DocumentRequest
from facteur.http.document_types import (
    ChangedContent,
    DraftContent,
    NewContent,
    UploadId,
    content_of,
)
from facteur.http.fields import MAX_INTEGER, Version
from facteur.http.paging import PAGE, Cursor, Limit, ListQuery
from facteur.http.validation import CheckedByService, RequestModel, problems_of
from facteur.ports import DocumentFilter


class NewUpload(RequestModel):
    """A PDF to upload; ``size`` in bytes, at most 10 MB."""

    filename: Annotated[
        str,
        StringConstraints(max_length=255),
        Field(description="Ignored: the file is named after its document."),
    ] = ""
    size: Annotated[int, Field(ge=1, le=MAX_INTEGER, strict=True)]


class _Usable(CheckedByService):
    """The fields with which the service can go on checking when the document has problems."""

    model_config = ConfigDict(extra="ignore")

    type: DocumentType | None = None
    upload_id: UploadId | None = None
    version: Version = 0


class _DocumentBody[T: BaseModel](RootModel[T]):
    """A document of any type, chosen by ``type`` and by whether it is an upload.

    The service checks it further and reports the problems of both checks at once.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    _usable: _Usable = PrivateAttr(default_factory=_Usable)
    _problems: tuple[Problem, ...] = PrivateAttr(default=())
    _is_uploaded: bool = PrivateAttr(default=False)

    @classmethod
    def parse_partial(cls, raw: Mapping[str, object]) -> Self:
        """The document, or the fields that are usable and the problems of the others."""
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
            content=None if self._problems else content_of(self.root),
            type=self._usable.type,
            is_uploaded=self._is_uploaded,
            upload_id=self._usable.upload_id,
            problems=self._problems,
        )


class NewDocument(_DocumentBody[NewContent]):
    """A document to create: written, or uploaded when it has an ``upload_id``."""


class DraftDocument(RootModel[DraftContent]):
    """A document to show as a PDF and not to save: the body of POST /v1/documents, no upload."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    _problems: tuple[Problem, ...] = PrivateAttr(default=())

    @classmethod
    def parse_partial(cls, raw: Mapping[str, object]) -> Self:
        """The document, or every problem that it has."""
        try:
            return cls.model_validate(raw)
        except ValidationError as error:
            body = cast("Self", cls.model_construct(root=cast("DraftContent", None)))
            body._problems = tuple(problems_of(error, tagged=True))
            return body

    @property
    def content(self) -> Written:
        """The content. Raises InputError with every problem."""
        if self._problems:
            raise InputError([*self._problems])
        return cast("Written", content_of(self.root))


class ChangedDocument(_DocumentBody[ChangedContent]):
    """A full replacement of a document: all of its fields, and the ``version`` read.

    Read-only fields of GET may be sent and are ignored.
    """

    @property
    def edit(self) -> DocumentEdit:
        return DocumentEdit(self.request, self._usable.version)


class DocumentsQuery(ListQuery):
    """Filters of the list of documents, combined with AND."""

    type: DocumentType | None = None
    status: DocumentStatus | None = None
    q: OptionalText = ""
    cursor: Cursor = None
    limit: Limit = PAGE

    @property
    def filter(self) -> DocumentFilter:
        return DocumentFilter(type=self.type, status=self.status, q=self.q)
