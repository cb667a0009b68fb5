"""Every worker killed or interrupted by another at each of its steps in turn."""

from datetime import timedelta

import pytest

from facteur.domain.errors import (
    AmbiguousSendError,
    MailError,
    PermanentSendError,
    QuotaExceededError,
    RetryableSendError,
    StoreThrottledError,
    ThrottledError,
)
from facteur.domain.identity import SendId
from facteur.domain.message import MessageEvent, Outcome
from facteur.domain.send import SendStatus
from facteur.ports import SesEvent
from tests.simulation.world import ORG, InterruptAt, KillAt, Queued, World

TIMEOUT = AmbiguousSendError("unconfirmed", "ReadTimeoutError")
THROTTLED = ThrottledError("throttled", "Maximum sending rate exceeded.")
QUOTA = QuotaExceededError("quota_exceeded", "Daily message quota exceeded.")
UNREACHABLE = RetryableSendError("ses_unreachable")
REFUSED = PermanentSendError("address_rejected", "Illegal address")
FAULTS: list[list[tuple[MailError, bool]]] = [
    [],
    [(TIMEOUT, True)],
    [(TIMEOUT, False)],
    [(THROTTLED, False)],
    [(QUOTA, False)],
    [(UNREACHABLE, False)],
    [(REFUSED, False)],
]
ENOUGH_STEPS = range(17)


def assert_at_most_one_mail_each_and_all_ended(world: World) -> None:
    for row in world.rows():
        assert all(count == 1 for count in world.accepted(row.id).values())
        assert row.overdue_at is None
        assert row.progress.is_finished
        assert row.progress.status is not SendStatus.QUEUED
        # Notified of a failure once, even if a late event showed that it was none.
        assert len(world.notices_of(row.id)) == row.notified
        assert row.notified or row.progress.status is SendStatus.SENT


def error_code(world: World, send: SendId) -> str:
    error = world.row(send).progress.error
    return error.code if error else ""


@pytest.mark.feature("B2")
@pytest.mark.parametrize("faults", FAULTS, ids=str)
@pytest.mark.parametrize("with_events", [True, False], ids=["events", "no events"])
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_deliverer_killed_at_any_step_mails_once_at_most_and_the_send_ends(
    step: int, with_events: bool, faults: list[tuple[MailError, bool]]
) -> None:
    world = World()
    send = world.create("a@client.example", "b@client.example", separate=True, copy="m@x.example")
    world.mailer.faults = list(faults)
    world.at_step = KillAt(step)

    world.deliver(*world.queue)
    world.run_to_the_end(with_events=with_events)

    assert_at_most_one_mail_each_and_all_ended(world)
    if world.row(send).progress.status is SendStatus.SENT:
        assert world.accepted(send).keys() >= {"a@client.example", "b@client.example"}


def test_the_steps_of_a_deliverer_are_all_among_those_it_is_killed_at() -> None:
    world = World()
    world.create("a@client.example", "b@client.example", separate=True, copy="m@x.example")
    world.mailer.faults = [(REFUSED, False), (THROTTLED, False)]

    world.deliver(*world.queue)

    assert {"claim", "accepted", "record_events", "release", "delay", "advance"} <= set(world.steps)
    assert len(world.steps) < len(ENOUGH_STEPS)


@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_store_that_fails_at_any_step_costs_no_second_mail(step: int) -> None:
    world = World()
    world.create("a@client.example", "b@client.example", separate=True)
    steps = 0

    def fail(name: str) -> None:
        nonlocal steps
        steps += 1
        if steps == step + 1 and name not in {"accepted", "delay"}:
            raise StoreThrottledError("busy")

    world.at_step = fail
    world.deliver(*world.queue)
    world.run_to_the_end()

    assert_at_most_one_mail_each_and_all_ended(world)
    assert all(row.progress.status is SendStatus.SENT for row in world.rows() if steps <= step)


@pytest.mark.feature("B1")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_two_deliverers_with_the_same_message_send_one_mail(step: int) -> None:
    world = World()
    send = world.create("a@client.example")
    again = Queued(world.queue[0].message)
    world.at_step = InterruptAt(step, world, lambda: world.deliver(again))

    world.deliver(world.queue[0])
    world.run_to_the_end()

    assert world.accepted(send) == {"a@client.example": 1}
    assert world.row(send).progress.status is SendStatus.SENT


