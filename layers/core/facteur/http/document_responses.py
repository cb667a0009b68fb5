"""Documents in responses."""

from collections.abc import Sequence
from typing import Annotated, Any, Protocol

from pydantic import ConfigDict, Field

from facteur.domain.campaign import Campaign
from facteur.domain.content import Content, DocumentStatus, DocumentType
from facteur.domain.document import Document, DocumentSummary
from facteur.domain.document_warnings import DocumentWarning
from facteur.domain.identity import Caller
from facteur.http.document_types import (
    ANSWERS,
    UNPUBLISHED,
    DocumentAnswer,
    DocumentWarningAnswer,
    UnpublishedAnswer,
    UsingCampaign,
)
from facteur.http.fields import Instant, ResponseModel
from facteur.http.request import Request
from facteur.http.sentences import sentence
from facteur.ports import Page, UploadForm

__all__ = ["DocumentAnswer", "UnpublishedAnswer"]
"""The answers of document_types.py that routes name as these of this module."""


class Warns(Protocol):
    def of_content(self, caller: Caller, content: Content) -> Sequence[DocumentWarning]: ...


class WarningServices(Protocol):
    """The services of a function that answers documents."""

    @property
    def warn(self) -> Warns: ...


def document(request: Request[WarningServices], stored: Document) -> DocumentAnswer:
    """The response for a document, with the warnings about it."""
    kind: type[DocumentAnswer] = ANSWERS[type(stored.content)]
    # Its content was checked when it was stored.
    return kind.model_construct(**_fields(request, stored))


def unpublished(
    request: Request[WarningServices], stored: Document, campaigns: Sequence[Campaign]
) -> UnpublishedAnswer:
    """The response for a document taken back to draft."""
    kind: type[UnpublishedAnswer] = UNPUBLISHED[type(stored.content)]
    using = [UsingCampaign(id=campaign.id, name=campaign.draft.name) for campaign in campaigns]
    return kind.model_construct(**_fields(request, stored), campaigns=using)


def _fields(request: Request[WarningServices], document: Document) -> dict[str, Any]:
    return {
        **dict(document.content),
        "id": document.id,
        "status": document.status,
        "version": document.version,
        "created_at": document.created_at,
        "updated_at": document.updated_at,
        "warnings": _warnings(request, document.content),
    }


def _warnings(request: Request[WarningServices], content: Content) -> list[DocumentWarningAnswer]:
    return [
        DocumentWarningAnswer(
            code=warning.code,
            field=warning.field,
            message=sentence(warning.code, warning.params, request.locale),
        )
        for warning in request.services.warn.of_content(request.caller, content)
    ]


class DocumentRow(ResponseModel):
    """A document in the list; ``party`` is the name of its client or supplier.

    ``uploaded``: its PDF was made elsewhere, so its date cannot be incremented.
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
    """The response for a page of documents."""
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
    """A link to a PDF, valid for a few minutes."""

    url: str


class DraftAnswer(LinkAnswer):
    """The PDF of an unsaved document, and what to look at before it is sent."""

    warnings: list[DocumentWarningAnswer]


def draft(request: Request[WarningServices], content: Content, url: str) -> DraftAnswer:
    """The response for an unsaved document."""
    return DraftAnswer(url=url, warnings=_warnings(request, content))


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
    """The response for a send form."""
    return SendFormAnswer.model_validate(form)


class UploadAnswer(ResponseModel):
    """Where to post the file within 15 minutes, as multipart/form-data.

    All of ``fields`` come first, then the file in a field named ``file``. Within a day,
    ``upload_id`` can then be used to create a document.
    """

    upload_id: str
    url: str
    fields: dict[str, str]


def upload(form: UploadForm) -> UploadAnswer:
    """The response for an upload."""
    return UploadAnswer(upload_id=form.upload_id, url=form.url, fields=dict(form.fields))
