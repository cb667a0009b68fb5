"""Attempts to compose are recorded while they are under way, and those that may kill come last."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import pytest

from facteur.domain.composing import MAX_UNFINISHED, WORKER_LIFETIME, ComposingAttempt
from facteur.domain.errors import StoreThrottledError, UnderWayError, WorkersKilledError
from facteur.domain.identity import OrgId, SendId
from facteur.ports import Composition, OutboxMessage
from facteur.services.delivery.caches import CompositionCache, SendCache
from facteur.services.delivery.compose import ComposeMails
from tests.fakes import FakeStore
from tests.fakes.sends import FakeSends
from tests.simulation.world import ORG, KilledError, World


class Workshop:
    """A Send to be composed by one worker after the other."""

    def __init__(self, *addresses: str) -> None:
        self.world = World()
        self.send = self.world.create(*addresses, separate=True)

    def worker(self) -> ComposeMails:
        world = self.world
        compositions = CompositionCache(world.archive, world.composer)
        return ComposeMails(store=world.store, compositions=compositions, clock=world.clock)

    def compose(
        self, worker: ComposeMails | None = None, *, is_repeated: bool = False, time: bool = True
    ) -> Composition:
        return (worker or self.worker()).compose(
            ORG,
            SendCache(self.world.store).get(ORG, self.send),
            is_repeated=is_repeated,
            has_time=lambda: time,
        )

    def die(self, *, is_repeated: bool = False) -> None:
        """One worker that is killed by composing."""
        self.world.at_step = self._kill
        with pytest.raises(KilledError):
            self.compose(is_repeated=is_repeated)
        self.world.at_step = lambda _: None

    def _kill(self, step: str) -> None:
        if step == "compose":
            raise KilledError

    def unfinished(self) -> int:
        return len(self.world.store.sends(ORG).get_unfinished(self.send))


@pytest.fixture
def workshop() -> Workshop:
    return Workshop("a@client.example", "b@client.example")


def test_a_composition_leaves_no_attempt_behind(workshop: Workshop) -> None:
    workshop.compose()

    assert workshop.unfinished() == 0


def test_a_worker_that_is_killed_leaves_its_attempt(workshop: Workshop) -> None:
    workshop.die()

    assert workshop.unfinished() == 1


def test_a_composition_that_raises_does_not_kill(workshop: Workshop) -> None:
    workshop.world.composer.fault = ValueError("no glyph for this letter")
    for _ in range(MAX_UNFINISHED + 1):
        with pytest.raises(ValueError, match="no glyph"):
            workshop.compose()

    assert workshop.unfinished() == 0


def test_a_composition_that_takes_the_workers_whole_time_is_unfinished(workshop: Workshop) -> None:
    workshop.compose(time=False)

    assert workshop.unfinished() == 1


def test_the_only_message_of_a_send_is_recorded_when_it_comes_again() -> None:
    workshop = Workshop("a@client.example")

    workshop.die()
    first = workshop.unfinished()
    workshop.die(is_repeated=True)

    assert (first, workshop.unfinished()) == (0, 1)


def test_a_copy_of_the_only_message_is_recorded_once_there_is_doubt() -> None:
    workshop = Workshop("a@client.example")
    workshop.die(is_repeated=True)

    workshop.die()

    assert workshop.unfinished() == 2


@pytest.mark.feature("B46")
def test_no_more_workers_die_of_a_send_than_are_allowed(workshop: Workshop) -> None:
    for _ in range(MAX_UNFINISHED):
        workshop.die()
    composed = workshop.world.composer.composed

    with pytest.raises(UnderWayError):
        workshop.compose()
    workshop.world.clock.advance(WORKER_LIFETIME + timedelta(seconds=1))
    with pytest.raises(WorkersKilledError):
        workshop.compose()

    assert workshop.world.composer.composed == composed


def test_a_send_that_is_composed_after_all_kills_nobody(workshop: Workshop) -> None:
    for _ in range(MAX_UNFINISHED - 1):
        workshop.die()
    workshop.world.clock.advance(timedelta(hours=1))

    workshop.compose()
    workshop.die()

    assert workshop.unfinished() == 1


def test_what_a_worker_has_composed_it_does_not_record_again(workshop: Workshop) -> None:
    worker = workshop.worker()
    workshop.compose(worker)
    workshop.world.steps.clear()

    workshop.compose(worker, is_repeated=True)

    assert not workshop.world.steps


def test_what_has_killed_comes_last_in_its_batch(workshop: Workshop) -> None:
    other, third = workshop.world.create("c@x.example"), workshop.world.create("d@x.example")
    workshop.die()

    ordered = in_order(workshop.worker(), workshop.send, other, third)

    assert ordered == [other, third, workshop.send]


def test_what_was_composed_by_this_worker_keeps_its_place(workshop: Workshop) -> None:
    other = workshop.world.create("c@x.example")
    worker = workshop.worker()
    workshop.compose(worker)
    attempt = ComposingAttempt(workshop.world.clock.now(), "another")
    workshop.world.store.sends(ORG).begin_composing(workshop.send, attempt)

    assert in_order(worker, workshop.send, other) == [workshop.send, other]


def test_what_cannot_be_read_keeps_its_place(workshop: Workshop) -> None:
    other = workshop.world.create("c@x.example")
    workshop.die()

    def read(body: str) -> OutboxMessage:
        if body == "poison":
            raise ValueError(body)
        return message(SendId(body))

    ordered = workshop.worker().in_safe_order([workshop.send, "poison", other], read)

    assert ordered == ["poison", other, workshop.send]


def test_a_send_of_which_the_store_does_not_answer_comes_last(workshop: Workshop) -> None:
    other = workshop.world.create("c@x.example")
    workshop.world.store = BusyStore(workshop.send)

    assert in_order(workshop.worker(), workshop.send, other) == [other, workshop.send]


def message(send: SendId) -> OutboxMessage:
    return OutboxMessage(organization=ORG, send=send, n=0)


def in_order(worker: ComposeMails, *sends: SendId) -> list[SendId]:
    """The Sends of a batch, in the order in which their messages are handled."""
    ordered = worker.in_safe_order([message(send) for send in sends], lambda record: record)
    return [record.send for record in ordered]


class BusyStore(FakeStore):
    """Throttles what concerns one Send."""

    def __init__(self, send: SendId) -> None:
        super().__init__()
        self._busy = send

    def sends(self, organization: OrgId) -> FakeSends:
        return BusySends(self, self.of(organization), self._busy)


@dataclass
class BusySends(FakeSends):
    busy: SendId

    def get_unfinished(self, send_id: SendId) -> Collection[ComposingAttempt]:
        if send_id == self.busy:
            raise StoreThrottledError("busy")
        return super().get_unfinished(send_id)
