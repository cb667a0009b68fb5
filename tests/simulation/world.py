"""The workers and their environment, in memory, with a hook at every step.

A *step* is one call that changes something outside the worker: a write, a mail, a message put on a
queue or put back. ``at_step`` may stop the worker there by raising, or run another worker first.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from facteur.domain.address import Recipient, Role
from facteur.domain.errors import FacteurError, StoreThrottledError
from facteur.domain.identity import DocumentId, OrgId, SendId, UserId
from facteur.domain.message import MessageEvent
from facteur.domain.send import FrozenDocument, Origin, Send
from facteur.domain.send_row import SendRow
from facteur.domain.settings import Sender
from facteur.ports import HookMessage, OutboxMessage, OverdueCampaign, OverdueSend
from facteur.ports.ses_events import NamedRecipient, SesEvent
from facteur.services.campaigns.rederive import RederiveInstants
from facteur.services.campaigns.sync_schedule import SyncSchedule
from facteur.services.delivery.caches import CompositionCache, SendCache, SuspensionCache
from facteur.services.delivery.compose import ComposeMails
from facteur.services.delivery.deliver import DeliverMessage, Delivery, DeliveryResult
from facteur.services.delivery.occasion import Occasion
from facteur.services.delivery.record_ses_event import RecordSesEvent
from facteur.services.delivery.record_standings import RecordStandings
from facteur.services.delivery.settle import SettleSend
from facteur.services.delivery.settle_batch import SettleBatch
from facteur.services.reconcile import Reconcile, ReconcileCampaign, ReconcileSend
from facteur.services.webhooks.pay import PayHooks
from facteur.services.webhooks.tell import TellHosts
from tests.fakes import (
    CONSOLE,
    AcceptedMail,
    FakeArchive,
    FakeClock,
    FakeComposer,
    FakeDueQueue,
    FakeHookQueue,
    FakeIds,
    FakeMailer,
    FakeOutbox,
    FakeOverdueHooks,
    FakeRedelivery,
    FakeRulesChecks,
    FakeSchedules,
    FakeStore,
    telling,
)

ORG = OrgId("atelier")
MAX_RECEIVE_COUNT = 50
VISIBILITY_TIMEOUT = timedelta(minutes=6)
BREAKAGES = (ValueError, KeyError)
"""Unexpected exceptions of a worker, after which the queue delivers the message again."""


class KilledError(BaseException):
    """The process is killed: none of our code may catch it."""


@dataclass(eq=False)
class Queued:
    """A message in the queue with its number of receptions; copies are distinct."""

    message: OutboxMessage
    receive_count: int = 0


@dataclass
class SteppedOutbox(FakeOutbox):
    on_step: Callable[[str], None] = lambda _: None

    def put(self, messages: Collection[OutboxMessage]) -> None:
        self.on_step("outbox")
        super().put(messages)


@dataclass
class SteppedHookQueue(FakeHookQueue):
    on_step: Callable[[str], None] = lambda _: None

    def put(self, messages: Collection[HookMessage], *, delay: timedelta = timedelta()) -> None:
        self.on_step("hooks")
        super().put(messages, delay=delay)


@dataclass
class SteppedRedelivery(FakeRedelivery):
    on_step: Callable[[str], None] = lambda _: None

    def delay(self, receipt_handle: str, by: timedelta) -> None:
        self.on_step("delay")
        super().delay(receipt_handle, by)


class World:
    """One organization, its queue, SES and its events, and workers that may die at any step."""

    def __init__(self) -> None:
        self.at_step: Callable[[str], None] = lambda _: None
        self.steps: list[str] = []
        self.clock = FakeClock()
        self.ids = FakeIds()
        self.store = FakeStore()
        self.store.on_write = self._step
        self.mailer = FakeMailer(on_accept=self._accepted)
        self.outbox = SteppedOutbox(on_step=self._step)
        self.hooks = SteppedHookQueue(on_step=self._step)
        self.redelivery = SteppedRedelivery(on_step=self._step)
        self.archive = FakeArchive()
        self.composer = FakeComposer(on_compose=self._compose)
        self.schedules = FakeSchedules()
        self.due = FakeDueQueue()
        self.rules = "2026a"
        self.rules_checks = FakeRulesChecks()
        self.queue: list[Queued] = []
        self.events: list[SesEvent] = []
        self.bouncing: set[str] = set()
        self.deadly: set[SendId] = set()
        """Sends that kill every worker that composes them."""
        self.deaths: Counter[SendId] = Counter()
        self.naps: list[float] = []
        self.idle: list[SettleBatch] = []
        """What processes that are not at work remember, as warm functions do."""

    def _step(self, name: str) -> None:
        self.steps.append(name)
        self.at_step(name)

    def _compose(self, send: Send) -> None:
        self._step("compose")
        if send.id in self.deadly:
            self.deaths[send.id] += 1
            raise KilledError

    def _accepted(self, mail: AcceptedMail) -> None:
        state = self.store.of(ORG).messages[mail.send, mail.n]
        assert state.claim is not None, "mailed without a claim"
        assert state.is_pending, "mailed although its fate was known"
        self.events += self._events_of(mail)
        self._step("accepted")

    def _events_of(self, mail: AcceptedMail) -> list[SesEvent]:
        def event(event: MessageEvent, address: str | None = None, code: str = "") -> SesEvent:
            return SesEvent(
                organization=ORG,
                send=mail.send,
                message=mail.n,
                ses_message_id=f"ses-{len(self.mailer.accepted):04d}",
                event=event,
                at=self.clock.now(),
                accepted_at=self.clock.now(),
                named=(NamedRecipient(address=address, event=event, code=code),) if address else (),
            )

        events = [event(MessageEvent.SENT)]
        for address in mail.envelope:
            if address in self.bouncing:
                events.append(event(MessageEvent.HARD_BOUNCED, address, "address_rejected"))
            else:
                events.append(event(MessageEvent.DELIVERED, address))
        return events

    # --- workers, each a process of its own ---------------------------------------------------

    @property
    def tell(self) -> TellHosts:
        return telling(self.store, self.clock, self.hooks)

    def settler(self) -> SettleSend:
        return SettleSend(
            store=self.store,
            cache=SendCache(self.store),
            outbox=self.outbox,
            ids=self.ids,
            clock=self.clock,
            console=CONSOLE,
            tell=self.tell,
            sleep=self.naps.append,
            chance=lambda: 1.0,
        )

    def deliver(self, *batch: Queued) -> None:
        """One invocation of ``deliver``; messages not acknowledged stay in the queue."""
        for item in batch:
            item.receive_count += 1
        try:
            acknowledged = self._deliver(batch)
        except KilledError:
            acknowledged = []
        self.queue = [
            item
            for item in self.queue
            if item not in acknowledged and item.receive_count < MAX_RECEIVE_COUNT
        ]
        self.collect()

    def _deliver(self, batch: Sequence[Queued]) -> list[Queued]:
        compose_mails = ComposeMails(
            store=self.store,
            compositions=CompositionCache(self.archive, self.composer),
            clock=self.clock,
        )
        deliverer = DeliverMessage(
            store=self.store,
            cache=SendCache(self.store),
            compose_mails=compose_mails,
            suspensions=SuspensionCache(self.store, self.clock),
            mailer=self.mailer,
            outbox=self.outbox,
            redelivery=self.redelivery,
            clock=self.clock,
        )
        results: dict[SendId, list[tuple[int, DeliveryResult]]] = {}
        acknowledged = []
        for item in compose_mails.in_safe_order(batch, lambda queued: queued.message):
            delivery = Delivery(
                message=item.message,
                receipt_handle="receipt_handle",
                receive_count=item.receive_count,
                time_left=lambda: timedelta(minutes=1),
            )
            try:
                result = deliverer.deliver(delivery)
            except (FacteurError, *BREAKAGES):
                continue
            results.setdefault(item.message.send, []).append((item.message.n, result))
            if result is not DeliveryResult.PUT_BACK:
                acknowledged.append(item)
        with self._process() as process:
            for send, found in results.items():
                self._settled(partial(process.after_delivery, ORG, send, found))
        return acknowledged

    @contextmanager
    def _process(self) -> Iterator[SettleBatch]:
        """One of at least two processes, which goes on with what it knows unless it is killed."""
        process = self.idle.pop(0) if len(self.idle) > 1 else SettleBatch(self.settler())
        yield process
        self.idle.append(process)

    def _settled(self, settle: Callable[[], None]) -> bool:
        try:
            settle()
        except FacteurError:
            return False
        return True

    def settles(self, send: SendId, *, resolved: bool | None = None) -> bool:
        """One worker settles a Send; False when it died."""
        try:
            self.settler().settle(ORG, send, Occasion(resolved=resolved))
        except KilledError:
            return False
        return True

    def track(self, event: SesEvent, *, is_repeated: bool = False) -> bool:
        """One invocation of ``track``; False when the event will come again."""
        try:
            recorder = RecordSesEvent(store=self.store, cache=SendCache(self.store), tell=self.tell)
            recorded = recorder.record(event, is_repeated=is_repeated)
            has_standings = self._record_standings(event)
            with self._process() as process:
                settle = partial(process.after_events, ORG, event.send, [recorded])
                return self._settled(settle) and has_standings
        except (KilledError, FacteurError):
            return False
        finally:
            self.collect()

    def _record_standings(self, event: SesEvent) -> bool:
        try:
            RecordStandings(store=self.store, cache=SendCache(self.store)).record(event)
        except FacteurError:
            return False
        return True

    def reconciler(self) -> Reconcile:
        sync_schedule = SyncSchedule(store=self.store, schedules=self.schedules, clock=self.clock)
        return Reconcile(
            overdue=self.store,
            sends=ReconcileSend(
                store=self.store,
                cache=SendCache(self.store),
                outbox=self.outbox,
                settle_send=self.settler(),
            ),
            campaigns=ReconcileCampaign(
                store=self.store, sync_schedule=sync_schedule, due=self.due
            ),
            hooks=PayHooks(
                store=self.store,
                overdue=FakeOverdueHooks(self.store.organizations, self._step),
                queue=self.hooks,
                outbox=self.outbox,
                clock=self.clock,
                ids=self.ids,
            ),
            instants=RederiveInstants(
                store=self.store,
                overdue=self.store,
                checks=self.rules_checks,
                sync_schedule=sync_schedule,
                clock=self.clock,
                rules=lambda: self.rules,
            ),
            clock=self.clock,
        )

    def rederive(self, *, has_time: Callable[[], bool] = lambda: True) -> int:
        """The first part of an invocation of ``reconcile``."""
        try:
            return self.reconciler().instants.rederive(has_time=has_time)
        except (KilledError, FacteurError):
            return 0

    def reconcile(self) -> None:
        """One invocation of ``reconcile``."""
        self.rederive()
        for item in self.reconciler().list_overdue():
            try:
                self.reconcile_one(item)
            except KilledError:
                return

    def reconcile_one(self, item: OverdueSend | OverdueCampaign) -> None:
        try:
            self.reconciler().reconcile(item)
        except FacteurError:
            pass
        finally:
            self.collect()

    def collect(self) -> None:
        """Move new messages of the outbox to the queue."""
        self.queue += [Queued(message) for message in self.outbox.messages]
        self.outbox.messages.clear()

    # --- people -------------------------------------------------------------------------------

    def create(
        self,
        *addresses: str,
        separate: bool = False,
        copy: str | None = None,
        retry_of: SendId | None = None,
        covers: tuple[str, ...] | None = None,
        documents: tuple[FrozenDocument, ...] = (),
        drafts: tuple[DocumentId, ...] = (),
        enqueue: bool = True,
    ) -> SendId:
        """Create a Send; without ``enqueue``, as by a process that died right after the write."""
        now = self.clock.now()
        send = Send(
            id=SendId(self.ids.new_id(now)),
            origin=Origin.MANUAL if retry_of is None else Origin.RETRY,
            created_by=UserId("marie"),
            queued_at=now,
            sender=Sender(
                name="Marie",
                address="marie@atelier.example",
                reply_to=None,
                copy_to="marie@atelier.example",
            ),
            recipients=tuple(Recipient(address, Role.TO) for address in addresses),
            separate=separate,
            copy=copy,
            subject=f"Envoi {len(self.store.of(ORG).sends)}.",
            body="Bonjour",
            documents=documents,
            drafts_to_publish=drafts,
            retry_of=retry_of,
            covers=addresses if covers is None and retry_of is not None else covers or (),
        )
        earlier = len(self.row(retry_of).retried_by) if retry_of is not None else 0
        self.store.sends(ORG).create(send, after_retries=earlier)
        if enqueue:
            self.queue += [
                Queued(OutboxMessage(organization=ORG, send=send.id, n=planned.n))
                for planned in send.messages()
            ]
        return send.id

    # --- what can be observed -----------------------------------------------------------------

    def row(self, send: SendId) -> SendRow:
        return self.store.of(ORG).rows[send]

    def rows(self) -> list[SendRow]:
        """The history, without notices."""
        return [row for row in self.store.of(ORG).rows.values() if row.origin is not Origin.NOTICE]

    def notices_of(self, send: SendId) -> list[Send]:
        subject = self.row(send).subject
        return [
            notice
            for notice in self.store.of(ORG).sends.values()
            if notice.origin is Origin.NOTICE and notice.subject.endswith(subject)
        ]

    def accepted(self, send: SendId) -> Counter[str]:
        """How many mails of a Send each address got."""
        mails = (mail for mail in self.mailer.accepted if mail.send == send)
        return Counter(itertools.chain.from_iterable(mail.envelope for mail in mails))

    # --- the end ------------------------------------------------------------------------------

    def run_to_the_end(self, *, with_events: bool = True) -> None:
        """Deliver, track and reconcile without faults until every Send has ended."""
        self.at_step = lambda _: None
        self.mailer.faults.clear()
        for _ in range(2_000):
            while self.queue:
                first = self.queue[0]
                self.deliver(first)
                if first in self.queue:
                    self.clock.advance(VISIBILITY_TIMEOUT)
            if with_events:
                while self.events:
                    assert self.track(self.events.pop(0))
            if all(row.overdue_at is None for row in self.store.of(ORG).rows.values()):
                if not self.queue:
                    return
                continue
            self.clock.advance(timedelta(minutes=5))
            self.reconcile()
        raise AssertionError("it never ends")


@dataclass
class KillAt:
    """Stops a worker at one of its steps, counted from 0."""

    step: int
    steps: int = field(default=0)

    def __call__(self, _: str) -> None:
        self.steps += 1
        if self.steps == self.step + 1:
            raise KilledError


@dataclass
class FailAt:
    """Lets the store fail from one step of a worker on, counted from 0."""

    step: int
    steps: int = field(default=0)

    def __call__(self, name: str) -> None:
        self.steps += 1
        if self.steps > self.step and name not in {
            "compose",
            "accepted",
            "outbox",
            "delay",
            "hooks",
        }:
            raise StoreThrottledError("busy")


@dataclass
class InterruptAt:
    """Runs something else at one step of a worker, as another process would."""

    step: int
    world: World
    run: Callable[[], object]
    steps: int = field(default=0)

    def __call__(self, _: str) -> None:
        self.steps += 1
        if self.steps == self.step + 1:
            self.world.at_step = lambda _: None
            self.run()