@pytest.mark.parametrize("minutes", [0, 20, 60 * 25])
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_reconcile_in_the_middle_of_a_delivery_changes_nothing_for_the_worse(
    step: int, minutes: int
) -> None:
    world = World()
    send = world.create("a@client.example", "b@client.example", separate=True)

    def meanwhile() -> None:
        world.clock.advance(timedelta(minutes=minutes))
        world.reconcile()

    world.at_step = InterruptAt(step, world, meanwhile)
    world.deliver(*world.queue)
    world.run_to_the_end()

    assert_at_most_one_mail_each_and_all_ended(world)
    assert world.row(send).overdue_at is None


@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_two_reconcilers_at_once_give_up_once_and_notify_once(step: int) -> None:
    world = World()
    send = world.create("a@client.example", "b@client.example", separate=True, enqueue=False)
    world.mailer.faults = [(TIMEOUT, False)]
    world.reconcile()
    world.clock.advance(timedelta(minutes=16))
    world.reconcile()
    world.deliver(world.queue[0])
    world.queue.clear()
    world.clock.advance(timedelta(hours=25))
    world.at_step = InterruptAt(step, world, world.reconcile)

    world.reconcile()
    world.run_to_the_end()

    assert world.row(send).progress.failed_count == 2
    assert {r.code for r in world.row(send).progress.recipients} == {"unconfirmed", "expired"}
    assert_at_most_one_mail_each_and_all_ended(world)


@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_reconciler_killed_at_any_step_is_followed_by_another(step: int) -> None:
    world = World()
    send = world.create("a@client.example", "b@client.example", separate=True, enqueue=False)
    world.clock.advance(timedelta(hours=25))
    world.at_step = KillAt(step)

    world.reconcile()
    world.run_to_the_end()

    assert error_code(world, send) == "expired"
    assert_at_most_one_mail_each_and_all_ended(world)


@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_tracker_killed_at_any_step_loses_no_bounce(step: int) -> None:
    world = World()
    world.bouncing = {"a@client.example"}
    send = world.create("a@client.example")
    world.deliver(world.queue[0])
    bounce = world.events.pop()
    world.at_step = KillAt(step)

    if not world.track(bounce):
        world.at_step = lambda _: None
        world.track(bounce)
    world.run_to_the_end()

    assert world.row(send).progress.recipients[0].outcome is Outcome.BOUNCED
    assert_at_most_one_mail_each_and_all_ended(world)


@pytest.mark.feature("B2")
def test_a_timeout_after_acceptance_without_events_is_unconfirmed_and_never_repeated() -> None:
    world = World()
    send = world.create("a@client.example")
    world.mailer.faults = [(TIMEOUT, True)]

    world.deliver(world.queue[0])
    world.run_to_the_end(with_events=False)

    row = world.row(send)
    assert len([mail for mail in world.mailer.accepted if mail.send == send]) == 1
    assert row.progress.status is SendStatus.FAILED
    assert error_code(world, send) == "unconfirmed"
    assert len(world.notices_of(send)) == 1


@pytest.mark.feature("B2")
def test_a_late_event_turns_unconfirmed_into_sent() -> None:
    world = World()
    send = world.create("a@client.example")
    world.mailer.faults = [(TIMEOUT, True)]
    world.deliver(world.queue[0])
    late = list(world.events)
    world.run_to_the_end(with_events=False)
    assert world.row(send).progress.status is SendStatus.FAILED

    world.track(late[0])

    assert world.row(send).progress.status is SendStatus.SENT
    assert world.row(send).progress.recipients[0].outcome is Outcome.SENT


def test_twenty_throttlings_end_in_one_mail() -> None:
    world = World()
    send = world.create("a@client.example")
    world.mailer.faults = [(THROTTLED, False)] * 20

    for _ in range(21):
        world.deliver(world.queue[0])
        world.clock.advance(world.redelivery.delays["receipt_handle"])

    assert world.accepted(send) == {"a@client.example": 1}
    assert world.row(send).progress.status is SendStatus.SENT
    assert not world.queue


def test_a_message_throttled_for_ever_expires_after_a_day() -> None:
    world = World()
    send = world.create("a@client.example")
    world.mailer.faults = [(THROTTLED, False)] * 100_000
    start = world.clock.now()

    while world.row(send).overdue_at is not None:
        for item in list(world.queue):
            world.deliver(item)
        world.clock.advance(timedelta(minutes=5))
        world.reconcile()
        assert world.clock.now() - start < timedelta(hours=26)

    assert error_code(world, send) == "expired"
    assert not world.mailer.accepted
    assert len(world.notices_of(send)) == 1


def test_a_message_throttled_for_hours_is_not_multiplied_by_reconcile() -> None:
    world = World()
    world.create("a@client.example")
    world.mailer.faults = [(THROTTLED, False)] * 40

    for _ in range(40):
        world.deliver(world.queue[0])
        world.clock.advance(timedelta(minutes=5))
        world.reconcile()

    assert len(world.queue) == 1


