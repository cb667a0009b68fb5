"""What is stored. Repositories are made for one organization and can reach no other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from facteur.domain.content import DocumentStatus, DocumentType
from facteur.domain.document import Document, DocumentSummary
from facteur.domain.idempotency import IdempotencyKey, IdempotencyRecord, OccurrenceKey
from facteur.domain.identity import Caller, DocumentId, OrgId, SendId, UserId
from facteur.domain.message import Claim, EventDetail, EventKey, MessageState
from facteur.domain.requests import SendFilter
from facteur.domain.send import Send
from facteur.domain.send_row import SendRow
from facteur.domain.settings import OrganizationSettings, Profile
from facteur.ports.campaigns import CampaignAdvance, Campaigns, OverdueCampaign
from facteur.ports.results import Creation, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """All that are given must hold. ``q``: every word begins a word of name, number or party."""

    type: DocumentType | None = None
    status: DocumentStatus | None = None
    q: str = ""


class IdempotencyRecords(Protocol):
    """What has been done, and may be done only once."""

    def find_record(self, idempotency_key: IdempotencyKey) -> IdempotencyRecord | None:
        """Who came first with this user and key, read consistently, within 24 hours."""

    def put_record(self, idempotency_key: IdempotencyKey, resource_id: str) -> Creation:
        """Take a idempotency_key alone, for a request that stores nothing itself.

        Raises InputError ``idempotency_key_reused`` when another request has it.
        """

    def find_occurrence(self, idempotency_key: OccurrenceKey) -> SendId | None:
        """The Send of a run, if it has been made, read consistently."""


class Documents(Protocol):
    """The documents of one organization."""

    def create(
        self, document: Document, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        """Store a new document, its number and its idempotency record in one transaction.

        Raises ConflictError ``number_taken`` (params ``number``, ``document_id``).
        """

    def get(self, document_id: DocumentId) -> Document:
        """Raises NotFoundError ``document_not_found``."""

    def replace(self, document: Document) -> None:
        """Store an edit whose ``version`` is one more than the stored one; keeps the status.

        Raises NotFoundError, ConflictError ``version_conflict`` or ``number_taken``.
        """

    def set_status(
        self, document_id: DocumentId, status: DocumentStatus, *, only_from: DocumentStatus
    ) -> bool:
        """Change the status if it is ``only_from``; tells whether it did. Keeps version."""

    def delete(self, document_id: DocumentId) -> None:
        """Delete a document and free its number. Raises NotFoundError."""

    def list_page(
        self, wanted: DocumentFilter, *, cursor: str | None, limit: int
    ) -> Page[DocumentSummary]:
        """Raises InputError ``cursor_invalid`` on field ``cursor``."""


class Sends(Protocol):
    """The Sends of one organization: rows, contents and messages."""

    def create(
        self,
        send: Send,
        *,
        idempotency_key: IdempotencyKey | OccurrenceKey | None = None,
        after_retries: int = 0,
        advance: CampaignAdvance | None = None,
    ) -> Creation:
        """Write search postings, then row, content, key and advance in one transaction.

        A retry is also added to ``retried_by`` of the Send it retries, on condition that this has
        exactly ``after_retries`` retries by then; else AlreadyRetriedError.

        With an ``advance`` the campaign is moved on and has this Send as its last. When the key
        is taken, the result is the first one's Send, whatever has become of the campaign; when only
        the campaign is no longer what ``advance.before`` says, CampaignMovedError.
        """

    def get(self, send_id: SendId) -> Send:
        """Everything that was fixed at creation. Raises NotFoundError ``send_not_found``."""

    def get_row(self, send_id: SendId) -> SendRow:
        """The row, read consistently. Raises NotFoundError ``send_not_found``."""

    def get_rows(self, send_ids: Collection[SendId]) -> Mapping[SendId, SendRow]:
        """Those of these rows of the history that exist, a moment old at most."""

    def list_page(self, wanted: SendFilter, *, cursor: str | None, limit: int) -> Page[SendRow]:
        """A page of the history, newest first, cursors both ways; notices are not in it.

        Raises InputError ``cursor_invalid`` on field ``cursor``.
        """

    def advance(self, row: SendRow, *, notice: Send | None = None) -> bool:
        """Store progress and what workers keep beside it, on condition of ``row.revision``.

        Raises the stored revision by one. A ``notice`` is created in the same transaction. False
        when another worker was faster: read again and derive again.
        """

    def get_messages(self, send_id: SendId) -> Mapping[int, MessageState]:
        """The states of all messages that have one, by number, read consistently."""

    def find_message(self, send_id: SendId, n: int) -> MessageState | None:
        """The state of one message, read consistently."""

    def claim(self, send_id: SendId, n: int, claim: Claim) -> bool:
        """Take the right to POST a message that is still queued; one writer at most wins."""

    def release(self, send_id: SendId, n: int, claim: Claim) -> None:
        """Put a claimed message back to queued, if ``claim`` still holds it and nothing is known
        of its fate."""

    def record_events(
        self,
        send_id: SendId,
        n: int,
        events: Mapping[EventKey, EventDetail],
        *,
        ses_message_id: str | None = None,
    ) -> None:
        """Add events to a message, in any state, by ``merge_event``."""

    def record_if_claimed(
        self, send_id: SendId, n: int, key: EventKey, detail: EventDetail, *, claim: Claim | None
    ) -> bool:
        """Record an event about a whole message only while ``claim`` holds it (None: while no
        worker does) and no such event is known; tells whether it did. For giving up on a message
        without racing its worker."""


class Settings(Protocol):
    """Settings of one organization and profiles of its people."""

    def find_settings(self) -> OrganizationSettings | None:
        """What was saved, by people or operators."""

    def put_settings(self, settings: OrganizationSettings) -> None:
        """Store settings whose ``version`` is one more than the stored one; leaves
        ``sender_domains`` to operators. Raises ConflictError ``version_conflict``."""

    def find_profile(self, user: UserId) -> Profile | None:
        """What was saved of a person, by them or on their behalf when they first sent."""

    def put_profile(self, profile: Profile) -> None:
        """Store a profile whose ``version`` is one more than the stored one.

        Raises ConflictError ``version_conflict``.
        """


class Store(Protocol):
    """Gives each organization its repositories.

    Each of their methods raises StoreThrottledError ``busy`` when the store is throttled, and
    UnavailableError ``store_unavailable`` when it does not answer: a write may have been done.
    """

    def idempotency(self, organization: OrgId) -> IdempotencyRecords: ...
    def documents(self, organization: OrgId) -> Documents: ...
    def sends(self, organization: OrgId) -> Sends: ...
    def settings(self, organization: OrgId) -> Settings: ...
    def campaigns(self, organization: OrgId) -> Campaigns: ...


class Clients(Protocol):
    """Host applications that operators let in."""

    def find_client(self, client_id: str) -> Caller | None:
        """The user that a host application acts as, if an operator has let it in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueSend:
    """A Send that must be looked at."""

    organization: OrgId
    send: SendId
    origin_is_notice: bool
    overdue_at: datetime


class Overdue(Protocol):
    """Everything that should have happened by now, whatever the organization."""

    def list_overdue(self, now: datetime, *, limit: int) -> Sequence[OverdueSend | OverdueCampaign]:
        """What has waited longest, first."""

    def take(self, item: OverdueSend | OverdueCampaign, *, until: datetime) -> bool:
        """Lease an item by moving its deadline to ``until``; one taker at most wins."""
