"""One organization points its webhook at a receiver that never answers, and makes 10,000 events.

Everybody else must not notice: the event of another organization is delivered by the next worker
that is free, whatever waits before it, now and at every retry; reconcile pays it in the same run.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from facteur.adapters.receivers import TIMEOUT
from facteur.adapters.sqs_hooks import SqsHookQueue, read_hook
from facteur.domain.host_event import delivery_to, host_event
from facteur.domain.identity import Caller, OrgId, UserId, UserRole, WebhookId
from facteur.domain.webhook import EventType, Webhook, WebhookDraft
from facteur.domain.webhook_delivery import AttemptError, HookDelivery
from facteur.ports import HookMessage, ReceiverAnswer
from facteur.services.webhooks.edit import EditWebhooks
from facteur.services.webhooks.notify import NotifyHost
from facteur.services.webhooks.pay import SHARE, PayHooks
from local.aws.queues import Queues
from local.state.clock import LocalClock
from local.state.store import State
from local.template.data import mapping
from local.template.stack import QueueProperties
from tests.attacks.post_office import LocalSqs
from tests.fakes import FakeIds, FakeOutbox, FakeOverdueHooks, FakeReceivers, FakeStore, Posted
from tests.template.declared import events

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

DEAD, OTHER = OrgId("morte"), OrgId("boulangerie")
EVENTS = 10_000
[WORKERS] = (
    int(str(mapping(event["ScalingConfig"])["MaximumConcurrency"]))
    for function, event in events("SQS")
    if function == "NotifyFunction"
)
HANG = timedelta(seconds=10)


class Exchange:
    """The queue ``hooks`` and its workers, on the queue of the local mode."""

    def __init__(self, folder: Path) -> None:
        self.state = State(folder / "state.db")
        self.clock = LocalClock(self.state)
        queue = QueueProperties.model_validate({"VisibilityTimeout": 180})
        self.queues = Queues(self.state, self.clock, {"hooks": queue})
        self.store, self.ids = FakeStore(), FakeIds()
        self.queue = SqsHookQueue(
            cast("SQSClient", LocalSqs(self.queues)), queue_url="https://sqs.test/hooks"
        )
        self.receivers = FakeReceivers(usual=ReceiverAnswer(error=AttemptError.TIMEOUT))
        self.receivers.on_post = self._post
        self.dead, self.other = self._webhook(DEAD), self._webhook(OTHER)

    def _webhook(self, organization: OrgId) -> Webhook:
        caller = Caller(organization, UserId("x"), "x@x.example", "X", UserRole.ADMIN)
        draft = WebhookDraft(f"https://{organization}.example/", tuple(EventType), enabled=True)
        edit = EditWebhooks(store=self.store, clock=self.clock, ids=self.ids)
        return edit.create(caller, draft).webhook

    def _post(self, posted: Posted) -> None:
        if posted.target.host.startswith(OTHER):
            self.receivers.answers = [ReceiverAnswer(200, "")]

    def owe(self, organization: OrgId, webhook: Webhook, count: int) -> list[HookDelivery]:
        """So many events, stored and enqueued."""
        now = self.clock.now()
        deliveries = [
            delivery_to(
                webhook.id, host_event(EventType.SEND_SENT, now, {"n": n}, key=str(n)), now=now
            )
            for n in range(count)
        ]
        self.store.webhooks(organization).put_deliveries(deliveries)
        self.queue.put(
            [
                HookMessage(organization=organization, webhook=webhook.id, hook=one.id)
                for one in deliveries
            ]
        )
        return deliveries

    def invoke(self) -> OrgId | None:
        """One invocation of a worker: whose message it had."""
        batch = self.queues.receive("hooks", 1)
        for received in batch:
            message = read_hook(received.body)
            NotifyHost(
                store=self.store,
                receivers=self.receivers,
                queue=self.queue,
                clock=self.clock,
                receivers_clock=self.clock,
            ).attempt(message)
            self.queues.settle([received], [])
            return message.organization
        return None

    def reconcile(self) -> dict[WebhookId, int]:
        paid = PayHooks(
            store=self.store,
            overdue=FakeOverdueHooks(self.store.organizations),
            queue=self.queue,
            outbox=FakeOutbox(),
            clock=self.clock,
            ids=self.ids,
        ).pay(has_time=lambda: True)
        return dict(paid.enqueued)


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = Exchange(tmp_path)
    yield made
    made.state.close()


@pytest.mark.feature("B41", "B46")
def test_an_event_waits_for_one_attempt_of_ten_thousand_at_most(exchange: Exchange) -> None:
    exchange.owe(DEAD, exchange.dead, EVENTS)
    busy = [exchange.queues.receive("hooks", 1) for _ in range(WORKERS)]
    [delivery] = exchange.owe(OTHER, exchange.other, 1)

    # The first worker that is free, after HANG at most, takes it.
    exchange.queues.settle(busy[0], [])
    taken = exchange.invoke()

    stored = exchange.store.of(OTHER).hooks[exchange.other.id, delivery.id]
    assert taken == OTHER
    assert [attempt.status for attempt in stored.attempts] == [200]
    assert len(exchange.receivers.posted) == 1


@pytest.mark.feature("B41", "B46")
def test_retries_of_ten_thousand_do_not_delay_a_retry_of_another(exchange: Exchange) -> None:
    exchange.owe(DEAD, exchange.dead, EVENTS)
    exchange.owe(OTHER, exchange.other, 1)
    exchange.queues.receive("hooks", EVENTS + 1)
    exchange.clock.move_to(exchange.clock.now() + timedelta(hours=1))

    enqueued = exchange.reconcile()
    taken = [exchange.invoke() for _ in range(2)]

    assert enqueued == {exchange.dead.id: SHARE, exchange.other.id: 1}
    assert OTHER in taken


def test_time_for_an_attempt_is_what_the_docstring_says() -> None:
    assert timedelta(seconds=TIMEOUT) == HANG