def test_a_send_waits_for_the_quota_for_three_days_at_most() -> None:
    world = World()
    send = world.create("a@client.example")
    world.mailer.faults = [(QUOTA, False)] * 100_000
    start = world.clock.now()

    while world.row(send).overdue_at is not None:
        for item in list(world.queue):
            world.deliver(item)
        world.clock.advance(timedelta(minutes=5))
        world.reconcile()

    assert timedelta(hours=72) <= world.clock.now() - start < timedelta(hours=74)
    assert error_code(world, send) == "expired"


def test_a_send_that_waits_for_the_quota_is_sent_once_it_is_renewed() -> None:
    world = World()
    send = world.create("a@client.example", "b@client.example", separate=True)
    world.mailer.faults = [(QUOTA, False)] * 60

    world.deliver(*world.queue)
    assert world.row(send).waiting_for_quota
    assert not world.queue
    for _ in range(30 * 12):
        world.clock.advance(timedelta(minutes=5))
        world.reconcile()
        for item in list(world.queue):
            world.deliver(item)
    world.run_to_the_end()

    assert world.accepted(send) == {"a@client.example": 1, "b@client.example": 1}
    assert world.row(send).progress.status is SendStatus.SENT


@pytest.mark.feature("B25")
def test_the_failure_of_a_notice_causes_no_notice() -> None:
    world = World()
    send = world.create("a@client.example")
    world.mailer.faults = [(REFUSED, False), (REFUSED, False)]

    world.deliver(world.queue[0])
    world.deliver(world.queue[0])
    world.run_to_the_end()

    (notice,) = world.notices_of(send)
    assert world.row(notice.id).progress.status is SendStatus.FAILED
    assert len(world.store.of(ORG).sends) == 2


@pytest.mark.feature("S13")
def test_a_copy_that_is_refused_does_not_fail_the_send() -> None:
    world = World()
    send = world.create("a@client.example", separate=True, copy="marie@atelier.example")
    world.deliver(world.queue[0])
    world.mailer.faults = [(REFUSED, False)]

    world.deliver(world.queue[0])
    world.run_to_the_end()

    assert world.row(send).progress.status is SendStatus.SENT
    assert world.accepted(send) == {"a@client.example": 1}
    assert not world.notices_of(send)


def two_bounces(world: World) -> tuple[SendId, list[SesEvent]]:
    """A Send that SES has accepted for two recipients, and their bounces, which have not come."""
    world.bouncing = {"a@client.example", "b@client.example"}
    send = world.create("a@client.example", "b@client.example", separate=True)
    world.deliver(*world.queue)
    bounces = [event for event in world.events if event.event is MessageEvent.HARD_BOUNCED]
    world.events.clear()
    return send, bounces


def assert_one_notice_names(world: World, send: SendId, *addresses: str) -> None:
    (notice,) = world.notices_of(send)
    assert all(address in notice.body for address in addresses)
    assert world.accepted(notice.id) == {"marie@atelier.example": 1}
    assert world.row(send).overdue_at is None


@pytest.mark.feature("B25")
@pytest.mark.parametrize("minutes", [0, 4, 30])
@pytest.mark.parametrize("step", range(6))
def test_a_worker_killed_over_a_notice_that_waits_leaves_one(step: int, minutes: int) -> None:
    world = World()
    send, (first, second) = two_bounces(world)
    world.track(first)
    world.clock.advance(timedelta(minutes=minutes))
    world.at_step = KillAt(step)

    if not world.track(second):
        world.at_step = lambda _: None
        world.track(second)
    world.run_to_the_end()

    assert_one_notice_names(world, send, "a@client.example", "b@client.example")


@pytest.mark.feature("B25")
@pytest.mark.parametrize("step", range(6))
def test_a_reconciler_killed_over_a_notice_that_is_due_is_followed_by_another(step: int) -> None:
    world = World()
    send, (first, _) = two_bounces(world)
    world.track(first)
    world.clock.advance(timedelta(minutes=11))
    world.at_step = KillAt(step)

    world.reconcile()
    world.run_to_the_end()

    assert_one_notice_names(world, send, "a@client.example")


@pytest.mark.feature("B25")
@pytest.mark.parametrize("step", range(6))
def test_a_bounce_while_reconcile_writes_the_notice_makes_no_second(step: int) -> None:
    world = World()
    send, (first, second) = two_bounces(world)
    world.track(first)
    world.clock.advance(timedelta(minutes=11))
    world.at_step = InterruptAt(step, world, lambda: world.track(second))

    world.reconcile()
    world.run_to_the_end()

    assert_one_notice_names(world, send, "a@client.example")
