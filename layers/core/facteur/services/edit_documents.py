"""Create, change, publish and delete documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from facteur.domain.address import parse_addresses
from facteur.domain.asked import DocumentEdit, UploadRequest
from facteur.domain.campaign import Campaign
from facteur.domain.document import (
    READY_STATUS,
    Content,
    Document,
    DocumentStatus,
    DocumentSummary,
    Heading,
    Invoice,
    Party,
    PurchaseOrder,
    UploadedPdf,
    Written,
)
from facteur.domain.errors import ConflictError, InputError, Problem
from facteur.domain.guard import RequestGuard
from facteur.domain.headers import check_header
from facteur.domain.identity import Caller, DocumentId, OrgId
from facteur.domain.wording import default_name
from facteur.ports import Clock, DocumentFilter, Ids, Page, Store
from facteur.services.idempotency import find_first
from facteur.services.people import settings_of
from facteur.services.take_upload import TakeUpload, with_file

MAX_NAMED = 10
"""Campaigns that are named to whoever wants to delete a document of theirs."""


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A document back in draft, and the active and paused campaigns whose next run it fails."""

    document: Document
    campaigns: Sequence[Campaign]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDocuments:
    """The life of documents."""

    store: Store
    clock: Clock
    ids: Ids
    take: TakeUpload

    def create(
        self,
        caller: Caller,
        asked: Written | UploadRequest,
        *,
        guard: RequestGuard | None = None,
    ) -> Document:
        """Store a new draft. A request repeated with the same key gets the first one's document.

        Raises InputError, ConflictError ``number_taken``.
        """
        documents = self.store.documents(caller.organization)
        first = find_first(self.store.guards(caller.organization), guard)
        if first is not None:
            return documents.get(DocumentId(first))
        content = self._content(caller.organization, asked)
        now = self.clock.now()
        document = Document(
            id=DocumentId(self.ids.new_id(now)),
            status=DocumentStatus.DRAFT,
            content=self._named(caller.organization, content),
            version=1,
            created_at=now,
            updated_at=now,
        )
        creation = documents.create(document, guard=guard)
        return document if creation.created else documents.get(DocumentId(creation.id))

    def get(self, caller: Caller, document_id: DocumentId) -> Document:
        """Raises NotFoundError."""
        return self.store.documents(caller.organization).get(document_id)

    def list_page(
        self, caller: Caller, wanted: DocumentFilter, *, cursor: str | None, limit: int
    ) -> Page[DocumentSummary]:
        """Raises InputError ``cursor_invalid``."""
        documents = self.store.documents(caller.organization)
        return documents.list_page(wanted, cursor=cursor, limit=limit)

    def replace(self, caller: Caller, document_id: DocumentId, edit: DocumentEdit) -> Document:
        """Change the content of a document that is still at the version read; its status stays.

        What is written here stays so, and what was uploaded stays a PDF, the same or another.

        Raises NotFoundError, InputError, ConflictError ``version_conflict`` or ``number_taken``.
        """
        documents = self.store.documents(caller.organization)
        stored = documents.get(document_id)
        if stored.version != edit.version:
            raise ConflictError("version_conflict", version=stored.version)
        content = self._content(caller.organization, edit.asked, stored.content)
        settings = settings_of(self.store.settings(caller.organization))
        if content.name == default_name(_unnamed(stored.content), settings.locale):
            # A name nobody chose follows the number.
            content = _unnamed(content)
        edited = replace(
            stored,
            content=_with_name(content, default_name(content, settings.locale)),
            version=edit.version + 1,
            updated_at=self.clock.now(),
        )
        documents.replace(edited)
        return documents.get(document_id)

    def publish(self, caller: Caller, document_id: DocumentId) -> Document:
        """Make a list published; mark an invoice or order as sent by other means."""
        documents = self.store.documents(caller.organization)
        ready = READY_STATUS[documents.get(document_id).type]
        documents.set_status(document_id, ready, only_from=DocumentStatus.DRAFT)
        return documents.get(document_id)

    def unpublish(self, caller: Caller, document_id: DocumentId) -> Unpublished:
        """Take a document back to draft, also when campaigns use it: they are told of it then."""
        documents = self.store.documents(caller.organization)
        ready = READY_STATUS[documents.get(document_id).type]
        documents.set_status(document_id, DocumentStatus.DRAFT, only_from=ready)
        using = self.store.campaigns(caller.organization).using(document_id)
        return Unpublished(documents.get(document_id), using)

    def delete(self, caller: Caller, document_id: DocumentId) -> None:
        """Delete a document; what was sent of it stays.

        Raises NotFoundError, ConflictError ``document_in_use`` while a campaign sends it.
        """
        using = self.store.campaigns(caller.organization).using(document_id)
        if using:
            names = ", ".join(campaign.draft.name for campaign in using[:MAX_NAMED])
            raise ConflictError("document_in_use", campaigns=names, count=len(using))
        self.store.documents(caller.organization).delete(document_id)

    def _content(
        self,
        organization: OrgId,
        asked: Written | UploadRequest,
        stored: Content | None = None,
    ) -> Content:
        """What is asked for, checked, with its PDF if it has been uploaded. Raises InputError."""
        if isinstance(asked, UploadRequest):
            check_content(asked.heading, stored)
            if isinstance(stored, UploadedPdf) and asked.upload_id is None:
                return with_file(asked.heading, stored.upload)
            return self.take(organization, asked.heading, asked.upload_id or "")
        check_content(asked, stored)
        return asked

    def _named(self, organization: OrgId, content: Content) -> Content:
        if content.name:
            return content
        settings = settings_of(self.store.settings(organization))
        return _with_name(content, default_name(content, settings.locale))


def check_content(content: Written | Heading, stored: Content | None = None) -> None:
    """Check what will stand in mails: names and number in headers, the party's address.

    ``stored`` is what it replaces, which was of the same kind. Raises InputError.
    """
    problems: list[Problem] = []
    if stored is not None and stored.type is not content.type:
        problems.append(Problem("type", "type_fixed"))
    elif stored is not None and isinstance(stored, UploadedPdf) != isinstance(content, Heading):
        problems.append(Problem("upload_id", "source_fixed"))
    headers: Mapping[str, str] = {"name": content.name, "number": content.number}
    for field, value in headers.items():
        problems += check_header(value, field=field)
    match content:
        case Invoice():
            problems += _wrong_party(content.client, "client")
        case PurchaseOrder():
            problems += _wrong_party(content.supplier, "supplier")
    if problems:
        raise InputError(problems)


def _wrong_party(party: Party, field: str) -> Iterator[Problem]:
    yield from check_header(party.name, field=f"{field}.name")
    addresses, wrong = parse_addresses(party.email, field=f"{field}.email")
    yield from wrong
    if len(addresses) > 1:
        yield Problem(f"{field}.email", "one_address_expected")


def _with_name(content: Content, name: str) -> Content:
    return content.model_copy(update={"name": name})


def _unnamed(content: Content) -> Content:
    return _with_name(content, "")
