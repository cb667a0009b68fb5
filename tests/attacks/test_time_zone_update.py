"""A layer with a newer time-zone database, on the very day of an occurrence.

A country moves its clocks at short notice, and 08:00 is suddenly an hour earlier or later. Nobody
must get a list twice, miss one, get it an hour late, or get one that was skipped.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from facteur.domain.campaign import CampaignStatus
from facteur.domain.deadlines import GRACE
from facteur.domain.errors import ConflictError
from facteur.domain.idempotency import OccurrenceKey
from facteur.domain.identity import CampaignId, SendId
from facteur.domain.occurrences import Occurrence
from facteur.domain.recurrence import Monthly, NoRecurrence, Once, Recurrence, Weekly
from facteur.domain.requests import CampaignAction
from facteur.services.campaigns.run import RunResult
from tests.simulation.campaigns import CampaignWorld, due
from tests.simulation.world import ORG, KillAt
from tests.support.zone_rules import ZONE, ZoneRules, changing_rules, midnight

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
RECONCILE = timedelta(minutes=5)
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
"""Eight o'clock in ZONE by the rules that were valid at first."""
NOMINAL = datetime(2026, 11, 30, 8)
CHANGED = midnight("2026-11-29")
SAME_DAY: dict[str, Recurrence] = {
    "weekly": Weekly((1,), time(8)),
    "monthly": Monthly((30,), time(8)),
    "once": Once(NOMINAL),
}
every_kind = pytest.mark.parametrize("kind", SAME_DAY)


@pytest.fixture
def rules(tmp_path: Path) -> Iterator[ZoneRules]:
    """An hour ahead of UTC, at first."""
    with changing_rules(tmp_path) as rules:
        rules.become(HOUR)
        yield rules


class ZoneWorld(CampaignWorld):
    """Campaigns in ZONE, and layers with other rules of it."""

    def __init__(self, rules: ZoneRules) -> None:
        super().__init__()
        self.zone_rules = rules

    def begin(self, recurrence: Recurrence = SAME_DAY["weekly"], **fields: Any) -> CampaignId:
        campaign = self.start(recurrence, timezone=ZONE, **fields)
        # The schedule is settled, so that nothing but the occurrence is left to be done.
        self.settle_down()
        return campaign

    def deploy(self, offset: timedelta) -> None:
        """A layer by which ZONE has another offset, since yesterday, at the Monday's occurrence."""
        self.zone_rules.become(HOUR, (CHANGED, offset))
        self.rules = f"offset {offset}"

    def live_until(self, at: datetime, *, lost: bool = False) -> None:
        """Reconcile every five minutes; triggers come and are handled, or are lost."""
        while self.clock.now() < at:
            self.pass_time(min(RECONCILE, at - self.clock.now()), lost=lost)
            self.run_all()
            self.reconcile()
            self.run_all()
            while self.queue:
                self.deliver(self.queue[0])

    def made_at(self, campaign: CampaignId) -> list[datetime]:
        return [send.queued_at for send in self.sends(campaign)]


def later(world: ZoneWorld) -> None:
    """08:00 becomes 08:00 UTC."""
    world.deploy(timedelta(0))


def earlier(world: ZoneWorld) -> None:
    """08:00 becomes 06:00 UTC."""
    world.deploy(2 * HOUR)


@every_kind
def test_an_occurrence_that_moves_later_after_it_was_made_is_not_made_again(
    rules: ZoneRules, kind: str
) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin(SAME_DAY[kind])
    world.live_until(MONDAY + HOUR / 2)

    later(world)
    world.live_until(MONDAY + 3 * HOUR)

    assert world.made_at(campaign) == [MONDAY]
    assert sum(world.accepted(world.sends(campaign)[0].id).values()) == 1


@every_kind
@pytest.mark.parametrize("lost", [False, True], ids=["scheduler knows", "scheduler does not"])
def test_an_occurrence_that_moves_earlier_is_made_at_its_new_time(
    rules: ZoneRules, kind: str, lost: bool
) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin(SAME_DAY[kind])
    world.live_until(MONDAY - 3 * HOUR)

    earlier(world)
    world.live_until(MONDAY + 2 * HOUR, lost=lost)

    (made,) = world.made_at(campaign)
    assert MONDAY - HOUR <= made <= MONDAY - HOUR + (GRACE + RECONCILE if lost else timedelta(0))
    assert [send.occurrence_at for send in world.sends(campaign)] == [MONDAY - HOUR]
    assert [send.occurrence_local for send in world.sends(campaign)] == [NOMINAL]


@every_kind
def test_an_occurrence_whose_new_time_has_passed_is_made_at_once(
    rules: ZoneRules, kind: str
) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin(SAME_DAY[kind])
    deployed = MONDAY - HOUR / 4
    world.live_until(deployed)

    earlier(world)
    world.live_until(MONDAY + 2 * HOUR)

    (made,) = world.made_at(campaign)
    assert deployed <= made <= deployed + RECONCILE


