"""Webhooks: how they and their deliveries are stored, the queue ``hooks``, and their receivers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import HookId, OrgId, WebhookId
from facteur.domain.webhook import Secret, Webhook
from facteur.domain.webhook_delivery import AttemptError, HookDelivery
from facteur.domain.webhook_url import Target
from facteur.ports.results import Creation, Page


class Webhooks(Protocol):
    """The webhooks of one organization, and the deliveries to each."""

    def create(
        self, webhook: Webhook, secret: Secret, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        """Store a new webhook, its secret and its idempotency record in one transaction."""

    def list_all(self) -> Sequence[Webhook]:
        """Every webhook, oldest first, read consistently; unreadable ones are left out."""

    def get(self, webhook_id: WebhookId) -> Webhook:
        """The webhook, read consistently. Raises NotFoundError ``webhook_not_found``."""

    def change(
        self, before: Webhook, after: Webhook, *, secrets: Sequence[Secret] | None = None
    ) -> bool:
        """Store ``after`` if the stored webhook equals ``before``; False when it does not.

        ``secrets`` are stored in the same transaction. One that owes a notice is overdue.
        """

    def delete(self, webhook_id: WebhookId) -> None:
        """Remove a webhook and its secrets; its deliveries expire. Raises NotFoundError."""

    def get_secrets(self, webhook_id: WebhookId) -> Sequence[Secret]:
        """The secrets of a webhook, newest first; empty when it was deleted."""

    def put_deliveries(self, deliveries: Collection[HookDelivery]) -> None:
        """Store new deliveries, in place of any with the same webhook and id."""

    def find_delivery(self, webhook_id: WebhookId, hook_id: HookId) -> HookDelivery | None:
        """A delivery, read consistently, or None."""

    def change_delivery(self, before: HookDelivery, after: HookDelivery) -> bool:
        """Store ``after`` if the stored revision is that of ``before``; it rises by one.

        The delivery is overdue from its ``check_at`` on.
        """

    def list_deliveries(
        self, webhook_id: WebhookId, *, cursor: str | None, limit: int
    ) -> Page[HookDelivery]:
        """Newest first. Raises InputError ``cursor_invalid`` on field ``cursor``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HookMessage:
    """A request to attempt a delivery: only a suggestion, since its ``due_at`` decides."""

    organization: OrgId
    webhook: WebhookId
    hook: HookId


class HookQueue(Protocol):
    """The queue ``hooks``: messages arrive at least once, in any order."""

    def put(self, messages: Collection[HookMessage], *, delay: timedelta = timedelta()) -> None:
        """Enqueue messages that arrive after ``delay``, at most QUEUE_DELAY.

        Raises UnavailableError ``queue_unavailable`` unless all were taken.
        """


@dataclass(frozen=True, slots=True)
class ReceiverAnswer:
    """The status and the beginning of the answer of a receiver, or why there was none."""

    status: int | None = None
    text: str = ""
    error: AttemptError | None = None


class Receivers(Protocol):
    """Reaches the receivers of webhooks, at public addresses only."""

    def post(self, target: Target, *, headers: Mapping[str, str], body: bytes) -> ReceiverAnswer:
        """POST once, without following redirects, within a bounded time.

        Nothing is sent unless every address of the host is public.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueHook:
    """A delivery whose attempt is late, or, without ``hook``, a webhook that owes a notice."""

    organization: OrgId
    webhook: WebhookId
    hook: HookId | None
    overdue_at: datetime


class OverdueHooks(Protocol):
    """Deliveries and webhooks of all organizations whose ``overdue_at`` has passed."""

    def list_overdue(self, now: datetime) -> Iterator[OverdueHook]:
        """The longest overdue first, read lazily and eventually consistently."""

    def take(self, item: OverdueHook, *, until: datetime) -> bool:
        """Lease an item by moving its deadline to ``until``; at most one caller gets True."""
