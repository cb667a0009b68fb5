"""An organization with a webhook, and the worker that delivers to it, on fakes."""

from dataclasses import dataclass, field
from datetime import timedelta

from facteur.domain.host_event import delivery_to, host_event
from facteur.domain.identity import Caller, HookId, OrgId, UserId, UserRole
from facteur.domain.webhook import EventType, Webhook, WebhookDraft
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import HookMessage, ReceiverAnswer
from facteur.services.webhooks.edit import EditWebhooks
from facteur.services.webhooks.notify import Notified, NotifyHost
from facteur.services.webhooks.pay import PaidHooks, PayHooks
from tests.fakes import (
    FakeClock,
    FakeHookQueue,
    FakeIds,
    FakeOutbox,
    FakeOverdueHooks,
    FakeReceivers,
    FakeStore,
)

ORG = OrgId("atelier")
CLAIRE = Caller(ORG, UserId("claire"), "claire@atelier.example", "Claire", UserRole.ADMIN)
URL = "https://erp.atelier.example/facteur"
FAILED = ReceiverAnswer(500, "panne")


@dataclass
class Hooks:
    """Webhooks of organizations, and their deliveries."""

    store: FakeStore = field(default_factory=FakeStore)
    clock: FakeClock = field(default_factory=FakeClock)
    ids: FakeIds = field(default_factory=FakeIds)
    queue: FakeHookQueue = field(default_factory=FakeHookQueue)
    receivers: FakeReceivers = field(default_factory=FakeReceivers)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    made: int = 0

    @property
    def edit(self) -> EditWebhooks:
        return EditWebhooks(store=self.store, clock=self.clock, ids=self.ids)

    @property
    def notifier(self) -> NotifyHost:
        return NotifyHost(
            store=self.store,
            receivers=self.receivers,
            queue=self.queue,
            clock=self.clock,
            receivers_clock=self.clock,
        )

    def webhook(self, caller: Caller = CLAIRE) -> Webhook:
        """A new webhook, for everything."""
        return self.edit.create(caller, WebhookDraft(URL, tuple(EventType), enabled=True)).webhook

    def owe(
        self, webhook: Webhook, *, organization: OrgId = ORG, is_test: bool = False
    ) -> HookDelivery:
        """A delivery that was stored and enqueued."""
        self.made += 1
        now = self.clock.now()
        event = host_event(
            EventType.SEND_SENT, now, {"send_id": str(self.made)}, key=f"{self.made}"
        )
        delivery = delivery_to(webhook.id, event, now=now, is_test=is_test)
        self.store.webhooks(organization).put_deliveries([delivery])
        self.queue.put([message_for(delivery, organization)])
        return delivery

    def stored(self, delivery: HookDelivery, organization: OrgId = ORG) -> HookDelivery:
        return self.store.of(organization).hooks[delivery.webhook, delivery.id]

    def current(self, webhook: Webhook, organization: OrgId = ORG) -> Webhook:
        return self.store.of(organization).webhooks[webhook.id]

    def attempt(self) -> Notified:
        """The worker takes the first message of the queue."""
        self.queue.delays.pop(0)
        return self.notifier.attempt(self.queue.messages.pop(0))

    def work(self) -> int:
        """The worker takes every message whose delay is over, in order; how many they were."""
        count = 0
        while self.queue.messages:
            self.clock.advance(self.queue.delays[0])
            self.attempt()
            count += 1
        return count

    def reconcile(self) -> PaidHooks:
        return PayHooks(
            store=self.store,
            overdue=FakeOverdueHooks(self.store.organizations, self.store.on_write),
            queue=self.queue,
            outbox=self.outbox,
            clock=self.clock,
            ids=self.ids,
        ).pay(has_time=lambda: True)

    def pass_time(self, period: timedelta) -> None:
        """Let time pass: reconcile runs every five minutes, the worker takes what it enqueues."""
        end = self.clock.now() + period
        while self.clock.now() < end:
            self.work()
            self.clock.advance(timedelta(minutes=5))
            self.reconcile()
        self.work()


def message_for(delivery: HookDelivery, organization: OrgId = ORG) -> HookMessage:
    return HookMessage(organization=organization, webhook=delivery.webhook, hook=delivery.id)


def hook_ids(posted: FakeReceivers) -> set[HookId]:
    return {HookId(one.headers["webhook-id"]) for one in posted.posted}
