"""Create, change, publish and delete documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from facteur.domain.address import parse_addresses
from facteur.domain.campaign import Campaign
from facteur.domain.document import (
    READY_STATUS,
    Content,
    Document,
    DocumentStatus,
    DocumentSummary,
    party_of,
)
from facteur.domain.errors import ConflictError, InputError, Problem
from facteur.domain.guard import RequestGuard
from facteur.domain.headers import check_header
from facteur.domain.identity import Caller, DocumentId, OrgId
from facteur.domain.wording import default_name
from facteur.ports import Clock, DocumentFilter, Ids, Page, Store
from facteur.services.idempotency import find_first
from facteur.services.people import settings_of

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

    def create(
        self, caller: Caller, content: Content, *, guard: RequestGuard | None = None
    ) -> Document:
        """Store a new draft. A request repeated with the same key gets the first one's document.

        Raises InputError, ConflictError ``number_taken``.
        """
        documents = self.store.documents(caller.organization)
        first = find_first(self.store.guards(caller.organization), guard)
        if first is not None:
            return documents.get(DocumentId(first))
        check_content(content)
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

    def replace(
        self, caller: Caller, document_id: DocumentId, content: Content, *, version: int
    ) -> Document:
        """Change the content of a document that is still at ``version``; its status stays.

        Raises NotFoundError, InputError, ConflictError ``version_conflict`` or ``number_taken``.
        """
        documents = self.store.documents(caller.organization)
        stored = documents.get(document_id)
        if stored.version != version:
            raise ConflictError("version_conflict", version=stored.version)
        if stored.type is not content.type:
            raise InputError([Problem("type", "type_fixed")])
        check_content(content)
        settings = settings_of(self.store.settings(caller.organization))
        if content.name == default_name(_unnamed(stored.content), settings.locale):
            # A name nobody chose follows the number.
            content = _unnamed(content)
        edited = replace(
            stored,
            content=_with_name(content, default_name(content, settings.locale)),
            version=version + 1,
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

    def _named(self, organization: OrgId, content: Content) -> Content:
        if content.name:
            return content
        settings = settings_of(self.store.settings(organization))
        return _with_name(content, default_name(content, settings.locale))


def check_content(content: Content) -> None:
    """Check what will stand in mails: names and number in headers, the party's address.

    Raises InputError.
    """
    problems: list[Problem] = []
    headers: Mapping[str, str] = {"name": content.name, "number": content.number}
    for field, value in headers.items():
        problems += check_header(value, field=field)
    party = party_of(content)
    if party is not None:
        owner = "client" if content.type.value == "invoice" else "supplier"
        problems += check_header(party.name, field=f"{owner}.name")
        addresses, wrong = parse_addresses(party.email, field=f"{owner}.email")
        problems += wrong
        if len(addresses) > 1:
            problems.append(Problem(f"{owner}.email", "one_address_expected"))
    if problems:
        raise InputError(problems)


def _with_name(content: Content, name: str) -> Content:
    return content.model_copy(update={"name": name})


def _unnamed(content: Content) -> Content:
    return _with_name(content, "")
