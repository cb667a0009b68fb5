"""A row is as its messages say after every batch, although most batches do not derive it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facteur.domain.deadlines import WORK_DEADLINE
from facteur.domain.errors import MailError, PermanentSendError, QuotaExceededError
from facteur.domain.message import EventDetail, EventKey, MessageEvent
from facteur.domain.send import ROW_RECIPIENTS, SendStatus, progress_of
from tests.simulation.world import ORG, KilledError, Queued, World

MANY = [f"client{n}@x.example" for n in range(30)]


def kill_at(step: str) -> Callable[[str], None]:
    """Kills the worker at a step of this name."""

    def at(name: str) -> None:
        if name == step:
            raise KilledError

    return at


@dataclass
class Post:
    """A world with one Send to many, each apart."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.send = self.world.create(*MANY, separate=True)
        self.first, *self.rest = [self.world.queue[n : n + 10] for n in range(0, len(MANY), 10)]

    def deliver(self, *batch: Queued) -> bool:
        """Deliver a batch; was the row written?"""
        self.world.steps.clear()
        self.world.deliver(*batch)
        return "advance" in self.world.steps

    def track_all(self) -> int:
        """Record every event; returns how often the row was written."""
        self.world.steps.clear()
        while self.world.events:
            assert self.world.track(self.world.events.pop(0))
        return self.world.steps.count("advance")

    def is_in(self, status: SendStatus) -> bool:
        return self.world.row(self.send).progress.status is status

    def assert_row_is_derived(self) -> None:
        send = self.world.store.of(ORG).sends[self.send]
        states = self.world.store.sends(ORG).get_messages(self.send)
        assert self.world.row(self.send).progress == progress_of(send, states)


def test_the_last_message_finishes_the_send_in_whatever_order_they_are_sent() -> None:
    post = Post()

    for batch in (*reversed(post.rest), post.first[:-1]):
        post.deliver(*batch)
        assert post.is_in(SendStatus.QUEUED)
    post.deliver(post.first[-1])

    assert post.is_in(SendStatus.SENT)
    post.assert_row_is_derived()


def test_the_first_message_accepted_is_known_whichever_it_is() -> None:
    post = Post()

    post.deliver(post.rest[-1][-1])

    assert post.world.row(post.send).progress.any_accepted


@pytest.mark.parametrize("error", [PermanentSendError("address_rejected"), QuotaExceededError("q")])
def test_a_refusal_that_the_row_does_not_show_among_its_recipients_is_in_it_at_once(
    error: MailError,
) -> None:
    post = Post()
    post.deliver(*post.first)
    post.world.mailer.faults = [(error, False)]

    post.deliver(*post.rest[0])

    row = post.world.row(post.send)
    assert row.progress.failed_count == isinstance(error, PermanentSendError)
    assert row.waiting_for_quota == isinstance(error, QuotaExceededError)
    assert row.notified is False


def test_a_bounce_of_somebody_whom_the_row_does_not_show_is_in_it_at_once() -> None:
    post = Post()
    post.world.bouncing = {MANY[-1]}
    for batch in (post.first, *post.rest):
        post.deliver(*batch)

    post.track_all()

    assert post.world.row(post.send).progress.failed_count == 1
    post.assert_row_is_derived()


def test_a_delivery_after_a_bounce_of_somebody_not_shown_is_in_the_row_at_once() -> None:
    post = Post()
    for batch in (post.first, *post.rest):
        post.deliver(*batch)
    bounced = {EventKey(MessageEvent.SOFT_BOUNCED, 0): EventDetail(post.world.clock.now())}
    post.world.store.sends(ORG).record_events(post.send, len(MANY) - 1, bounced)
    post.world.settler().settle(ORG, post.send)
    assert post.is_in(SendStatus.FAILED)

    post.track_all()

    assert post.is_in(SendStatus.SENT)
    post.assert_row_is_derived()


def test_events_write_the_row_only_for_those_it_shows() -> None:
    post = Post()
    for batch in (post.first, *post.rest):
        post.deliver(*batch)

    written = post.track_all()

    assert written == ROW_RECIPIENTS
    post.assert_row_is_derived()


def test_a_batch_that_changes_nothing_of_the_row_does_not_write_it() -> None:
    post = Post()
    assert post.deliver(*post.first)

    assert not post.deliver(*post.rest[0])
    assert post.deliver(*post.rest[1])


def test_deadlines_are_renewed_although_batches_change_nothing() -> None:
    post = Post()
    post.deliver(*post.first)

    for item in post.rest[0]:
        post.world.clock.advance(timedelta(minutes=5))
        post.deliver(item)

        overdue_at = post.world.row(post.send).overdue_at
        assert overdue_at is not None
        assert overdue_at - post.world.clock.now() >= WORK_DEADLINE / 2


def test_an_event_that_comes_again_makes_up_for_a_worker_that_died_before_it_settled() -> None:
    post = Post()
    *batches, last = (post.first, *post.rest)
    for batch in batches:
        post.deliver(*batch)
    # All of the last batch is accepted; nobody records that but SES.
    post.world.at_step = kill_at("accepted")
    for item in last:
        post.world.deliver(item)
    post.world.at_step = lambda _: None
    *others, final = [event for event in post.world.events if event.event is MessageEvent.SENT]
    for event in others:
        post.world.track(event)
    post.world.at_step = kill_at("advance")
    assert not post.world.track(final)
    post.world.at_step = lambda _: None
    assert post.is_in(SendStatus.QUEUED)

    post.world.track(final, is_repeated=True)

    assert post.is_in(SendStatus.SENT)
    post.assert_row_is_derived()


@pytest.mark.feature("B2")
@given(
    order=st.permutations(range(14)), sizes=st.lists(st.integers(1, 5), min_size=14), tell=st.data()
)
@settings(max_examples=60)
def test_whatever_the_order_the_row_is_right_once_all_is_sent_and_told(
    order: list[int], sizes: list[int], tell: st.DataObject
) -> None:
    world = World()
    world.bouncing = {"client3@x.example", "client12@x.example"}
    send = world.create(*(f"client{n}@x.example" for n in range(14)), separate=True)
    queue = {item.message.n: item for item in world.queue}
    post = iter(order)
    for size in sizes:
        batch = [queue[n] for n in islice(post, size)]
        if batch:
            world.deliver(*batch)
        for _ in range(tell.draw(st.integers(0, 3))):
            if world.events:
                index = tell.draw(st.integers(0, len(world.events) - 1))
                world.track(world.events.pop(index))

    assert world.row(send).progress.is_finished
    while world.events:
        world.track(world.events.pop())

    data = world.store.of(ORG)
    states = world.store.sends(ORG).get_messages(send)
    assert world.row(send).progress == progress_of(data.sends[send], states)
    assert world.row(send).overdue_at is None
