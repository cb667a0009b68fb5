"""The data of the fake store, and functions that its repositories share."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from facteur.domain.account import Account
from facteur.domain.campaign import Campaign
from facteur.domain.composing import ComposingAttempt
from facteur.domain.console import Console
from facteur.domain.document import Document
from facteur.domain.errors import InputError, Problem
from facteur.domain.group import Contact, Group
from facteur.domain.idempotency import IdempotencyKey, IdempotencyRecord, OccurrenceKey
from facteur.domain.identity import (
    CampaignId,
    DocumentId,
    GroupId,
    HookId,
    SendId,
    UserId,
    WebhookId,
)
from facteur.domain.known_recipient import AddressStanding
from facteur.domain.message import MessageState
from facteur.domain.search import matches, normalised, query_of
from facteur.domain.send import Send
from facteur.domain.send_row import SendRow
from facteur.domain.settings import OrganizationSettings, Profile
from facteur.domain.webhook import Secret, Webhook
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import Creation, Page

CONSOLE = Console("https://facteur.example")
"""The console that mails link to."""

type RecordKey = IdempotencyKey | OccurrenceKey


class Writes(Protocol):
    """Calls ``on_write`` with a name before each write.

    ``unreadable`` names items that cannot be read: ids of documents and campaigns, "settings",
    "account", "profile", "people". With
    ``lists_lag``, what is read eventually consistently lacks the latest Send.
    """

    on_write: Callable[[str], None]
    unreadable: set[str]
    lists_lag: bool


def ensure_readable(store: Writes, item: str) -> None:
    """Raises ValueError, as a repository does that finds something else than it has stored."""
    if item in store.unreadable:
        raise ValueError("not readable")


@dataclass(frozen=True, kw_only=True)
class StoredCampaign:
    """A campaign with the state of its schedule; ``pending_until`` is None once that is synced."""

    campaign: Campaign
    pending_until: datetime | None
    overdue_at: datetime | None
    deleting: bool = False


@dataclass
class Organization:
    """Everything stored for one organization."""

    documents: dict[DocumentId, Document] = field(default_factory=dict)
    sends: dict[SendId, Send] = field(default_factory=dict)
    rows: dict[SendId, SendRow] = field(default_factory=dict)
    messages: dict[tuple[SendId, int], MessageState] = field(default_factory=dict)
    composing: dict[SendId, set[ComposingAttempt]] = field(default_factory=dict)
    campaigns: dict[CampaignId, StoredCampaign] = field(default_factory=dict)
    groups: dict[GroupId, Group] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    standings: dict[str, AddressStanding] = field(default_factory=dict)
    requests: dict[tuple[UserId, str], IdempotencyRecord] = field(default_factory=dict)
    occurrences: dict[OccurrenceKey, SendId] = field(default_factory=dict)
    settings: OrganizationSettings | None = None
    account: Account | None = None
    used: Counter[date] = field(default_factory=Counter)
    notices: Counter[date] = field(default_factory=Counter)
    profiles: dict[UserId, Profile] = field(default_factory=dict)
    webhooks: dict[WebhookId, Webhook] = field(default_factory=dict)
    secrets: dict[WebhookId, tuple[Secret, ...]] = field(default_factory=dict)
    hooks: dict[tuple[WebhookId, HookId], HookDelivery] = field(default_factory=dict)
    notices_due: dict[WebhookId, datetime] = field(default_factory=dict)


def find_creation(
    data: Organization, idempotency_key: RecordKey | None, new_id: str
) -> Creation | None:
    """What the first request or occurrence with this key created, or None."""
    if idempotency_key is None:
        return None
    if isinstance(idempotency_key, OccurrenceKey):
        first = find_occurrence_send(data, idempotency_key)
        return Creation(first, created=first == new_id) if first is not None else None
    record = data.requests.get((idempotency_key.user, idempotency_key.key))
    if record is None:
        return None
    if record.fingerprint != idempotency_key.fingerprint:
        raise InputError([Problem("Idempotency-Key", "idempotency_key_reused")])
    return Creation(record.id, created=record.id == new_id, facts=record.facts)


def find_occurrence_send(data: Organization, key: OccurrenceKey) -> SendId | None:
    """The Send of an occurrence or extra run, under any name of its key."""
    return next((data.occurrences[name] for name in key.names if name in data.occurrences), None)


def put_record(data: Organization, idempotency_key: RecordKey | None, new_id: str) -> None:
    """Store ``new_id`` under the key."""
    if isinstance(idempotency_key, OccurrenceKey):
        data.occurrences[idempotency_key] = SendId(new_id)
    elif idempotency_key is not None:
        data.requests[idempotency_key.user, idempotency_key.key] = IdempotencyRecord(
            new_id, idempotency_key.fingerprint, idempotency_key.facts
        )


def put_deliveries(data: Organization, deliveries: Collection[HookDelivery]) -> None:
    """Store deliveries, in place of any with the same webhook and id."""
    for delivery in deliveries:
        data.hooks[delivery.webhook, delivery.id] = delivery


def says(typed: str, texts: Sequence[str]) -> bool:
    return matches(query_of(typed), normalised(" ".join(texts)))


def page[T](items: Sequence[T], cursor: str | None, limit: int) -> Page[T]:
    """A page of ``items``; its cursors are offsets."""
    if cursor is not None and not cursor.isdecimal():
        raise InputError([Problem("cursor", "cursor_invalid")])
    start = int(cursor or 0)
    return Page(
        items[start : start + limit],
        next=str(start + limit) if start + limit < len(items) else None,
        previous=str(max(0, start - limit)) if start else None,
    )