@every_kind
@pytest.mark.parametrize("lost", [False, True], ids=["scheduler knows", "scheduler does not"])
def test_an_occurrence_that_moves_later_is_neither_early_nor_very_late(
    rules: ZoneRules, kind: str, lost: bool
) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin(SAME_DAY[kind])
    world.live_until(MONDAY - HOUR)

    later(world)
    early = world.run(due(campaign, MONDAY))
    world.pass_time(HOUR, lost=True)
    at_its_old_time = world.run(due(campaign, MONDAY))
    world.live_until(MONDAY + 2 * HOUR, lost=lost)

    assert early is at_its_old_time is RunResult.NOT_DUE
    (made,) = world.made_at(campaign)
    assert MONDAY + HOUR <= made <= MONDAY + HOUR + (GRACE + RECONCILE if lost else timedelta(0))


def test_a_trigger_at_the_old_time_makes_what_nobody_has_made_at_the_new_one(
    rules: ZoneRules,
) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin()
    earlier(world)
    world.until(MONDAY, lost=True)

    result = world.run(due(campaign, MONDAY))

    assert result is RunResult.QUEUED
    (send,) = world.sends(campaign)
    assert (send.occurrence_at, send.late) == (MONDAY - HOUR, True)


def test_what_is_sent_at_once_is_not_moved(rules: ZoneRules) -> None:
    world = ZoneWorld(rules)
    world.clock.at = MONDAY
    campaign = world.start(NoRecurrence(), timezone=ZONE)

    later(world)
    world.live_until(MONDAY + RECONCILE)

    assert world.made_at(campaign) == [MONDAY + RECONCILE]


def test_the_schedule_of_a_single_instant_is_moved_with_it(rules: ZoneRules) -> None:
    world = ZoneWorld(rules)
    campaign, _ = world.begin(SAME_DAY["once"]), world.begin(SAME_DAY["weekly"])
    world.reconcile()
    world.steps.clear()

    earlier(world)
    world.rederive()

    # A recurring schedule follows its zone by itself.
    assert world.steps.count("put_schedule") == 1
    assert world.schedules.standing[ORG, campaign].native.expression == "at(2026-11-30T06:00:00)"


def test_a_scheduler_that_is_down_holds_up_no_other_campaign(rules: ZoneRules) -> None:
    world = ZoneWorld(rules)
    campaigns = [world.begin(SAME_DAY["once"]), world.begin(SAME_DAY["once"])]
    world.reconcile()
    earlier(world)
    world.schedules.is_down = True

    changed = world.rederive()
    world.schedules.is_down = False
    world.live_until(MONDAY, lost=True)

    assert changed == 2
    for campaign in campaigns:
        (made,) = world.made_at(campaign)
        assert made <= MONDAY - HOUR + GRACE + RECONCILE


def test_what_comes_overdue_is_derived_again_too(rules: ZoneRules) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin()
    world.live_until(world.clock.now() + 5 * RECONCILE)
    known = world.rules
    later(world)
    world.rules = known
    world.until(MONDAY + GRACE, lost=True)

    world.reconcile()

    stored = world.store.of(ORG).campaigns[campaign]
    assert stored.campaign.next_run == Occurrence(NOMINAL, MONDAY + HOUR)
    assert stored.overdue_at == MONDAY + HOUR + GRACE
    assert world.due.messages == []


def test_a_skipped_occurrence_does_not_come_back(rules: ZoneRules) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin()
    world.live_until(MONDAY - HOUR)
    world.take(campaign, CampaignAction.SKIP)
    world.live_until(MONDAY + HOUR / 4)

    later(world)
    world.take(campaign, CampaignAction.PAUSE)
    world.take(campaign, CampaignAction.RESUME)
    world.live_until(MONDAY + WEEK + 2 * HOUR)

    assert [send.occurrence_local for send in world.sends(campaign)] == [NOMINAL + WEEK]


def test_an_occurrence_let_go_by_a_pause_does_not_come_back(rules: ZoneRules) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin()
    world.until(MONDAY, lost=True)
    world.take(campaign, CampaignAction.PAUSE)
    world.clock.advance(timedelta(minutes=10))
    world.take(campaign, CampaignAction.RESUME)
    world.take(campaign, CampaignAction.PAUSE)

    later(world)
    world.take(campaign, CampaignAction.RESUME)
    world.live_until(MONDAY + 2 * HOUR)

    assert world.made_at(campaign) == []
    following = world.campaign(campaign).next_run
    assert following is not None
    assert following.local == NOMINAL + WEEK


@pytest.mark.parametrize("again", ["resumed", "restored", "edited"])
def test_nothing_that_a_person_does_in_between_makes_it_again(rules: ZoneRules, again: str) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin(auto_increment_date=True)
    world.live_until(MONDAY + HOUR / 4)

    later(world)
    world.take(campaign, CampaignAction.PAUSE)
    world.take(campaign, CampaignAction.RESUME)
    if again == "restored":
        world.take(campaign, CampaignAction.SKIP)
        world.take(campaign, CampaignAction.UNSKIP)
    elif again == "edited":
        world.edit(campaign, recurrence=Weekly((1,), time(20)))
        world.edit(campaign, recurrence=Weekly((1,), time(8)))
    world.live_until(MONDAY + WEEK + 2 * HOUR)

    assert [(one.occurrence_local, one.documents[0].date) for one in world.sends(campaign)] == [
        (NOMINAL, date(2026, 11, 30)),
        (NOMINAL + WEEK, date(2026, 12, 7)),
    ]


