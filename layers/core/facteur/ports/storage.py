"""Storage. Each repository is made for one organization and cannot access another."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from facteur.domain.account import Account
from facteur.domain.composing import ComposingAttempt
from facteur.domain.content import DocumentStatus, DocumentType
from facteur.domain.document import Document, DocumentSummary
from facteur.domain.idempotency import IdempotencyKey, IdempotencyRecord, OccurrenceKey
from facteur.domain.identity import Caller, CampaignId, DocumentId, OrgId, SendId, UserId
from facteur.domain.message import Claim, EventDetail, EventKey, MessageState
from facteur.domain.requests import SendFilter
from facteur.domain.send import Send
from facteur.domain.send_row import SendRow
from facteur.domain.settings import OrganizationSettings, Profile
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports.campaigns import CampaignAdvance, Campaigns, OverdueCampaign, WaitingCampaign
from facteur.ports.recipients import Groups, Recipients
from facteur.ports.results import Creation, Page
from facteur.ports.webhooks import Webhooks


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """Filters that must all hold. Each word of ``q`` must begin a word of name, number or party."""

    type: DocumentType | None = None
    status: DocumentStatus | None = None
    q: str = ""


class IdempotencyRecords(Protocol):
    """Records of what has been done and may be done only once: requests and occurrences."""

    def find_record(self, idempotency_key: IdempotencyKey) -> IdempotencyRecord | None:
        """The record of the first request with this user and key in the last 24 hours.

        Read consistently.
        """

    def put_record(self, idempotency_key: IdempotencyKey, resource_id: str) -> Creation:
        """Store an idempotency record alone, for a request that stores nothing else.

        Raises InputError ``idempotency_key_reused`` when a different request has used the key.
        """

    def find_send(self, key: OccurrenceKey) -> SendId | None:
        """The Send of an occurrence or of an extra run, if it has been made, read consistently.

        Looked up under every name of the key.
        """


class Documents(Protocol):
    """The documents of one organization."""

    def create(
        self, document: Document, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        """Store a new document, its number and its idempotency record in one transaction.

        Raises ConflictError ``number_taken`` (params ``number``, ``document_id``, ``name``).
        """

    def get(self, document_id: DocumentId) -> Document:
        """The document, read consistently. Raises NotFoundError ``document_not_found``."""

    def find_many(self, document_ids: Sequence[DocumentId]) -> Sequence[Document]:
        """Those documents that exist, in this order, read consistently."""

    def find_summaries(self, document_ids: Collection[DocumentId]) -> Sequence[DocumentSummary]:
        """The rows of those documents that exist, in any order and maybe a moment old."""

    def taken_numbers(
        self, document_type: DocumentType, numbers: Collection[str]
    ) -> frozenset[str]:
        """Those numbers that documents of a type have; none of a type whose numbers may repeat."""

    def replace(self, document: Document) -> None:
        """Store an edit whose ``version`` is one more than the stored one; the status is kept.

        Raises NotFoundError, or ConflictError ``version_conflict`` or ``number_taken``.
        """

    def set_status(
        self, document_id: DocumentId, status: DocumentStatus, *, only_from: DocumentStatus
    ) -> bool:
        """Change the status if it is ``only_from``; return whether it was. The version is kept."""

    def delete(self, document_id: DocumentId) -> None:
        """Delete a document and free its number. Raises NotFoundError."""

    def list_page(
        self, wanted: DocumentFilter, *, cursor: str | None, limit: int
    ) -> Page[DocumentSummary]:
        """Newest first. Raises InputError ``cursor_invalid`` on field ``cursor``."""


class Sends(Protocol):
    """The Sends of one organization: rows, contents and messages."""

    def create(
        self,
        send: Send,
        *,
        idempotency_key: IdempotencyKey | OccurrenceKey | None = None,
        after_retries: int = 0,
        advance: CampaignAdvance | None = None,
        daily_limit: int | None = None,
        hooks: Sequence[HookDelivery] = (),
    ) -> Creation:
        """Write the search index, then row, content, key, advance and use in one transaction.

        A retry is also added to ``retried_by`` of the Send that it retries. Raises
        AlreadyRetriedError unless that one has exactly ``after_retries`` retries.

        ``advance`` moves the campaign on and sets this Send as its last. When the key has been used
        already, the result is the first Send, whatever the state of the campaign. Otherwise, raises
        CampaignMovedError when the campaign no longer equals ``advance.before``.

        The messages of the Send are added to the use of its day (UTC); raises DailyLimitError,
        last, when they would be more than ``daily_limit``. None counts nothing.

        ``hooks`` are the deliveries that ``advance`` owes, stored with it.
        """

    def used_on(self, day: date) -> int:
        """The messages of the Sends that were created on a day (UTC)."""

    def get(self, send_id: SendId) -> Send:
        """The content of a Send, fixed at creation. Raises NotFoundError ``send_not_found``."""

    def get_row(self, send_id: SendId) -> SendRow:
        """The row, read consistently. Raises NotFoundError ``send_not_found``."""

    def get_rows(self, send_ids: Collection[SendId]) -> Mapping[SendId, SendRow]:
        """The rows that exist, by id, read eventually consistently; notices are left out."""

    def list_page(self, wanted: SendFilter, *, cursor: str | None, limit: int) -> Page[SendRow]:
        """A page of the history, newest first, with cursors both ways; without notices.

        Raises InputError ``cursor_invalid`` on field ``cursor``.
        """

    def of_campaign(self, campaign_id: CampaignId) -> Iterator[SendRow]:
        """The rows of a campaign, newest first, read consistently; unreadable ones are left out."""

    def advance(
        self,
        row: SendRow,
        *,
        notice: Send | None = None,
        notice_limit: int | None = None,
        hooks: Sequence[HookDelivery] = (),
    ) -> bool:
        """Store progress and the workers' fields of a row, if ``row.revision`` is the stored one.

        Increments the stored revision. A ``notice`` is created in the same transaction, and so are
        the deliveries ``hooks`` that the change owes. False when another worker was faster: the
        caller reads and derives again. Raises DailyLimitError, with nothing stored, when the notice
        would be more than the ``notice_limit`` notices of its day.
        """

    def get_messages(self, send_id: SendId) -> Mapping[int, MessageState]:
        """The states of all messages that have been claimed or reported, by number.

        Read consistently.
        """

    def find_message(self, send_id: SendId, n: int) -> MessageState | None:
        """The state of one message, read consistently, or None when it has none yet."""

    def claim(self, send_id: SendId, n: int, claim: Claim) -> bool:
        """Take the right to POST a message that is still queued; at most one worker gets it."""

    def release(self, send_id: SendId, n: int, claim: Claim) -> None:
        """Make a claimed message queued again, if ``claim`` is still its claim and no event about
        the whole message has been recorded."""

    def record_events(
        self,
        send_id: SendId,
        n: int,
        events: Mapping[EventKey, EventDetail],
        *,
        ses_message_id: str | None = None,
    ) -> MessageState:
        """Add events to a message in any state; return it as it is then. ``merge_event`` decides
        which detail is kept."""

    def record_if_claimed(
        self, send_id: SendId, n: int, key: EventKey, detail: EventDetail, *, claim: Claim | None
    ) -> bool:
        """Record an event about a whole message if ``claim`` is still its claim (None: if it has
        none) and no such event has been recorded; return whether it was.

        For giving up on a message without racing its worker.
        """

    def begin_composing(self, send_id: SendId, attempt: ComposingAttempt) -> bool:
        """Record an attempt to compose a Send, unless MAX_UNFINISHED are recorded already."""

    def end_composing(self, send_id: SendId) -> None:
        """Remove all attempts: one has ended, so composing this Send does not kill its worker."""

    def get_unfinished(self, send_id: SendId) -> Collection[ComposingAttempt]:
        """The attempts that are recorded, read consistently."""


class Settings(Protocol):
    """Settings of one organization and profiles of its people."""

    def find_settings(self) -> OrganizationSettings | None:
        """The settings saved by people or operators, if any."""

    def put_settings(self, settings: OrganizationSettings) -> None:
        """Store settings whose ``version`` is one more than the stored one.

        ``sender_domains`` is not written: only operators set it. Raises ConflictError
        ``version_conflict``.
        """

    def find_profile(self, user: UserId) -> Profile | None:
        """The profile that a person saved, or that their first visit or send stored, if any."""

    def list_profiles(self) -> Iterable[Profile]:
        """Every profile that ``find_profile`` finds, read lazily and consistently."""

    def refresh_profile(self, profile: Profile) -> None:
        """Set address and role of a profile; the rest only when there is none yet.

        The version is kept: what a person is editing meanwhile is still saved.
        """

    def get_account(self) -> Account:
        """What operators decided about the organization, read consistently.

        Version 0.1.0 kept the domains in the settings and knew no domain of one organization alone:
        as long as operators have decided nothing since, those domains are shared ones.
        """

    def put_profile(self, profile: Profile) -> None:
        """Store a profile whose ``version`` is one more than the stored one.

        Raises ConflictError ``version_conflict``.
        """


class Store(Protocol):
    """Gives each organization its repositories.

    Every method of a repository raises StoreThrottledError ``busy`` when the store is throttled,
    and UnavailableError ``store_unavailable`` when it does not answer: a write may have been done.
    """

    def idempotency(self, organization: OrgId) -> IdempotencyRecords: ...
    def documents(self, organization: OrgId) -> Documents: ...
    def sends(self, organization: OrgId) -> Sends: ...
    def settings(self, organization: OrgId) -> Settings: ...
    def campaigns(self, organization: OrgId) -> Campaigns: ...
    def webhooks(self, organization: OrgId) -> Webhooks: ...
    def groups(self, organization: OrgId) -> Groups: ...
    def recipients(self, organization: OrgId) -> Recipients: ...


class Clients(Protocol):
    """Host applications that operators have registered."""

    def find_client(self, client_id: str) -> Caller | None:
        """The user that a host application acts as, if an operator has registered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueSend:
    """A Send whose deadline has passed."""

    organization: OrgId
    send: SendId
    origin_is_notice: bool
    overdue_at: datetime


class Overdue(Protocol):
    """Sends and campaigns of all organizations whose ``overdue_at`` has passed."""

    def list_overdue(self, now: datetime, *, limit: int) -> Sequence[OverdueSend | OverdueCampaign]:
        """At most ``limit`` items, the longest overdue first."""

    def list_waiting(self, since: datetime | None) -> Iterator[WaitingCampaign]:
        """The campaigns that have a deadline, from ``since`` on (None: all), earliest first.

        Read lazily and eventually consistently; campaigns that cannot be read are left out.
        """

    def take(self, item: OverdueSend | OverdueCampaign, *, until: datetime) -> bool:
        """Lease an item by moving its deadline to ``until``; at most one caller gets True."""
