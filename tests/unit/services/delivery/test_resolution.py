"""The failure of a Send is over once its retries have reached everybody, or a person says so."""

from datetime import timedelta

import pytest

from facteur.domain.errors import ConflictError
from facteur.domain.identity import SendId
from facteur.domain.message import EventDetail, EventKey, MessageEvent
from facteur.domain.requests import SendFilter
from facteur.domain.resolution import Resolution
from facteur.domain.send import SendStatus
from facteur.services.delivery.occasion import Occasion
from tests.simulation.world import ORG, InterruptAt, KillAt, World

A, B = "a@x.example", "b@x.example"
OPEN, RETRIED, RESOLVED = Resolution


def happens(world: World, send: SendId, event: MessageEvent, *, n: int = 0) -> None:
    """Something happens to message ``n``, and the row is settled."""
    detail = EventDetail(world.clock.now(), "address_rejected")
    world.store.sends(ORG).record_events(send, n, {EventKey(event): detail})
    world.settler().settle(ORG, send)


def happens_again(world: World, send: SendId) -> None:
    """Its event comes once more."""
    world.settler().settle(ORG, send)


def failed(world: World, *addresses: str) -> SendId:
    send = world.create(*addresses or (A,), separate=True, enqueue=False)
    for n in range(len(addresses) or 1):
        happens(world, send, MessageEvent.FAILED, n=n)
    return send


def retry(world: World, of: SendId, *addresses: str) -> SendId:
    return world.create(*addresses or (A,), separate=True, retry_of=of, enqueue=False)


def resolution(world: World, send: SendId) -> Resolution | None:
    return world.row(send).resolution


def resolve(world: World, send: SendId, *, resolved: bool = True) -> None:
    world.settler().settle(ORG, send, Occasion(resolved=resolved))


@pytest.mark.feature("B37")
def test_failure_is_open_until_its_retry_has_reached_everybody() -> None:
    world = World()
    send = failed(world)
    assert resolution(world, send) is OPEN

    second = retry(world, send)
    assert resolution(world, send) is OPEN
    happens(world, second, MessageEvent.SENT)

    assert resolution(world, send) is RETRIED
    assert resolution(world, second) is None
    assert not world.row(second).owes_original
    assert world.row(second).overdue_at is None


def test_send_that_has_not_failed_has_no_resolution() -> None:
    world = World()
    send = world.create(A, enqueue=False)
    assert resolution(world, send) is None

    happens(world, send, MessageEvent.SENT)

    assert resolution(world, send) is None
    with pytest.raises(ConflictError, match="nothing_to_resolve"):
        resolve(world, send)


@pytest.mark.feature("B37")
def test_two_retries_make_it_good_together_in_any_order() -> None:
    world = World()
    send = failed(world, A, B)
    first, second = retry(world, send, A), retry(world, send, B)

    happens(world, second, MessageEvent.SENT)
    assert resolution(world, send) is OPEN
    happens(world, first, MessageEvent.SENT)

    assert resolution(world, send) is RETRIED


@pytest.mark.feature("B37")
def test_retry_of_a_retry_makes_both_good() -> None:
    world = World()
    send = failed(world)
    second = retry(world, send)
    happens(world, second, MessageEvent.FAILED)
    third = retry(world, second)
    happens(world, third, MessageEvent.FAILED)
    fourth = retry(world, third)
    assert {resolution(world, each) for each in (send, second, third)} == {OPEN}

    happens(world, fourth, MessageEvent.SENT)

    assert {resolution(world, each) for each in (send, second, third)} == {RETRIED}


@pytest.mark.feature("B37")
def test_corrected_address_that_was_reached_makes_it_good() -> None:
    world = World()
    send = failed(world)
    corrected = world.create(B, retry_of=send, covers=(A,), enqueue=False)

    happens(world, corrected, MessageEvent.SENT)

    assert resolution(world, send) is RETRIED


@pytest.mark.feature("B37")
def test_late_bounce_of_a_retry_opens_every_failure_above_it() -> None:
    world = World()
    send = failed(world)
    second = retry(world, send)
    happens(world, second, MessageEvent.FAILED)
    third = retry(world, second)
    happens(world, third, MessageEvent.SENT)

    happens(world, third, MessageEvent.HARD_BOUNCED)

    assert {resolution(world, each) for each in (send, second, third)} == {OPEN}


def test_address_that_fails_after_its_send_was_retried_opens_it_again() -> None:
    world = World()
    send = world.create(A, B, separate=True, enqueue=False)
    happens(world, send, MessageEvent.FAILED, n=0)
    happens(world, send, MessageEvent.SENT, n=1)
    happens(world, retry(world, send), MessageEvent.SENT)
    assert resolution(world, send) is RETRIED

    happens(world, send, MessageEvent.HARD_BOUNCED, n=1)

    assert resolution(world, send) is OPEN


