"""Sends that kill their workers, and a store that fails while a refusal is recorded."""

from datetime import timedelta

import pytest

from facteur.domain.composing import MAX_UNFINISHED
from facteur.domain.errors import (
    MailError,
    PermanentSendError,
    QuotaExceededError,
    RetryableSendError,
    StoreThrottledError,
    ThrottledError,
)
from facteur.domain.identity import SendId
from facteur.domain.message import Outcome
from facteur.domain.send import SendStatus
from tests.simulation.world import VISIBILITY_TIMEOUT, InterruptAt, KillAt, Queued, World

NOT_SENT = [
    ThrottledError("throttled"),
    QuotaExceededError("quota_exceeded"),
    RetryableSendError("ses_unreachable"),
    PermanentSendError("address_rejected"),
]
ENOUGH_STEPS = range(14)


def receive(world: World) -> None:
    """A batch of all that is in the queue; what is not acknowledged comes again."""
    world.deliver(*world.queue)
    world.clock.advance(VISIBILITY_TIMEOUT)


def codes(world: World, send: SendId) -> set[str]:
    return {outcome.code for outcome in world.row(send).progress.recipients}


@pytest.mark.feature("B46", "B25")
@pytest.mark.parametrize("addresses", [1, 4])
@pytest.mark.parametrize("place", [0, 2])
def test_a_send_that_kills_its_workers_is_given_up_alone_and_told_of(
    addresses: int, place: int
) -> None:
    world = World()
    before = [world.create(f"before{n}@client.example") for n in range(place)]
    deadly = world.create(*(f"x{n}@client.example" for n in range(addresses)), separate=True)
    after = [world.create(f"after{n}@client.example") for n in range(2)]
    world.deadly = {deadly}

    for _ in range(6):
        receive(world)
    world.run_to_the_end()

    assert world.deaths[deadly] <= MAX_UNFINISHED + 1
    assert world.row(deadly).progress.status is SendStatus.FAILED
    assert codes(world, deadly) == {"render_failed"}
    assert len(world.notices_of(deadly)) == 1
    assert not world.accepted(deadly)
    for neighbour in before + after:
        assert world.row(neighbour).progress.status is SendStatus.SENT
        assert set(world.accepted(neighbour).values()) == {1}


@pytest.mark.feature("B46")
def test_the_neighbours_of_a_send_that_kills_lose_two_receptions_at_most() -> None:
    world = World()
    deadly = world.create("x@client.example")
    neighbours = [world.create(f"y{n}@client.example") for n in range(9)]
    world.deadly = {deadly}

    for _ in range(3):
        receive(world)

    assert all(world.accepted(send) for send in neighbours)


@pytest.mark.feature("B2", "B46")
@pytest.mark.parametrize("addresses", [1, 3])
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_worker_killed_at_any_step_while_a_send_is_given_up_changes_nothing(
    step: int, addresses: int
) -> None:
    world = World()
    deadly = world.create(*(f"x{n}@client.example" for n in range(addresses)), separate=True)
    world.deadly = {deadly}
    for _ in range(MAX_UNFINISHED + 1):
        receive(world)
    world.at_step = KillAt(step)

    receive(world)
    world.run_to_the_end()

    assert codes(world, deadly) == {"render_failed"}
    assert len(world.notices_of(deadly)) == 1
    assert world.deaths[deadly] <= MAX_UNFINISHED + 1


def test_workers_that_compose_a_send_at_once_wait_when_there_are_many() -> None:
    world = World()
    send = world.create("a@client.example", "b@client.example", separate=True)

    def compose_another() -> None:
        if world.steps.count("compose") <= MAX_UNFINISHED:
            world.at_step = at_compose
            world.deliver(world.queue[0])

    def at_compose(step: str) -> None:
        if step == "compose":
            world.at_step = lambda _: None
            compose_another()

    world.at_step = at_compose
    world.deliver(world.queue[0])
    waited = "delay" in world.steps
    world.run_to_the_end()

    assert waited
    assert world.accepted(send) == {"a@client.example": 1, "b@client.example": 1}
    assert world.row(send).progress.status is SendStatus.SENT


def fail_once(world: World, *names: str) -> None:
    """The store fails at the next step of one of these names."""

    def fail(name: str) -> None:
        if name in names:
            world.at_step = lambda _: None
            raise StoreThrottledError("busy")

    world.at_step = fail


@pytest.mark.feature("B2")
@pytest.mark.parametrize("error", NOT_SENT, ids=lambda error: error.code)
def test_what_surely_was_not_sent_never_looks_uncertain(error: MailError) -> None:
    world = World()
    send = world.create("a@client.example")
    world.mailer.faults = [(error, False)] * 2
    fail_once(world, "release", "record_events")

    world.deliver(world.queue[0])
    replaced = [item.message.unsent for item in world.queue]
    world.deliver(world.queue[0])
    world.run_to_the_end()

    (outcome,) = world.row(send).progress.recipients
    assert len(replaced) == 1
    assert replaced[0] is not None
    assert outcome.outcome is not Outcome.UNCONFIRMED
    is_refused = isinstance(error, PermanentSendError)
    assert world.accepted(send) == ({} if is_refused else {"a@client.example": 1})
    assert world.row(send).progress.status is (SendStatus.FAILED if is_refused else SendStatus.SENT)


@pytest.mark.feature("B2")
@pytest.mark.parametrize("with_events", [True, False])
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_worker_killed_at_any_step_of_what_the_queue_was_told_mails_once_at_most(
    step: int, with_events: bool
) -> None:
    world = World()
    send = world.create("a@client.example")
    world.mailer.faults = [(ThrottledError("throttled"), False)]
    fail_once(world, "release")
    world.deliver(world.queue[0])
    world.at_step = KillAt(step)

    world.deliver(world.queue[0])
    world.run_to_the_end(with_events=with_events)

    assert set(world.accepted(send).values()) <= {1}
    assert world.row(send).overdue_at is None


@pytest.mark.feature("B1", "B2")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_what_the_queue_was_told_twice_releases_no_other_claim(step: int) -> None:
    world = World()
    send = world.create("a@client.example")
    world.mailer.faults = [(ThrottledError("throttled"), False)]
    fail_once(world, "release")
    world.deliver(world.queue[0])
    again = Queued(world.queue[0].message)
    world.at_step = InterruptAt(step, world, lambda: world.deliver(again))

    world.deliver(world.queue[0])
    world.deliver(Queued(again.message))
    world.run_to_the_end()

    assert world.accepted(send) == {"a@client.example": 1}
    assert world.row(send).progress.status is SendStatus.SENT


def test_a_store_and_a_queue_that_both_fail_leave_it_uncertain_and_send_nothing_twice() -> None:
    world = World()
    send = world.create("a@client.example")
    world.mailer.faults = [(ThrottledError("throttled"), False)]

    def fail(name: str) -> None:
        if name in {"release", "outbox"}:
            raise StoreThrottledError("busy")

    world.at_step = fail
    world.deliver(world.queue[0])
    world.clock.advance(timedelta(minutes=16))
    world.run_to_the_end()

    assert codes(world, send) == {"unconfirmed"}
    assert not world.accepted(send)
