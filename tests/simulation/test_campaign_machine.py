"""Actions of people, triggers, crashes and reconcile, in any order that hypothesis finds."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import ClassVar

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

from facteur.domain.campaign import CampaignStatus, first_remaining, rederived
from facteur.domain.errors import FacteurError
from facteur.domain.identity import CampaignId
from facteur.domain.recurrence import (
    EndsAfter,
    EndsOn,
    Monthly,
    MonthlyOrdinal,
    NoRecurrence,
    OffDays,
    Once,
    Ordinal,
    Recurrence,
    Weekly,
)
from facteur.domain.requests import CampaignAction
from facteur.domain.send import Origin
from tests.simulation.campaigns import LIST, MARIE, CampaignWorld
from tests.simulation.test_campaign_crashes import assert_schedules_agree
from tests.simulation.world import ORG, KillAt
from tests.support.zone_rules import ZONE, ZoneRules, changing_rules

RECURRENCES: list[Recurrence] = [
    Weekly((1,), time(8)),
    Weekly((7,), time(2, 30)),
    Monthly((31,), time(8)),
    Monthly((29,), time(23, 50)),
    Monthly((1,), time(0, 5)),
    Monthly((31,), time(23, 50), off_days=OffDays.AFTER),
    Monthly((1, 2), time(0, 5), off_days=OffDays.BEFORE, ends=EndsOn(date(2027, 3, 31))),
    Weekly((6, 7), time(8), off_days=OffDays.AFTER, ends=EndsAfter(3)),
    MonthlyOrdinal(Ordinal.LAST, "working_day", time(8), ends=EndsAfter(2)),
    NoRecurrence(),
    Once(datetime(2027, 1, 15, 12)),
]
ZONES = ["Europe/Paris", "America/New_York", "Pacific/Kiritimati", "UTC", ZONE]
OFFSETS = [timedelta(minutes=minutes) for minutes in (-120, 0, 60, 90, 120)]
LAPSES = [
    timedelta(minutes=1),
    timedelta(minutes=7),
    timedelta(hours=5),
    timedelta(days=2),
    timedelta(days=6),
    timedelta(days=40),
]

places = st.integers(min_value=0, max_value=10_000)
steps = st.none() | st.integers(min_value=0, max_value=9)


class Calendar(RuleBasedStateMachine):
    """``due_once`` are all occurrences that a campaign ever waited for.

    ``let_go`` are those that a person removed, or that a campaign's own pause did. All are known by
    their nominal times, because other zone rules move their instants.
    """

    zone_rules: ClassVar[ZoneRules]

    def __init__(self) -> None:
        super().__init__()
        self.zone_rules.become(timedelta(hours=1))
        self.world = CampaignWorld()
        self.due_once: set[tuple[CampaignId, datetime]] = set()
        self.let_go: set[tuple[CampaignId, datetime]] = set()

    # --- people -------------------------------------------------------------------------------

    @rule(recurrence=st.sampled_from(RECURRENCES), paused=st.booleans(), kill=steps)
    def start(self, recurrence: Recurrence, paused: bool, kill: int | None) -> None:
        self.act(lambda: self.world.start(recurrence, paused=paused), kill)

    @precondition(lambda self: self.world.campaigns())
    @rule(place=places, step=st.sampled_from(list(CampaignAction)), kill=steps)
    def take(self, place: int, step: CampaignAction, kill: int | None) -> None:
        campaign = self.one(place)
        if step is CampaignAction.DUPLICATE:
            self.act(lambda: self.world.people.edit.duplicate(MARIE, campaign), kill)
        else:
            self.act(lambda: self.world.take(campaign, step), kill)

    @precondition(lambda self: self.world.campaigns())
    @rule(
        place=places,
        recurrence=st.none() | st.sampled_from(RECURRENCES),
        zone=st.none() | st.sampled_from(ZONES),
        kill=steps,
    )
    def edit(
        self, place: int, recurrence: Recurrence | None, zone: str | None, kill: int | None
    ) -> None:
        campaign = self.one(place)
        changes: dict[str, object] = {"subject": f"Sujet {place}"}
        if recurrence is not None:
            changes["recurrence"] = recurrence
        if zone is not None:
            changes["timezone"] = zone
        self.act(lambda: self.world.edit(campaign, **changes), kill)

    @precondition(lambda self: self.world.campaigns())
    @rule(place=places, kill=steps)
    def delete(self, place: int, kill: int | None) -> None:
        campaign = self.one(place)
        self.act(lambda: self.world.delete(campaign), kill)

    @rule(ready=st.booleans())
    def publish(self, ready: bool) -> None:
        self.world.set_ready(LIST, ready=ready)

    # --- the world ----------------------------------------------------------------------------

    @rule(lapse=st.sampled_from(LAPSES), lost=st.booleans(), copies=st.integers(1, 3))
    def pass_time(self, lapse: timedelta, lost: bool, copies: int) -> None:
        self.world.pass_time(lapse, lost=lost, copies=copies)

    @rule()
    def reach_the_next_occurrence(self) -> None:
        """Move the clock to the instant of the next occurrence."""
        coming = [
            campaign.next_run_at
            for campaign in self.world.campaigns().values()
            if campaign.next_run_at is not None and campaign.next_run_at > self.world.clock.now()
        ]
        if coming:
            self.world.until(min(coming))

    @rule(scheduler=st.booleans(), queue=st.booleans())
    def go_down(self, scheduler: bool, queue: bool) -> None:
        self.world.schedules.is_down, self.world.due.is_down = scheduler, queue

    @precondition(lambda self: self.world.due.messages)
    @rule(place=places)
    def lose_a_trigger(self, place: int) -> None:
        """Only triggers of occurrences: nothing repairs a lost extra run."""
        message = self.world.due.messages[place % len(self.world.due.messages)]
        if not message.extra:
            self.world.due.messages.remove(message)

    @rule(offset=st.sampled_from(OFFSETS), ahead=st.sampled_from(LAPSES), swept=st.booleans())
    def deploy_zone_rules(self, offset: timedelta, ahead: timedelta, swept: bool) -> None:
        """A layer with other rules; not ``swept``: the comparison is yet to come."""
        change = self.world.clock.now() - timedelta(days=1) + ahead
        self.zone_rules.become(timedelta(hours=1), (change, offset))
        self.world.rules = f"{change} {offset}"
        if swept:
            self.world.rederive()

    # --- workers ------------------------------------------------------------------------------

    @precondition(lambda self: self.world.due.messages)
    @rule(place=places, again=st.booleans(), kill=steps)
    def run(self, place: int, again: bool, kill: int | None) -> None:
        message = self.world.due.messages[place % len(self.world.due.messages)]
        if again:
            self.world.due.messages.append(message)
        self.kill_at(kill)
        self.world.run(message)
        self.in_peace()

    @rule(kill=steps)
    def reconcile(self, kill: int | None) -> None:
        self.kill_at(kill)
        self.world.reconcile()
        self.in_peace()

    @rule(bounces=st.booleans())
    def post(self, bounces: bool) -> None:
        self.world.bouncing = {"client@example.com"} if bounces else set()
        while self.world.queue:
            self.world.deliver(self.world.queue[0])
        while self.world.events:
            self.world.track(self.world.events.pop(0))

    # --- how ----------------------------------------------------------------------------------

    def one(self, place: int) -> CampaignId:
        campaigns = list(self.world.campaigns())
        return campaigns[place % len(campaigns)]

    def act(self, act: Callable[[], object], kill: int | None) -> None:
        """An action of a person, which may remove future occurrences."""
        before = self.waited_for()
        self.kill_at(kill)
        try:
            self.world.killed(act)
        except FacteurError:
            self.in_peace()
        self.in_peace()
        let_go = before.keys() - self.waited_for().keys()
        for campaign_id, local in let_go:
            campaign = self.world.campaigns().get(campaign_id)
            if campaign is None or self.world.is_deleting(campaign_id):
                continue
            # Only a pause removes an occurrence that is due, and it records it as skipped.
            is_due = before[campaign_id, local] <= self.world.clock.now()
            assert not is_due or local in campaign.skipped
        self.let_go |= let_go

    def waited_for(self) -> dict[tuple[CampaignId, datetime], datetime]:
        """The next occurrences, with their instants by the present rules."""
        campaigns = [
            rederived(one.campaign)
            for one in self.world.store.of(ORG).campaigns.values()
            if not one.deleting
        ]
        return {
            (campaign.id, campaign.next_run.local): campaign.next_run.at
            for campaign in campaigns
            if campaign.next_run is not None
        }

    def made(self) -> Counter[tuple[CampaignId, datetime]]:
        """How many Sends each occurrence has made."""
        return Counter(
            (send.campaign_id, send.occurrence_local)
            for send in self.world.store.of(ORG).sends.values()
            if send.origin is Origin.CAMPAIGN and send.campaign_id and send.occurrence_local
        )

    def kill_at(self, step: int | None) -> None:
        self.world.at_step = KillAt(step) if step is not None else lambda _: None

    def in_peace(self) -> None:
        self.world.at_step = lambda _: None

    # --- what must hold -----------------------------------------------------------------------

    @invariant()
    def no_occurrence_is_made_twice(self) -> None:
        assert all(count == 1 for count in self.made().values())

    @invariant()
    def nobody_gets_a_send_twice(self) -> None:
        for row in self.world.store.of(ORG).rows.values():
            assert all(count == 1 for count in self.world.accepted(row.id).values())

    @invariant()
    def no_occurrence_is_lost_without_a_trace(self) -> None:
        waiting = set(self.waited_for())
        self.due_once |= waiting
        for campaign_id, local in self.due_once - waiting - self.let_go - set(self.made()):
            campaign = self.world.campaigns()[campaign_id]
            assert campaign.pause_reason is not None, (campaign_id, local)
            self.let_go.add((campaign_id, local))

    @invariant()
    def a_waiting_campaign_is_active_and_looked_after(self) -> None:
        for stored in self.world.store.of(ORG).campaigns.values():
            campaign = stored.campaign
            is_waiting = campaign.next_run_at is not None
            assert is_waiting == (campaign.status is CampaignStatus.ACTIVE)
            if is_waiting or stored.pending_until is not None or stored.deleting:
                assert stored.overdue_at is not None

    @invariant()
    def a_recurrence_with_sends_left_goes_on_and_one_without_has_ended(self) -> None:
        for campaign in self.world.campaigns().values():
            total = first_remaining(campaign.draft.recurrence)
            assert (campaign.remaining is None) == (total is None)
            if campaign.remaining is not None and total is not None:
                assert 0 <= campaign.remaining <= total
                assert campaign.remaining > 0 or campaign.status is CampaignStatus.COMPLETED

    def teardown(self) -> None:
        self.in_peace()
        self.world.bouncing = set()
        self.world.set_ready(LIST)
        self.world.settle_down()
        self.no_occurrence_is_made_twice()
        self.nobody_gets_a_send_twice()
        self.no_occurrence_is_lost_without_a_trace()
        assert_schedules_agree(self.world)
        extras = [
            send
            for send in self.world.store.of(ORG).sends.values()
            if send.origin in {Origin.TEST, Origin.CAMPAIGN} and send.occurrence_at is None
        ]
        assert len(self.world.store.of(ORG).occurrences) == len(extras) + len(self.made())


@pytest.mark.feature("B1", "B3", "B4", "B16")
def test_whatever_happens_each_occurrence_is_made_once_and_schedules_agree_in_the_end(
    tmp_path: Path,
) -> None:
    with changing_rules(tmp_path) as Calendar.zone_rules:
        run_state_machine_as_test(
            Calendar, settings=settings(max_examples=150, stateful_step_count=40)
        )
