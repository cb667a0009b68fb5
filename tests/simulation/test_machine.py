"""Sends, faults, crashes, duplicates, late events and clock jumps, in any order."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from facteur.domain.account import Account
from facteur.domain.errors import (
    AmbiguousSendError,
    MailError,
    PermanentSendError,
    QuotaExceededError,
    RetryableSendError,
    ThrottledError,
)
from facteur.domain.identity import SendId
from facteur.domain.message import ACCEPTED, FAILURES, Outcome
from facteur.domain.resolution import Resolution, failed_addresses
from facteur.domain.send import ROW_RECIPIENTS, Origin, SendStatus, progress_of, recipient_outcomes
from facteur.ports.ses_events import SesEvent
from tests.simulation.world import ORG, FailAt, InterruptAt, KillAt, Queued, World

PEOPLE = [f"client{number}@example.com" for number in range(6)]
BOUNCING = [f"gone{number}@example.com" for number in range(3)]
MANY = [f"many{number}@example.com" for number in range(ROW_RECIPIENTS)]
COPY = "marie@atelier.example"
FAULTS: list[tuple[MailError, bool]] = [
    (AmbiguousSendError("unconfirmed"), True),
    (AmbiguousSendError("unconfirmed"), False),
    (ThrottledError("throttled"), False),
    (QuotaExceededError("quota_exceeded"), False),
    (RetryableSendError("ses_unreachable"), False),
    (PermanentSendError("address_rejected"), False),
]

addresses = st.lists(st.sampled_from(PEOPLE + BOUNCING), min_size=1, max_size=4, unique=True)
places = st.integers(min_value=0, max_value=10_000)
steps = st.none() | st.integers(min_value=0, max_value=12)


class Post(RuleBasedStateMachine):
    """The actions of people, SES, the queue and the clock, and kills of processes."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.world.bouncing = set(BOUNCING)
        self.mailed_before: int | None = None
        """How many mails SES had accepted when the organization was suspended, if it is now."""
        self.resolved: set[SendId] = set()
        self.received: list[SesEvent] = []
        """Events that were taken from the queue once: it gives them again until acknowledged."""

    # --- people -------------------------------------------------------------------------------

    @rule(to=addresses, separate=st.booleans(), copied=st.booleans(), enqueue=st.booleans())
    def send(self, to: list[str], separate: bool, copied: bool, enqueue: bool) -> None:
        copy = COPY if copied else None
        self.world.create(*to, separate=separate, copy=copy, enqueue=enqueue)

    @rule(to=addresses, separate=st.booleans())
    def send_to_more_than_a_row_shows(self, to: list[str], separate: bool) -> None:
        self.world.create(*MANY, *to, separate=separate)

    @rule(to=addresses, separate=st.booleans())
    def send_what_kills(self, to: list[str], separate: bool) -> None:
        """A Send that kills every worker that composes it."""
        self.world.deadly.add(self.world.create(*to, separate=separate))

    @rule(place=places)
    def retry(self, place: int) -> None:
        """Retries only Sends that have ended, for recipients who certainly got nothing."""
        rows = [
            row
            for row in self.world.rows()
            if row.progress.is_finished and row.progress.status is SendStatus.FAILED
        ]
        if not rows:
            return
        row = rows[place % len(rows)]
        failed = [
            outcome.address
            for outcome in row.progress.recipients
            if outcome.outcome in {Outcome.FAILED, Outcome.REJECTED} and outcome.role != "copy"
        ]
        if failed and not row.retried_by:
            self.world.create(*failed, separate=True, retry_of=row.id)

    @rule(place=places, kill=steps)
    def resolve(self, place: int, kill: int | None) -> None:
        """A failure whose messages have all ended, so that no other can fail in it."""
        rows = [
            row
            for row in self.world.rows()
            if row.resolution is Resolution.OPEN and self.has_all_events(row.id)
        ]
        if rows:
            row = rows[place % len(rows)]
            self.kill_at(kill)
            self.world.settles(row.id, resolved=True)
            self.in_peace()
            if self.world.row(row.id).resolved_at is not None:
                self.resolved.add(row.id)

    def has_all_events(self, send_id: SendId) -> bool:
        coming = [*self.world.events, *self.received]
        return self.world.row(send_id).progress.is_finished and not any(
            event.send == send_id for event in coming
        )

    # --- workers ------------------------------------------------------------------------------

    @precondition(lambda self: self.world.queue)
    @rule(place=places, size=st.integers(1, 3), kill=steps)
    def deliver(self, place: int, size: int, kill: int | None) -> None:
        start = place % len(self.world.queue)
        self.kill_at(kill)
        self.world.deliver(*self.world.queue[start : start + size])
        self.in_peace()

    @precondition(lambda self: self.world.queue)
    @rule(place=places, step=st.integers(0, 8))
    def deliver_while_the_store_fails(self, place: int, step: int) -> None:
        self.world.at_step = FailAt(step)
        self.world.deliver(self.world.queue[place % len(self.world.queue)])
        self.in_peace()

    @precondition(lambda self: self.world.queue)
    @rule(place=places, step=st.integers(0, 8))
    def deliver_twice_at_once(self, place: int, step: int) -> None:
        item = self.world.queue[place % len(self.world.queue)]
        again = Queued(item.message)
        self.world.at_step = InterruptAt(step, self.world, lambda: self.world.deliver(again))
        self.world.deliver(item)
        self.in_peace()

    @rule(kill=steps)
    def reconcile(self, kill: int | None) -> None:
        self.kill_at(kill)
        self.world.reconcile()
        self.in_peace()

    @rule(step=st.integers(0, 8))
    def reconcile_twice_at_once(self, step: int) -> None:
        self.world.at_step = InterruptAt(step, self.world, self.world.reconcile)
        self.world.reconcile()
        self.in_peace()

    @precondition(lambda self: self.world.events)
    @rule(place=places, kill=steps, keep=st.booleans())
    def tell(self, place: int, kill: int | None, keep: bool) -> None:
        """An event arrives, in any order; it may come again later."""
        index = place % len(self.world.events)
        event = self.world.events[index]
        self.kill_at(kill)
        recorded = self.world.track(event)
        self.in_peace()
        if not recorded or keep:
            self.received.append(event)
        del self.world.events[index]

    @precondition(lambda self: self.received)
    @rule(place=places)
    def tell_again(self, place: int) -> None:
        event = self.received.pop(place % len(self.received))
        assert self.world.track(event, is_repeated=True)

    # --- the outside --------------------------------------------------------------------------

    @rule(fault=st.sampled_from(FAULTS), count=st.integers(1, 3))
    def fail_the_next_mails(self, fault: tuple[MailError, bool], count: int) -> None:
        self.world.mailer.faults += [fault] * count

    @precondition(lambda self: self.world.queue)
    @rule(place=places)
    def repeat_a_message(self, place: int) -> None:
        item = self.world.queue[place % len(self.world.queue)]
        self.world.queue.append(Queued(item.message))

    @precondition(lambda self: self.world.queue)
    @rule(place=places)
    def lose_a_message(self, place: int) -> None:
        del self.world.queue[place % len(self.world.queue)]

    @precondition(lambda self: self.world.events)
    @rule(place=places)
    def lose_an_event(self, place: int) -> None:
        """SES never publishes it; a queue does not lose what it has."""
        del self.world.events[place % len(self.world.events)]

    @rule(minutes=st.sampled_from([1, 6, 16, 61, 25 * 60, 73 * 60]))
    def pass_time(self, minutes: int) -> None:
        self.world.clock.advance(timedelta(minutes=minutes))

    @rule(suspended=st.booleans())
    def suspend(self, suspended: bool) -> None:
        """Operators suspend the organization, or end that."""
        self.world.store.of(ORG).account = Account(
            exclusive_domains=("atelier.example",), suspended=suspended
        )
        self.mailed_before = len(self.world.mailer.accepted) if suspended else None

    def kill_at(self, step: int | None) -> None:
        if step is not None:
            self.world.at_step = KillAt(step)

    def in_peace(self) -> None:
        self.world.at_step = lambda _: None

    # --- what must hold -----------------------------------------------------------------------

    @invariant()
    def nobody_gets_a_send_twice(self) -> None:
        for row in self.world.store.of(ORG).rows.values():
            assert all(count == 1 for count in self.world.accepted(row.id).values())

    @invariant()
    def a_suspended_organization_mails_nothing(self) -> None:
        assert self.mailed_before in (None, len(self.world.mailer.accepted))

    @invariant()
    def what_kills_its_workers_reaches_nobody(self) -> None:
        assert not any(self.world.accepted(send) for send in self.world.deadly)

    @invariant()
    def nobody_gets_a_lineage_twice(self) -> None:
        for row in self.world.rows():
            if row.retry_of is not None:
                assert not self.world.accepted(row.id).keys() & self.world.accepted(row.retry_of)

    @invariant()
    def one_notice_a_failure_and_none_for_notices(self) -> None:
        notices = [
            send for send in self.world.store.of(ORG).sends.values() if send.origin is Origin.NOTICE
        ]
        assert len(notices) == sum(row.notified for row in self.world.rows())
        for row in self.world.rows():
            assert len(self.world.notices_of(row.id)) == row.notified

    @invariant()
    def an_unfinished_send_is_always_looked_after(self) -> None:
        for row in self.world.store.of(ORG).rows.values():
            assert row.progress.is_finished or row.overdue_at is not None

    def teardown(self) -> None:
        self.in_peace()
        self.suspend(suspended=False)
        for event in self.received:
            assert self.world.track(event, is_repeated=True)
        self.world.run_to_the_end()
        for row in self.world.rows():
            self.check_the_end_of(row.id)
        self.nobody_gets_a_send_twice()
        self.one_notice_a_failure_and_none_for_notices()

    def resolution_of(self, send_id: SendId) -> Resolution | None:
        """What has become of a failure, from the messages of it and of its one retry alone."""
        data = self.world.store.of(ORG)
        send, states = data.sends[send_id], self.world.store.sends(ORG).get_messages(send_id)
        failed = failed_addresses(recipient_outcomes(send, states))
        retries = [each for each in data.sends.values() if each.retry_of == send_id]
        if not failed:
            return None
        own = Resolution.RESOLVED if send_id in self.resolved else Resolution.OPEN
        if not retries or not failed <= set(retries[0].covers):
            return own
        by_retry = self.resolution_of(retries[0].id) or Resolution.RETRIED
        return own if by_retry is Resolution.OPEN else by_retry

    def check_the_end_of(self, send_id: SendId) -> None:
        data = self.world.store.of(ORG)
        send, row = data.sends[send_id], data.rows[send_id]
        states = self.world.store.sends(ORG).get_messages(send_id)
        outcomes = [o for o in recipient_outcomes(send, states) if o.role != "copy"]
        accepted = self.world.accepted(send_id)

        assert row.progress == progress_of(send, states)
        assert row.overdue_at is None
        assert row.progress.status is not SendStatus.QUEUED
        assert row.notified or row.progress.status is SendStatus.SENT
        assert row.resolution is self.resolution_of(send_id)
        assert not row.owes_original
        assert row.notice_at is None
        is_sent = row.progress.status is SendStatus.SENT
        assert is_sent == all(outcome.outcome in ACCEPTED for outcome in outcomes)
        for outcome in outcomes:
            assert outcome.outcome in ACCEPTED | FAILURES
            if outcome.outcome in ACCEPTED | {Outcome.BOUNCED}:
                assert accepted[outcome.address] == 1
            if outcome.outcome in {Outcome.FAILED, Outcome.REJECTED}:
                assert accepted[outcome.address] == 0


@pytest.mark.feature("S67", "B2", "B5", "B44")
def test_whatever_happens_nobody_gets_a_send_twice_and_every_send_ends() -> None:
    run_state_machine_as_test(Post, settings=settings(max_examples=150, stateful_step_count=40))
