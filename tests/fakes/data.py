"""What the fake store keeps, and what its repositories share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from facteur.domain.campaign import Campaign
from facteur.domain.document import Document
from facteur.domain.errors import InputError, Problem
from facteur.domain.guard import GuardHolder, OccurrenceGuard, RequestGuard
from facteur.domain.identity import CampaignId, DocumentId, SendId, UserId
from facteur.domain.message import MessageState
from facteur.domain.search import matches, normalised, query_of
from facteur.domain.send import Send, SendRow
from facteur.domain.settings import OrganizationSettings, Profile
from facteur.ports import Creation, Page

type Guard = RequestGuard | OccurrenceGuard


class Writes(Protocol):
    """Is told before each write."""

    on_write: Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class StoredCampaign:
    """A campaign and what the store keeps beside it: since when it is pending, if it is."""

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
    campaigns: dict[CampaignId, StoredCampaign] = field(default_factory=dict)
    requests: dict[tuple[UserId, str], GuardHolder] = field(default_factory=dict)
    occurrences: dict[OccurrenceGuard, SendId] = field(default_factory=dict)
    settings: OrganizationSettings | None = None
    profiles: dict[UserId, Profile] = field(default_factory=dict)


def guarded(data: Organization, guard: Guard | None, new_id: str) -> Creation | None:
    """The first one's creation, when the guard is taken."""
    if guard is None:
        return None
    if isinstance(guard, OccurrenceGuard):
        first = data.occurrences.get(guard)
        return Creation(first, created=first == new_id) if first is not None else None
    holder = data.requests.get((guard.user, guard.key))
    if holder is None:
        return None
    if holder.fingerprint != guard.fingerprint:
        raise InputError([Problem("Idempotency-Key", "idempotency_key_reused")])
    return Creation(holder.id, created=holder.id == new_id, facts=holder.facts)


def take_guard(data: Organization, guard: Guard | None, new_id: str) -> None:
    """What exists under the guard from now on is ``new_id``."""
    if isinstance(guard, OccurrenceGuard):
        data.occurrences[guard] = SendId(new_id)
    elif guard is not None:
        data.requests[guard.user, guard.key] = GuardHolder(new_id, guard.fingerprint, guard.facts)


def says(typed: str, texts: Sequence[str]) -> bool:
    return matches(query_of(typed), normalised(" ".join(texts)))


def page[T](items: Sequence[T], cursor: str | None, limit: int) -> Page[T]:
    """Cursors of the fakes are offsets."""
    if cursor is not None and not cursor.isdecimal():
        raise InputError([Problem("cursor", "cursor_invalid")])
    start = int(cursor or 0)
    return Page(
        items[start : start + limit],
        next=str(start + limit) if start + limit < len(items) else None,
        previous=str(max(0, start - limit)) if start else None,
    )