@pytest.mark.feature("B37")
def test_person_resolves_a_failure_and_reopens_it() -> None:
    world = World()
    send = failed(world)

    resolve(world, send)
    resolve(world, send)
    assert resolution(world, send) is RESOLVED
    resolve(world, send, resolved=False)

    assert resolution(world, send) is OPEN


def test_resolving_a_retry_ends_the_failure_that_it_is_of() -> None:
    world = World()
    send = failed(world)
    second = retry(world, send)
    happens(world, second, MessageEvent.FAILED)

    resolve(world, second)
    assert (resolution(world, send), resolution(world, second)) == (RESOLVED, RESOLVED)
    resolve(world, second, resolved=False)

    assert (resolution(world, send), resolution(world, second)) == (OPEN, OPEN)


def test_failure_that_nobody_has_seen_yet_opens_what_was_resolved() -> None:
    world = World()
    send = world.create(A, B, separate=True, enqueue=False)
    happens(world, send, MessageEvent.FAILED, n=0)
    resolve(world, send)

    happens(world, send, MessageEvent.SENT, n=1)
    assert resolution(world, send) is RESOLVED
    happens(world, send, MessageEvent.HARD_BOUNCED, n=1)

    assert resolution(world, send) is OPEN


def test_reopened_failure_that_a_retry_has_made_good_stays_over() -> None:
    world = World()
    send = failed(world)
    resolve(world, send)
    happens(world, retry(world, send), MessageEvent.SENT)

    resolve(world, send, resolved=False)

    assert resolution(world, send) is RETRIED


@pytest.mark.feature("B37")
@pytest.mark.parametrize("step", range(8))
@pytest.mark.parametrize("event", [MessageEvent.SENT, MessageEvent.HARD_BOUNCED])
def test_worker_killed_at_any_step_leaves_it_to_reconcile_or_the_next_event(
    step: int, event: MessageEvent
) -> None:
    world = World()
    send = failed(world)
    second = retry(world, send)
    happens(world, second, MessageEvent.FAILED)
    third = retry(world, second)
    if event is MessageEvent.HARD_BOUNCED:
        happens(world, third, MessageEvent.SENT)
    detail = EventDetail(world.clock.now(), "address_rejected")
    world.store.sends(ORG).record_events(third, 0, {EventKey(event): detail})

    world.at_step = KillAt(step)
    finished = world.settles(third)
    world.at_step = lambda _: None
    if not finished and not world.row(third).owes_original:
        # Nothing was stored: SES's event comes again, or the row is still overdue.
        world.settler().settle(ORG, third)
    world.run_to_the_end()

    expected = RETRIED if event is MessageEvent.SENT else OPEN
    assert {resolution(world, each) for each in (send, second)} == {expected}
    assert not any(row.owes_original for row in world.rows())


@pytest.mark.feature("B37")
@pytest.mark.parametrize("step", range(10))
def test_two_retries_that_end_at_once_make_it_good(step: int) -> None:
    world = World()
    send = failed(world, A, B)
    first, second = retry(world, send, A), retry(world, send, B)
    detail = EventDetail(world.clock.now())
    for each in (first, second):
        world.store.sends(ORG).record_events(each, 0, {EventKey(MessageEvent.SENT): detail})

    world.at_step = InterruptAt(step, world, lambda: happens_again(world, second))
    world.settler().settle(ORG, first)
    world.at_step = lambda _: None
    world.settler().settle(ORG, second)

    assert resolution(world, send) is RETRIED
    assert not any(row.owes_original or row.overdue_at for row in world.rows())


def test_what_a_dead_worker_owes_is_overdue_after_a_quarter_of_an_hour() -> None:
    world = World()
    send = failed(world)
    second = retry(world, send)
    happens(world, second, MessageEvent.SENT)
    detail = EventDetail(world.clock.now(), "mailbox_full")
    world.store.sends(ORG).record_events(second, 0, {EventKey(MessageEvent.HARD_BOUNCED): detail})
    world.at_step = KillAt(1)
    assert not world.settles(second)
    world.at_step = lambda _: None
    assert resolution(world, send) is RETRIED

    world.clock.advance(timedelta(minutes=16))
    world.reconcile()

    assert resolution(world, send) is OPEN
    assert world.row(second).overdue_at is None


def test_filter_finds_what_is_open() -> None:
    world = World()
    opened, over, sent = failed(world), failed(world), world.create(A, enqueue=False)
    happens(world, sent, MessageEvent.SENT)
    resolve(world, over)

    def found(wanted: SendFilter) -> list[SendId]:
        page = world.store.sends(ORG).list_page(wanted, cursor=None, limit=10)
        return [row.id for row in page.items]

    assert found(SendFilter(resolution=OPEN)) == [opened]
    assert found(SendFilter(resolution=RESOLVED)) == [over]
    assert found(SendFilter(status=SendStatus.SENT, resolution=OPEN)) == []
