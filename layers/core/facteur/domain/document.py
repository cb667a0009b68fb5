"""A document of an organization: its content, its status and its version."""

import datetime as dt
from dataclasses import dataclass

from facteur.domain.content import Content, DocumentStatus, DocumentType, UploadedPdf, party_of
from facteur.domain.identity import DocumentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of an organization: its content and where it stands.

    ``version`` counts the edits by people; a change of status does not raise it. ``updated_at``
    is the instant of the last edit.
    """

    id: DocumentId
    status: DocumentStatus
    content: Content
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime

    @property
    def type(self) -> DocumentType:
        return self.content.type

    @property
    def is_ready(self) -> bool:
        """May a campaign use it?"""
        return self.status is self.type.rules.ready


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """A row of the list of documents."""

    id: DocumentId
    type: DocumentType
    status: DocumentStatus
    name: str
    number: str
    date: dt.date
    party: str
    """Name of the client or supplier; empty for a list and for what was uploaded."""
    uploaded: bool
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime


def summary_of(document: Document) -> DocumentSummary:
    """The row of a document in the list."""
    party = party_of(document.content)
    return DocumentSummary(
        id=document.id,
        type=document.type,
        status=document.status,
        name=document.content.name,
        number=document.content.number,
        date=document.content.date,
        party=party.name if party else "",
        uploaded=isinstance(document.content, UploadedPdf),
        version=document.version,
        created_at=document.created_at,
        updated_at=document.updated_at,
    )