def test_an_occurrence_that_has_moved_into_the_future_may_be_skipped_in_time(
    rules: ZoneRules,
) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin()
    world.until(MONDAY + HOUR / 4, lost=True)
    with pytest.raises(ConflictError, match="occurrence_in_progress"):
        world.take(campaign, CampaignAction.SKIP)

    later(world)
    world.take(campaign, CampaignAction.SKIP)
    world.live_until(MONDAY + 2 * HOUR)

    assert world.made_at(campaign) == []
    assert world.campaign(campaign).skipped == (NOMINAL,)


def test_the_same_occurrence_in_another_zone_is_not_made_again(rules: ZoneRules) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin(auto_increment_date=True)
    world.live_until(MONDAY + HOUR)

    world.edit(campaign, timezone="America/New_York")
    world.live_until(MONDAY + 2 * WEEK)

    assert [(one.occurrence_local, one.documents[0].date) for one in world.sends(campaign)] == [
        (NOMINAL, date(2026, 11, 30)),
        (NOMINAL + WEEK, date(2026, 12, 7)),
    ]


def test_a_skipped_occurrence_stays_skipped_in_another_zone(rules: ZoneRules) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin()
    world.take(campaign, CampaignAction.SKIP)

    world.edit(campaign, timezone="America/New_York")
    world.live_until(MONDAY + WEEK + 12 * HOUR)

    assert [one.occurrence_local for one in world.sends(campaign)] == [NOMINAL + WEEK]


@pytest.mark.parametrize("offset", [timedelta(0), 2 * HOUR, HOUR], ids=["later", "earlier", "same"])
def test_an_occurrence_made_by_version_0_1_0_is_not_made_again_under_its_new_key(
    rules: ZoneRules, offset: timedelta
) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin()
    old_key = OccurrenceKey(campaign, "2026-11-30T07:00:00.000+00:00")
    world.store.of(ORG).occurrences[old_key] = SendId("made before")

    world.deploy(offset)
    world.live_until(MONDAY + WEEK + 2 * HOUR)

    assert [one.occurrence_local for one in world.sends(campaign)] == [NOMINAL + WEEK]
    assert world.campaign(campaign).status is CampaignStatus.ACTIVE


@pytest.mark.parametrize("step", range(6))
@pytest.mark.parametrize("change", [later, earlier], ids=["later", "earlier"])
def test_a_reconciler_cut_short_at_any_step_is_followed_by_another(
    rules: ZoneRules, change: object, step: int
) -> None:
    world = ZoneWorld(rules)
    campaigns = [world.begin(recurrence) for recurrence in SAME_DAY.values()]
    world.live_until(MONDAY - 2 * HOUR)
    assert callable(change)
    change(world)

    world.at_step = KillAt(step)
    world.reconcile()
    world.at_step = lambda _: None
    world.live_until(MONDAY + 3 * HOUR)

    at = world.campaign(campaigns[0]).draft.zone
    new = NOMINAL.replace(tzinfo=at).astimezone(UTC)
    assert [world.made_at(campaign) for campaign in campaigns] == [[new]] * 3


def test_what_time_runs_out_for_is_compared_by_the_next_run(rules: ZoneRules) -> None:
    world = ZoneWorld(rules)
    campaigns = [world.begin(Weekly((1,), time(8, minute))) for minute in range(5)]
    world.reconcile()
    earlier(world)
    times = iter([True, True, False])

    first = world.rederive(has_time=lambda: next(times))
    second = world.rederive()
    third = world.rederive()

    assert (first, second, third) == (2, 3, 0)
    stored = [world.campaign(campaign).next_run for campaign in campaigns]
    assert [one.at for one in stored if one] == [
        MONDAY - HOUR + timedelta(minutes=minute) for minute in range(5)
    ]


def test_a_row_that_an_older_process_writes_after_the_comparison_is_found_by_the_second(
    rules: ZoneRules,
) -> None:
    world = ZoneWorld(rules)
    campaign = world.begin()
    stored = world.store.of(ORG).campaigns[campaign]
    earlier(world)
    world.reconcile()

    # The old process had read the row before the deployment, and writes it now.
    world.store.of(ORG).campaigns[campaign] = stored
    world.live_until(world.clock.now() + 4 * RECONCILE)

    following = world.campaign(campaign).next_run
    assert following is not None
    assert following.at == MONDAY - HOUR


def test_the_comparison_costs_nothing_while_the_rules_stay(rules: ZoneRules) -> None:
    world = ZoneWorld(rules)
    world.begin()
    world.live_until(world.clock.now() + 5 * RECONCILE)
    world.steps.clear()
    check = world.rules_checks.check

    world.rederive()

    assert world.steps == []
    assert world.rules_checks.check is check
