"""Fakes of the webhooks of one organization, of the queue ``hooks``, and of receivers."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from facteur.domain.errors import NotFoundError
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import HookId, OrgId, WebhookId
from facteur.domain.webhook import Secret, Webhook
from facteur.domain.webhook_delivery import HookDelivery
from facteur.domain.webhook_url import Target
from facteur.ports import (
    Clock,
    Creation,
    HookMessage,
    OverdueHook,
    Page,
    ReceiverAnswer,
    Store,
)
from facteur.services.webhooks.tell import TellHosts
from tests.fakes.data import (
    Organization,
    Writes,
    find_creation,
    page,
    put_deliveries,
    put_record,
)


@dataclass
class FakeWebhooks:
    store: Writes
    data: Organization

    def create(
        self, webhook: Webhook, secret: Secret, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        self.store.on_write("create_webhook")
        if (first := find_creation(self.data, idempotency_key, webhook.id)) is not None:
            return first
        put_record(self.data, idempotency_key, webhook.id)
        self.data.webhooks[webhook.id] = webhook
        self.data.secrets[webhook.id] = (secret,)
        return Creation(webhook.id, created=True)

    def list_all(self) -> Sequence[Webhook]:
        return sorted(self.data.webhooks.values(), key=lambda webhook: webhook.id)

    def get(self, webhook_id: WebhookId) -> Webhook:
        if webhook_id not in self.data.webhooks:
            raise NotFoundError("webhook_not_found")
        return self.data.webhooks[webhook_id]

    def change(
        self, before: Webhook, after: Webhook, *, secrets: Sequence[Secret] | None = None
    ) -> bool:
        self.store.on_write("change_webhook")
        stored = self.data.webhooks.get(before.id)
        if stored is None or _state(stored) != _state(before):
            return stored == after
        self.data.webhooks[before.id] = after
        if secrets is not None:
            self.data.secrets[before.id] = tuple(secrets)
        return True

    def delete(self, webhook_id: WebhookId) -> None:
        self.store.on_write("delete_webhook")
        self.get(webhook_id)
        del self.data.webhooks[webhook_id], self.data.secrets[webhook_id]

    def get_secrets(self, webhook_id: WebhookId) -> Sequence[Secret]:
        return self.data.secrets.get(webhook_id, ())

    def put_deliveries(self, deliveries: Collection[HookDelivery]) -> None:
        if deliveries:
            self.store.on_write("put_deliveries")
        put_deliveries(self.data, deliveries)

    def find_delivery(self, webhook_id: WebhookId, hook_id: HookId) -> HookDelivery | None:
        return self.data.hooks.get((webhook_id, hook_id))

    def change_delivery(self, before: HookDelivery, after: HookDelivery) -> bool:
        self.store.on_write("change_delivery")
        key = before.webhook, before.id
        stored = self.data.hooks.get(key)
        if stored is None or stored.revision != before.revision:
            return False
        self.data.hooks[key] = replace(after, revision=before.revision + 1)
        return True

    def list_deliveries(
        self, webhook_id: WebhookId, *, cursor: str | None, limit: int
    ) -> Page[HookDelivery]:
        found = [one for (webhook, _), one in self.data.hooks.items() if webhook == webhook_id]
        return page(sorted(found, key=lambda one: one.id, reverse=True), cursor, limit)


def _state(webhook: Webhook) -> tuple[object, ...]:
    return (
        webhook.version,
        webhook.enabled,
        webhook.failing_since,
        webhook.disabled_at,
        webhook.owes_notice,
    )


@dataclass
class FakeHookQueue:
    """A queue whose messages stay until a test takes them, each with its delay."""

    messages: list[HookMessage] = field(default_factory=list)
    delays: list[timedelta] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def put(self, messages: Collection[HookMessage], *, delay: timedelta = timedelta()) -> None:
        self.before()
        self.messages.extend(messages)
        self.delays.extend([delay] * len(messages))


@dataclass(frozen=True)
class Posted:
    """What a receiver got."""

    target: Target
    headers: Mapping[str, str]
    body: bytes


@dataclass
class FakeReceivers:
    """Receivers that answer 200, unless ``answers`` has another answer to give next."""

    posted: list[Posted] = field(default_factory=list)
    answers: list[ReceiverAnswer] = field(default_factory=list)
    usual: ReceiverAnswer = field(default_factory=lambda: ReceiverAnswer(200, "ok"))
    on_post: Callable[[Posted], None] = lambda _: None

    def post(self, target: Target, *, headers: Mapping[str, str], body: bytes) -> ReceiverAnswer:
        one = Posted(target, headers, body)
        self.posted.append(one)
        self.on_post(one)
        return self.answers.pop(0) if self.answers else self.usual


def overdue_hooks(organization: OrgId, data: Organization) -> Iterator[OverdueHook]:
    """The deadlines of the deliveries and webhooks of an organization."""
    for (webhook, hook), delivery in data.hooks.items():
        if delivery.check_at is not None:
            yield _overdue(organization, webhook, hook, delivery.check_at)
    for webhook, stored in data.webhooks.items():
        if stored.owes_notice and stored.disabled_at is not None:
            at = data.notices_due.get(webhook, stored.disabled_at)
            yield _overdue(organization, webhook, None, at)


def _overdue(
    organization: OrgId, webhook: WebhookId, hook: HookId | None, at: datetime
) -> OverdueHook:
    return OverdueHook(organization=organization, webhook=webhook, hook=hook, overdue_at=at)


@dataclass
class FakeOverdueHooks:
    """What is overdue of all organizations of a store."""

    organizations: Mapping[OrgId, Organization]
    on_write: Callable[[str], None] = lambda _: None

    def list_overdue(self, now: datetime) -> Iterator[OverdueHook]:
        late = [item for item in self._deadlines() if item.overdue_at <= now]
        yield from sorted(late, key=lambda item: item.overdue_at)

    def _deadlines(self) -> Iterator[OverdueHook]:
        for organization, data in self.organizations.items():
            yield from overdue_hooks(organization, data)

    def take(self, item: OverdueHook, *, until: datetime) -> bool:
        self.on_write("take_hook")
        data = self.organizations[item.organization]
        if item not in overdue_hooks(item.organization, data):
            return False
        if item.hook is None:
            data.notices_due[item.webhook] = until
            return True
        key = item.webhook, item.hook
        data.hooks[key] = replace(data.hooks[key], check_at=until)
        return True


def telling(store: Store, clock: Clock, queue: FakeHookQueue | None = None) -> TellHosts:
    """What tells webhooks, on a queue of its own unless one is given."""
    return TellHosts(store=store, queue=queue or FakeHookQueue(), clock=clock)
