"""What reconcile does with a Send that should have made progress by now."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from facteur.domain.deadlines import GRACE, WORK_DEADLINE
from facteur.domain.errors import UnavailableError
from facteur.domain.message import Claim, EventKey, MessageEvent
from facteur.ports import DueMessage, OverdueCampaign
from facteur.services.delivery.occasion import Occasion
from facteur.services.reconcile import ReconcileResult
from tests.simulation.campaigns import CampaignWorld
from tests.simulation.world import ORG, World

MINUTE = timedelta(minutes=1)
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


def late_world(*addresses: str) -> World:
    """A Send whose messages were lost on the way to the queue, quarter of an hour ago."""
    world = World()
    world.create(*addresses, separate=True, enqueue=False)
    world.clock.advance(WORK_DEADLINE)
    return world


def test_what_is_still_queued_is_enqueued_again() -> None:
    world = late_world("a@x.example", "b@x.example")

    world.reconcile()

    assert [item.message.n for item in world.queue] == [0, 1]


@pytest.mark.feature("B3")
def test_an_occurrence_that_nobody_made_is_triggered_ten_minutes_after_its_time() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.settle_down()
    world.until(MONDAY + timedelta(minutes=9, seconds=59), lost=True)
    world.reconcile()
    early = list(world.due.messages)
    world.clock.advance(timedelta(seconds=1))

    world.reconcile()

    assert early == []
    assert world.due.messages == [DueMessage(organization=ORG, campaign=campaign, at=MONDAY)]


def test_what_is_not_late_is_left_alone() -> None:
    world = World()
    world.create("a@x.example", enqueue=False)
    world.clock.advance(WORK_DEADLINE - MINUTE)

    world.reconcile()

    assert not world.queue
    assert not world.steps[1:]


def test_a_send_is_leased_for_a_quarter_of_an_hour() -> None:
    world = late_world("a@x.example")
    world.reconcile()
    world.queue.clear()

    world.clock.advance(WORK_DEADLINE - MINUTE)
    world.reconcile()
    early = list(world.queue)
    world.clock.advance(MINUTE)
    world.reconcile()

    assert not early
    assert len(world.queue) == 1


@pytest.mark.feature("B2")
def test_what_nobody_receives_for_a_day_has_a_handful_of_copies() -> None:
    world = late_world("a@x.example")
    created = world.rows()[0].queued_at
    requeued: list[timedelta] = []

    while world.clock.now() - created < timedelta(hours=24):
        world.reconcile()
        requeued += [world.clock.now() - created] * (len(world.queue) - len(requeued))
        world.clock.advance(5 * MINUTE)

    hours = [at / timedelta(hours=1) for at in requeued]
    assert hours == [0.25, 0.5, 1, 2, 4, 8, 16]
    assert world.rows()[0].overdue_at is not None


@pytest.mark.feature("B2")
def test_an_enqueueing_that_failed_does_not_count() -> None:
    world = late_world("a@x.example")
    world.clock.advance(timedelta(hours=3))
    world.at_step = fail_at("outbox")
    world.reconcile()
    world.at_step = lambda _: None
    world.clock.advance(WORK_DEADLINE)

    world.reconcile()

    assert len(world.queue) == 1


@pytest.mark.feature("B2")
def test_what_waits_for_the_quota_is_enqueued_every_hour_even_if_nobody_receives_it() -> None:
    world = World()
    send = world.create("a@x.example", enqueue=False)
    world.settler().settle(ORG, send, Occasion(quota_exceeded=True))

    for _ in range(12 * 10):
        world.clock.advance(5 * MINUTE)
        world.reconcile()

    assert len(world.queue) == 10


def fail_at(step: str) -> Callable[[str], None]:
    def fail(name: str) -> None:
        if name == step:
            raise UnavailableError("queue_unavailable")

    return fail


def test_a_young_claim_is_left_to_its_owner() -> None:
    world = late_world("a@x.example")
    (row,) = world.rows()
    world.store.sends(ORG).claim(row.id, 0, Claim("worker", world.clock.now() - MINUTE))

    world.reconcile()

    state = world.store.sends(ORG).find_message(row.id, 0)
    assert state is not None
    assert not state.events
    assert not world.queue


def test_a_stale_claim_is_unconfirmed_and_never_enqueued() -> None:
    world = late_world("a@x.example")
    (row,) = world.rows()
    world.store.sends(ORG).claim(row.id, 0, Claim("dead", world.clock.now() - WORK_DEADLINE))

    world.reconcile()

    state = world.store.sends(ORG).find_message(row.id, 0)
    assert state is not None
    assert state.events[EventKey(MessageEvent.UNCONFIRMED)].code == "unconfirmed"
    assert not [item for item in world.queue if item.message.send == row.id]


def test_an_item_somebody_else_took_is_not_touched() -> None:
    world = late_world("a@x.example")
    (item,) = world.reconciler().list_overdue()
    first = world.reconciler().reconcile(item)
    second = world.reconciler().reconcile(item)

    assert (first, second) == (ReconcileResult.SEND, ReconcileResult.ELSEWHERE)


@pytest.mark.feature("B3")
def test_an_occurrence_is_triggered_again_only_once_its_ten_minutes_are_over() -> None:
    world = CampaignWorld()
    campaign = world.start()
    item = OverdueCampaign(organization=ORG, campaign=campaign, overdue_at=MONDAY)
    reconcile = world.reconciler().campaigns.reconcile

    early = reconcile(item, now=MONDAY + GRACE - MINUTE), list(world.due.messages)
    late = reconcile(item, now=MONDAY + GRACE), list(world.due.messages)

    assert early == (False, [])
    assert late == (True, [DueMessage(organization=ORG, campaign=campaign, at=MONDAY)])
