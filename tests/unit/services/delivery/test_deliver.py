"""What a deliverer does with one message of the queue."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from facteur.domain.address import Recipient, Role
from facteur.domain.attempts import GIVE_UP_AFTER, MAX_DELAY
from facteur.domain.content import DocumentType
from facteur.domain.errors import (
    AmbiguousSendError,
    NotFoundError,
    PermanentSendError,
    QuotaExceededError,
    RetryableSendError,
    ThrottledError,
    UnavailableError,
)
from facteur.domain.identity import DocumentId, OrgId, SendId, UserId
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent
from facteur.domain.send import FrozenDocument, Origin, Send, SendStatus
from facteur.domain.settings import Sender
from facteur.ports import OutboxMessage
from facteur.services.delivery.caches import CompositionCache, SendCache, SuspensionCache
from facteur.services.delivery.compose import ComposeMails
from facteur.services.delivery.deliver import DeliverMessage, Delivery, DeliveryResult
from tests.fakes import (
    FakeArchive,
    FakeClock,
    FakeComposer,
    FakeMailer,
    FakeOutbox,
    FakeRedelivery,
    FakeStore,
)
from tests.simulation.world import KillAt, World

ORG = OrgId("atelier")
SEND = SendId("01SEND")


@dataclass
class Desk:
    """A deliverer on fakes, and one Send of two separate messages."""

    clock: FakeClock = field(default_factory=FakeClock)
    store: FakeStore = field(default_factory=FakeStore)
    archive: FakeArchive = field(default_factory=FakeArchive)
    composer: FakeComposer = field(default_factory=FakeComposer)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    redelivery: FakeRedelivery = field(default_factory=FakeRedelivery)

    def __post_init__(self) -> None:
        sha256 = self.archive.put(ORG, b"%PDF")
        document = FrozenDocument(
            id=DocumentId("01DOC"),
            type=DocumentType.INVOICE,
            name="Facture F-1",
            number="F-1",
            date=self.clock.now().date(),
            filename="Facture F-1.pdf",
            size=4,
            sha256=sha256,
        )
        send = Send(
            id=SEND,
            origin=Origin.MANUAL,
            created_by=UserId("marie"),
            queued_at=self.clock.now(),
            sender=Sender(
                name="Marie", address="marie@x.example", reply_to=None, copy_to="marie@x.example"
            ),
            recipients=(Recipient("a@y.example", Role.TO), Recipient("b@y.example", Role.CC)),
            separate=True,
            copy=None,
            subject="Facture F-1",
            body="Bonjour",
            documents=(document,),
        )
        self.store.sends(ORG).create(send)
        self.deliverer = DeliverMessage(
            store=self.store,
            cache=SendCache(self.store),
            compose_mails=ComposeMails(
                store=self.store,
                compositions=CompositionCache(self.archive, self.composer),
                clock=self.clock,
            ),
            suspensions=SuspensionCache(self.store, self.clock),
            mailer=self.mailer,
            outbox=self.outbox,
            redelivery=self.redelivery,
            clock=self.clock,
            chance=lambda: 1.0,
        )

    def deliver(
        self, n: int = 0, *, receive_count: int = 1, seconds_left: int = 60
    ) -> DeliveryResult:
        return self.deliverer.deliver(
            Delivery(
                message=OutboxMessage(organization=ORG, send=SEND, n=n),
                receipt_handle=f"receipt_handle-{n}",
                receive_count=receive_count,
                time_left=lambda: timedelta(seconds=seconds_left),
            )
        )

    def events(self, n: int = 0) -> set[MessageEvent]:
        state = self.store.sends(ORG).find_message(SEND, n)
        return {key.event for key in state.events} if state else set()

    def claim(self, n: int = 0) -> Claim | None:
        state = self.store.sends(ORG).find_message(SEND, n)
        return state.claim if state else None


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.feature("S16")
def test_a_queued_message_is_claimed_mailed_and_recorded_with_its_ses_id(desk: Desk) -> None:
    result = desk.deliver()

    (mail,) = desk.mailer.accepted
    state = desk.store.sends(ORG).find_message(SEND, 0)
    assert result is DeliveryResult.SENT
    assert mail.envelope == ("a@y.example",)
    assert mail.from_address == "marie@x.example"
    assert state is not None
    assert state.ses_message_id == "ses-0001"
    assert state.events[EventKey(MessageEvent.SENT)].at == desk.clock.now()


def test_a_message_costs_a_claim_and_a_record(desk: Desk) -> None:
    desk.deliver(0)
    writes: list[str] = []
    desk.store.on_write = writes.append

    desk.deliver(1)

    assert writes == ["claim", "record_events"]


def test_the_only_message_of_a_send_costs_no_more() -> None:
    world = World()
    world.create("a@client.example")

    world.deliver(*world.queue)

    assert world.steps[1:] == ["compose", "claim", "accepted", "record_events", "advance"]


def test_a_worker_records_once_that_it_composes_a_send_of_several_messages(desk: Desk) -> None:
    writes: list[str] = []
    desk.store.on_write = writes.append

    desk.deliver(0)
    desk.deliver(1)

    assert writes == ["begin_composing", "end_composing", *(2 * ["claim", "record_events"])]


def test_what_the_messages_of_a_send_share_is_composed_once(desk: Desk) -> None:
    desk.deliver(0)
    desk.deliver(1)

    assert desk.composer.composed == 1
    assert len(desk.mailer.accepted) == 2


@pytest.mark.feature("B1")
def test_a_message_that_comes_again_is_left_alone(desk: Desk) -> None:
    desk.deliver()

    assert desk.deliver(receive_count=2) is DeliveryResult.ELSEWHERE
    assert len(desk.mailer.accepted) == 1


def test_another_owners_claim_is_left_alone(desk: Desk) -> None:
    desk.store.sends(ORG).claim(SEND, 0, Claim("somebody-else", desk.clock.now()))

    assert desk.deliver() is DeliveryResult.ELSEWHERE
    assert not desk.mailer.accepted


def test_without_time_to_compose_the_message_goes_back_at_once_uncomposed(desk: Desk) -> None:
    result = desk.deliver(seconds_left=34)

    assert result is DeliveryResult.PUT_BACK
    assert desk.redelivery.delays == {"receipt_handle-0": timedelta()}
    assert desk.composer.composed == 0
    assert desk.claim() is None


def test_what_is_composed_needs_only_the_time_to_send_it(desk: Desk) -> None:
    desk.deliver(0)

    assert desk.deliver(1, seconds_left=20) is DeliveryResult.SENT


def test_without_time_for_a_post_the_message_goes_back_at_once_unclaimed(desk: Desk) -> None:
    desk.deliver(0)

    result = desk.deliver(1, seconds_left=19)

    assert result is DeliveryResult.PUT_BACK
    assert desk.redelivery.delays == {"receipt_handle-1": timedelta()}
    assert desk.claim(1) is None


def test_a_message_that_needs_no_mail_is_not_composed(desk: Desk) -> None:
    sends = desk.store.sends(ORG)
    sends.claim(SEND, 0, Claim("somebody-else", desk.clock.now()))
    sends.record_events(
        SEND, 1, {EventKey(MessageEvent.FAILED): EventDetail(desk.clock.now(), "expired")}
    )

    assert desk.deliver(0) is DeliveryResult.ELSEWHERE
    assert desk.deliver(1) is DeliveryResult.ELSEWHERE
    assert desk.composer.composed == 0


def test_a_message_that_cannot_be_composed_strands_no_claim(desk: Desk) -> None:
    desk.archive.kept.clear()

    with pytest.raises(KeyError):
        desk.deliver()

    assert desk.claim() is None


@pytest.mark.parametrize(
    "error", [ThrottledError("throttled"), RetryableSendError("ses_unreachable")]
)
def test_what_can_be_tried_again_is_released_and_put_off(
    desk: Desk, error: ThrottledError | RetryableSendError
) -> None:
    desk.mailer.faults = [(error, False)]

    assert desk.deliver() is DeliveryResult.PUT_BACK
    assert desk.claim() is None
    assert desk.redelivery.delays["receipt_handle-0"] > timedelta()
    assert desk.deliver() is DeliveryResult.SENT


def test_the_wait_doubles_with_each_reception_up_to_a_bound(desk: Desk) -> None:
    desk.mailer.faults = [(ThrottledError("throttled"), False)] * 60
    waits = []

    for receive_count in (1, 2, 3, 8, 9, 50):
        desk.deliver(receive_count=receive_count)
        waits.append(desk.redelivery.delays["receipt_handle-0"])

    assert [wait.total_seconds() for wait in waits] == [2, 4, 8, 256, 300, 300]
    assert waits[-1] == MAX_DELAY


def test_a_quota_releases_the_message_and_acknowledges_it(desk: Desk) -> None:
    desk.mailer.faults = [(QuotaExceededError("quota_exceeded"), False)]

    assert desk.deliver() is DeliveryResult.WAITING_FOR_QUOTA
    assert desk.claim() is None
    assert not desk.redelivery.delays


@pytest.mark.feature("S77")
def test_a_refusal_is_recorded_with_its_code_and_the_words_of_ses(desk: Desk) -> None:
    desk.mailer.faults = [(PermanentSendError("ses_sandbox", "Email address is not…"), False)]

    assert desk.deliver() is DeliveryResult.REFUSED

    state = desk.store.sends(ORG).find_message(SEND, 0)
    assert state is not None
    failed = state.events[EventKey(MessageEvent.FAILED)]
    assert (failed.code, failed.detail) == ("ses_sandbox", "Email address is not…")


@pytest.mark.feature("B2")
@pytest.mark.parametrize("accepted", [True, False])
def test_an_ambiguous_answer_keeps_the_claim_and_is_never_repeated(
    desk: Desk, accepted: bool
) -> None:
    desk.mailer.faults = [(AmbiguousSendError("unconfirmed"), accepted)]

    assert desk.deliver() is DeliveryResult.UNCERTAIN
    assert desk.claim() is not None
    assert desk.deliver() is DeliveryResult.ELSEWHERE
    assert len(desk.mailer.accepted) == accepted
    assert not desk.events()


def test_every_claim_has_an_owner_of_its_own(desk: Desk) -> None:
    desk.mailer.faults = [(AmbiguousSendError("unconfirmed"), False)] * 2

    desk.deliver(0)
    desk.deliver(1)

    first, second = desk.claim(0), desk.claim(1)
    assert first is not None
    assert second is not None
    assert first.owner != second.owner


@pytest.mark.parametrize("n", [2, 99])
def test_a_message_the_send_has_not_is_an_error(desk: Desk, n: int) -> None:
    with pytest.raises(NotFoundError):
        desk.deliver(n)


def test_an_invocation_begins_on_fresh_connections(desk: Desk) -> None:
    desk.deliverer.begin()

    assert desk.mailer.refreshed == 1


BROKEN = ValueError("no glyph for this letter")
DOWN = UnavailableError("archive_unavailable")


def a_message(*, archived: bool = True) -> World:
    """A Send of one message with one PDF, in the queue."""
    world = World()
    sha256 = world.archive.put(ORG, b"%PDF") if archived else "0" * 64
    document = FrozenDocument(
        id=DocumentId("01LIST"),
        type=DocumentType.STAFF_LIST,
        name="Équipe Bercy",
        number="",
        date=date(2026, 11, 30),
        filename="a.pdf",
        size=4,
        sha256=sha256,
    )
    world.create("a@client.example", documents=(document,))
    return world


def take(world: World, *receptions: int) -> None:
    (item,) = world.queue
    for count in receptions:
        item.receive_count = count - 1
        world.deliver(item)


@pytest.mark.feature("B3", "B25")
@pytest.mark.parametrize("archived", [True, False])
@pytest.mark.parametrize("step", [None, *range(7)])
def test_a_message_that_cannot_be_made_is_failed_and_its_sender_notified(
    archived: bool, step: int | None
) -> None:
    world = a_message(archived=archived)
    (row,) = world.rows()
    world.composer.fault = BROKEN if archived else None

    take(world, *range(1, GIVE_UP_AFTER))
    early = world.row(row.id).progress.status
    if step is not None:
        world.at_step = KillAt(step)
    take(world, GIVE_UP_AFTER)
    assert not world.mailer.accepted
    world.composer.fault = None
    world.at_step = lambda _: None
    for item in world.queue:
        item.receive_count = GIVE_UP_AFTER
    world.run_to_the_end()

    assert early is SendStatus.QUEUED
    after = world.row(row.id)
    # Died before it was given up (begin, compose, end, record): made after all.
    is_sent = archived and step is not None and step < 4
    assert (after.progress.status is SendStatus.SENT) is is_sent
    assert sum(world.accepted(row.id).values()) == is_sent
    assert len(world.notices_of(row.id)) == (not is_sent)
    if after.progress.error is not None:
        assert after.progress.error.code == "render_failed"


def test_a_message_is_not_given_up_for_what_goes_away_by_itself() -> None:
    world = a_message()
    (row,) = world.rows()
    world.composer.fault = DOWN

    take(world, *range(1, 50))

    assert world.row(row.id).progress.status is SendStatus.QUEUED
    assert not world.store.of(ORG).messages


def test_a_message_that_another_worker_has_claimed_is_not_given_up() -> None:
    world = a_message()
    (row,) = world.rows()
    world.composer.fault = BROKEN
    world.store.sends(ORG).claim(row.id, 0, Claim("other", world.clock.now()))

    take(world, GIVE_UP_AFTER)

    state = world.store.sends(ORG).find_message(row.id, 0)
    assert state is not None
    assert EventKey(MessageEvent.FAILED) not in state.events
