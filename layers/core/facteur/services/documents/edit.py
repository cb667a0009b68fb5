"""Create, change, publish and delete documents."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from facteur.domain.campaign import Campaign
from facteur.domain.content import (
    Content,
    DocumentStatus,
    Heading,
    UploadedFile,
    UploadedPdf,
    Written,
    rows_of,
)
from facteur.domain.document import Document, DocumentSummary
from facteur.domain.errors import ConflictError, InputError, Problem, TooManyPagesError
from facteur.domain.idempotency import IdempotencyKey, IdempotencyRecord
from facteur.domain.identity import Caller, DocumentId, OrgId
from facteur.domain.requests import DocumentEdit, DocumentRequest
from facteur.domain.settings import OrganizationSettings
from facteur.domain.wording import default_name
from facteur.ports import Clock, Creation, DocumentFilter, Ids, Page, Renderer, Store
from facteur.services.documents.check_attachment_sizes import (
    MAX_NAMED_CAMPAIGNS,
    ensure_campaigns_fit,
)
from facteur.services.documents.upload import TakeUpload, with_file
from facteur.services.idempotency import find_first, remembering
from facteur.services.people import settings_of


class Unpublished(NamedTuple):
    """A document back in draft, and the active and paused campaigns that can no longer send it."""

    document: Document
    campaigns: Sequence[Campaign]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDocuments:
    """Creates, changes, publishes and deletes documents."""

    store: Store
    clock: Clock
    ids: Ids
    take: TakeUpload
    renderer: Renderer

    def create(
        self,
        caller: Caller,
        request: DocumentRequest,
        *,
        idempotency_key: IdempotencyKey | None = None,
    ) -> Document:
        """Store a new draft.

        A request repeated with the same key gets the document as the first one created it, even if
        it was changed since. Raises InputError with every problem, ConflictError ``number_taken``.
        """
        organization = caller.organization
        first = find_first(self.store.idempotency(organization), idempotency_key)
        if first is not None:
            return _made_before(request, first)
        settings = settings_of(self.store.settings(organization))
        content = self._content(organization, request, settings)
        content = _with_name(content, default_name(content, settings.locale))
        now = self.clock.now()
        document = _draft(DocumentId(self.ids.new_id(now)), content, now)
        idempotency_key = remembering(idempotency_key, _facts_of(document))
        creation = self.store.documents(organization).create(
            document, idempotency_key=idempotency_key
        )
        return document if creation.id == document.id else _made_before(request, creation)

    def get(self, caller: Caller, document_id: DocumentId) -> Document:
        """One document. Raises NotFoundError."""
        return self.store.documents(caller.organization).get(document_id)

    def list_page(
        self, caller: Caller, wanted: DocumentFilter, *, cursor: str | None, limit: int
    ) -> Page[DocumentSummary]:
        """A page of the list of documents. Raises InputError ``cursor_invalid``."""
        documents = self.store.documents(caller.organization)
        return documents.list_page(wanted, cursor=cursor, limit=limit)

    def replace(self, caller: Caller, document_id: DocumentId, edit: DocumentEdit) -> Document:
        """Change the content of a document that is still at the version read; its status stays.

        What is written here stays so, and what was uploaded stays a PDF, the same or another.

        Raises NotFoundError; InputError with every problem; ConflictError ``version_conflict`` or
        ``number_taken``.
        """
        documents = self.store.documents(caller.organization)
        stored = documents.get(document_id)
        settings = settings_of(self.store.settings(caller.organization))
        content = self._content(caller.organization, edit.request, settings, stored.content)
        if stored.version != edit.version:
            raise ConflictError("version_conflict", version=stored.version)
        if content.name == default_name(_unnamed(stored.content), settings.locale):
            # The default name follows the number.
            content = _unnamed(content)
        edited = replace(
            stored,
            content=_with_name(content, default_name(content, settings.locale)),
            version=edit.version + 1,
            updated_at=self.clock.now(),
        )
        ensure_campaigns_fit(self.store, caller.organization, edited, stored=stored)
        documents.replace(edited)
        return edited

    def publish(self, caller: Caller, document_id: DocumentId) -> Document:
        """Set a list to published, an invoice or order to sent (by other means)."""
        documents = self.store.documents(caller.organization)
        ready = documents.get(document_id).type.rules.ready
        documents.set_status(document_id, ready, only_from=DocumentStatus.DRAFT)
        return documents.get(document_id)

    def unpublish(self, caller: Caller, document_id: DocumentId) -> Unpublished:
        """Take a document back to draft, also when campaigns use it: the answer names them."""
        documents = self.store.documents(caller.organization)
        ready = documents.get(document_id).type.rules.ready
        documents.set_status(document_id, DocumentStatus.DRAFT, only_from=ready)
        using = self.store.campaigns(caller.organization).using(document_id)
        return Unpublished(documents.get(document_id), using)

    def delete(self, caller: Caller, document_id: DocumentId) -> None:
        """Delete a document; the history keeps what was sent.

        Raises NotFoundError, ConflictError ``document_in_use`` while a campaign sends it.
        """
        using = self.store.campaigns(caller.organization).using(document_id)
        if using:
            names = ", ".join(campaign.draft.name for campaign in using[:MAX_NAMED_CAMPAIGNS])
            raise ConflictError("document_in_use", campaigns=names, count=len(using))
        self.store.documents(caller.organization).delete(document_id)

    def _content(
        self,
        organization: OrgId,
        request: DocumentRequest,
        settings: OrganizationSettings,
        stored: Content | None = None,
    ) -> Content:
        """The content of a request, with its uploaded PDF if any; ``stored`` is what it replaces.

        Raises InputError with every problem.
        """
        problems = [*request.problems, *_wrong_kind(request, stored)]
        pdf: bytes | None = None
        if request.upload_id is not None and not any(p.field == "upload_id" for p in problems):
            try:
                pdf = self.take.read(organization, request.upload_id)
            except InputError as error:
                problems += error.problems
        content = request.content
        if problems or content is None:
            raise InputError(problems)
        if not isinstance(content, Heading):
            self._ensure_printable(content, settings)
            return content
        if pdf is not None:
            return with_file(content, self.take.keep(organization, pdf))
        if isinstance(stored, UploadedPdf):
            return with_file(content, stored.upload)
        raise InputError([Problem("upload_id", "required")])

    def _ensure_printable(self, content: Written, settings: OrganizationSettings) -> None:
        try:
            self.renderer.ensure_printable(content, settings)
        except TooManyPagesError as error:
            raise error.at(rows_of(content)) from error


def _wrong_kind(request: DocumentRequest, stored: Content | None) -> Iterator[Problem]:
    """Neither its type nor whether it was uploaded changes in the life of a document."""
    if stored is None or request.type is None:
        return
    if request.type is not stored.type:
        yield Problem("type", "type_fixed")
    elif request.is_uploaded != isinstance(stored, UploadedPdf):
        yield Problem("upload_id", "source_fixed")


def _draft(document_id: DocumentId, content: Content, now: dt.datetime) -> Document:
    return Document(
        id=document_id,
        status=DocumentStatus.DRAFT,
        content=content,
        version=1,
        created_at=now,
        updated_at=now,
    )


def _facts_of(document: Document) -> Mapping[str, str]:
    """The facts of a new document that its request does not contain."""
    facts = {"at": document.created_at.isoformat(), "name": document.content.name}
    if isinstance(document.content, UploadedPdf):
        file = document.content.upload
        facts |= {"size": str(file.size), "sha256": file.sha256}
    return facts


def _made_before(request: DocumentRequest, first: IdempotencyRecord | Creation) -> Document:
    """The document as the first of equal requests created it."""
    content, facts = request.content, first.facts
    if content is None:
        raise InputError([*request.problems])
    if isinstance(content, Heading):
        file = UploadedFile(size=int(facts["size"]), sha256=facts["sha256"])
        content = with_file(content, file)
    at = dt.datetime.fromisoformat(facts["at"])
    return _draft(DocumentId(first.id), _with_name(content, facts["name"]), at)


def _with_name(content: Content, name: str) -> Content:
    return content.model_copy(update={"name": name})


def _unnamed(content: Content) -> Content:
    return _with_name(content, "")
