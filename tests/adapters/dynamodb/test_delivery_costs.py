"""What a Send costs from its creation to the last event of SES, by the workers themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import batched

from facteur.adapters.dynamodb.attributes import Item, flag, text
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.message_items import (
    CLAIM,
    DECIDED,
    SES_ID,
    claim_text,
    detail_text,
    event_name,
)
from facteur.adapters.dynamodb.send_items import content_item, row_item
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import MessageEvent, MessageState
from facteur.domain.send import Send, SendStatus
from facteur.domain.send_row import SendRow
from facteur.domain.webhook import Webhook
from facteur.ports import OutboxMessage, Store
from facteur.ports.ses_events import NamedRecipient, SesEvent
from facteur.services.delivery.caches import CompositionCache, SendCache, SuspensionCache
from facteur.services.delivery.compose import ComposeMails
from facteur.services.delivery.deliver import DeliverMessage, Delivery
from facteur.services.delivery.record_ses_event import RecordSesEvent
from facteur.services.delivery.settle import SettleSend
from facteur.services.delivery.settle_batch import SettleBatch
from facteur.services.webhooks.tell import TellHosts
from tests.adapters.dynamodb.meter import Meter, size_of
from tests.adapters.dynamodb.samples import NOW, ORG, a_send, to
from tests.fakes import (
    CONSOLE,
    FakeArchive,
    FakeClock,
    FakeComposer,
    FakeHookQueue,
    FakeIds,
    FakeMailer,
    FakeOutbox,
    FakeRedelivery,
    FakeStore,
)
from tests.fakes.sends import FakeSends
from tests.fakes.webhooks import FakeWebhooks

KEYS = Keys(ORG)

BATCH = 10
"""Messages of a queue that a function receives at once."""


class Workers:
    """One process of ``deliver`` and one of ``track``, with DynamoDB."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.outbox = store, FakeClock(NOW), FakeOutbox()
        tell = TellHosts(store=store, queue=FakeHookQueue(), clock=self.clock)
        cache = SendCache(store)
        archive = FakeArchive({(ORG, document.sha256): b"%PDF" for document in a_send().documents})
        compositions = CompositionCache(archive, FakeComposer())
        self._deliver = DeliverMessage(
            store=store,
            cache=cache,
            compose_mails=ComposeMails(store=store, compositions=compositions, clock=self.clock),
            suspensions=SuspensionCache(store, self.clock),
            mailer=FakeMailer(),
            outbox=self.outbox,
            redelivery=FakeRedelivery(),
            clock=self.clock,
        )
        self._after_delivery = self._settle_batch(cache, tell).after_delivery
        cache = SendCache(store)
        tell = replace(tell, of_batch={})
        self._record = RecordSesEvent(store=store, cache=cache, tell=tell)
        self._after_events = self._settle_batch(cache, tell).after_events

    def _settle_batch(self, cache: SendCache, tell: TellHosts) -> SettleBatch:
        return SettleBatch(
            SettleSend(
                store=self.store,
                cache=cache,
                outbox=self.outbox,
                ids=FakeIds(),
                clock=self.clock,
                console=CONSOLE,
                tell=tell,
            )
        )

    def deliver(self, send: Send) -> None:
        """Deliver all messages, in batches."""
        for batch in batched(range(len(send.messages())), BATCH, strict=False):
            results = [
                (
                    n,
                    self._deliver.deliver(
                        Delivery(
                            message=OutboxMessage(organization=ORG, send=send.id, n=n),
                            receipt_handle="r",
                            receive_count=1,
                            time_left=lambda: timedelta(minutes=1),
                        )
                    ),
                )
                for n in batch
            ]
            self._after_delivery(ORG, send.id, results)

    def track(self, send: Send, event: MessageEvent) -> None:
        """Record an event about every message, in batches."""
        for batch in batched(send.messages(), BATCH, strict=False):
            self._record.begin()
            recorded = [
                self._record.record(
                    SesEvent(
                        organization=ORG,
                        send=send.id,
                        message=planned.n,
                        ses_message_id=f"0102-{planned.n}",
                        event=event,
                        at=NOW,
                        accepted_at=NOW,
                        named=(
                            NamedRecipient(
                                address=planned.envelope[0].address,
                                event=event,
                                detail="250 2.0.0 OK 1764000000 d9443c01a7336",
                            ),
                        ),
                    )
                )
                for planned in batch
            ]
            self._after_events(ORG, send.id, recorded)


def cost(workers: Workers, send: Send) -> None:
    """Let the workers do all there is to do for a Send."""
    workers.store.sends(ORG).create(send, daily_limit=2_000)
    workers.deliver(send)
    assert workers.store.sends(ORG).get_row(send.id).progress.status is SendStatus.SENT
    workers.track(send, MessageEvent.SENT)
    workers.track(send, MessageEvent.DELIVERED)


def separate(count: int) -> Send:
    addresses = [f"client-{n}@dupont.example" for n in range(count)]
    return a_send(recipients=to(*addresses), separate=True)


class CountedStore(FakeStore):
    """A store in memory that counts what reading Sends costs in DynamoDB: moto needs 30 s for
    a thousand messages."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0

    def sends(self, organization: OrgId) -> "CountedSends":
        return CountedSends(self, self.of(organization))

    def webhooks(self, organization: OrgId) -> "CountedWebhooks":
        return CountedWebhooks(self, self.of(organization))


class CountedWebhooks(FakeWebhooks):
    store: CountedStore

    def list_all(self) -> Sequence[Webhook]:
        self.store.read += 1
        return super().list_all()


class CountedSends(FakeSends):
    store: CountedStore

    def get(self, send_id: SendId) -> Send:
        send = super().get(send_id)
        self._count(content_item(KEYS, send))
        return send

    def get_row(self, send_id: SendId) -> SendRow:
        row = super().get_row(send_id)
        self._count(row_item(KEYS, row))
        return row

    def get_messages(self, send_id: SendId) -> Mapping[int, MessageState]:
        states = super().get_messages(send_id)
        self._count(*(message_item(send_id, state) for state in states.values()))
        return states

    def find_message(self, send_id: SendId, n: int) -> MessageState | None:
        state = super().find_message(send_id, n)
        self._count(*([message_item(send_id, state)] if state is not None else []))
        return state

    def _count(self, *items: Item) -> None:
        self.store.read += max(1, -(-sum(map(size_of, items)) // (4 * 1024)))


def message_item(send_id: SendId, state: MessageState) -> Item:
    item = KEYS.message(send_id, state.n)
    if state.claim is not None:
        item[CLAIM] = text(claim_text(state.claim))
    if state.ses_message_id is not None:
        item[SES_ID] = text(state.ses_message_id)
    if not state.is_pending:
        item[DECIDED] = flag(True)
    return item | {event_name(key): text(detail_text(one)) for key, one in state.events.items()}


def test_an_ordinary_delivered_send_costs_a_counted_number_of_units(
    dynamo: DynamoStore, meter: Meter
) -> None:
    with meter.counting() as units:
        cost(Workers(dynamo), a_send())

    assert (units.read, units.written) == (17, 29)


def test_a_thousand_separate_recipients_cost_little_more_than_a_read_for_each_event() -> None:
    store = CountedStore()

    cost(Workers(store), separate(1_000))

    # Two events of SES for each, read before they are written. Of each batch, one message shows
    # that not all have ended, or the webhooks are read. All messages are read twice.
    assert store.read <= 2_300


def test_what_is_counted_in_memory_is_what_dynamodb_counts(
    dynamo: DynamoStore, meter: Meter
) -> None:
    store = CountedStore()

    cost(Workers(store), separate(40))
    with meter.counting() as units:
        cost(Workers(dynamo), separate(40))

    # Besides: the use of the day, the account, and the attempts to compose.
    assert units.read == store.read + 3
