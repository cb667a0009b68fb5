"""Sends that count towards an end, and days off, through crashes and lost triggers."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from facteur.domain.campaign import CampaignStatus
from facteur.domain.identity import CampaignId
from facteur.domain.recurrence import (
    EndsAfter,
    EndsOn,
    Monthly,
    MonthlyOrdinal,
    OffDays,
    Ordinal,
    Recurrence,
    Weekly,
)
from facteur.domain.requests import CampaignAction
from tests.simulation.campaigns import CampaignWorld, due
from tests.simulation.test_campaign_crashes import (
    ENOUGH_STEPS,
    assert_every_occurrence_is_made_once,
    assert_schedules_agree,
)
from tests.simulation.world import InterruptAt, KillAt

WEEK = timedelta(days=7)
THREE_MONDAYS = Weekly((1,), time(8), ends=EndsAfter(3))


def counted(world: CampaignWorld, campaign: CampaignId) -> int:
    """The Sends of occurrences that were not missed."""
    sends = world.sends(campaign)
    return sum(1 for send in sends if not send.failure or send.failure.code != "missed")


def _done(_result: object) -> None:
    """What happened meanwhile, whatever came of it."""


def to_the_next(world: CampaignWorld, campaign: CampaignId, *, copies: int = 1) -> None:
    """Move the clock to the next occurrence of a campaign; its schedule triggers it."""
    at = world.campaign(campaign).next_run_at
    assert at is not None
    world.until(at, copies=copies)


def go_on(world: CampaignWorld, campaign: CampaignId, *, periods: int = 12) -> None:
    """Let the occurrences of a campaign come until it is completed."""
    for _ in range(periods):
        if world.campaign(campaign).status is CampaignStatus.COMPLETED:
            break
        to_the_next(world, campaign)
        world.run_all()
        world.settle_down()
    assert world.campaign(campaign).status is CampaignStatus.COMPLETED
    assert_schedules_agree(world)
    assert_every_occurrence_is_made_once(world)


@pytest.mark.feature("B31", "B1")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
@pytest.mark.parametrize("copies", [1, 3])
def test_a_run_cut_short_at_any_step_counts_once(step: int, copies: int) -> None:
    world = CampaignWorld()
    campaign = world.start(THREE_MONDAYS)
    to_the_next(world, campaign, copies=copies)
    world.at_step = KillAt(step)

    world.run_all()
    world.settle_down()

    assert world.campaign(campaign).remaining == 2
    go_on(world, campaign)
    assert counted(world, campaign) == 3


@pytest.mark.feature("B31")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda world, _: world.run_all(),
        lambda world, campaign: world.edit(campaign, subject="Autre"),
        lambda world, campaign: world.take(campaign, CampaignAction.RUN),
    ],
    ids=["another worker", "an edit", "an extra run"],
)
def test_what_happens_during_a_run_changes_no_count(
    step: int, meanwhile: Callable[[CampaignWorld, CampaignId], object]
) -> None:
    world = CampaignWorld()
    campaign = world.start(THREE_MONDAYS)
    to_the_next(world, campaign)
    world.at_step = InterruptAt(step, world, lambda: _done(meanwhile(world, campaign)))

    world.run_all()
    world.settle_down()

    assert world.campaign(campaign).remaining == 2
    go_on(world, campaign)
    planned = [send for send in world.sends(campaign) if send.occurrence_at is not None]
    assert len(planned) == 3


@pytest.mark.feature("B31", "B3")
def test_a_late_run_counts_and_a_missed_or_skipped_one_does_not() -> None:
    world = CampaignWorld()
    campaign = world.start(THREE_MONDAYS)
    world.take(campaign, CampaignAction.SKIP)
    world.pass_time(2 * WEEK, lost=True)
    monday = world.campaign(campaign).next_run_at
    assert monday is not None
    world.clock.at = monday + timedelta(days=2)
    world.settle_down()
    assert world.campaign(campaign).remaining == 3

    world.until(monday + WEEK + timedelta(hours=3), lost=True)
    world.settle_down()

    assert world.campaign(campaign).remaining == 2
    assert world.sends(campaign)[-1].late
    go_on(world, campaign)
    assert (counted(world, campaign), len(world.sends(campaign))) == (3, 4)


@pytest.mark.feature("B31")
def test_a_retry_does_not_count() -> None:
    world = CampaignWorld()
    campaign = world.start(THREE_MONDAYS)
    world.bouncing = {"client@example.com"}
    to_the_next(world, campaign)
    world.run_all()
    world.settle_down()
    world.bouncing = set()

    world.retry(world.sends(campaign)[0].id)
    world.settle_down()

    assert world.campaign(campaign).remaining == 2


@pytest.mark.feature("B31")
def test_a_trigger_of_a_campaign_that_has_ended_does_nothing() -> None:
    world = CampaignWorld()
    campaign = world.start(Weekly((1,), time(8), ends=EndsAfter(1)))
    go_on(world, campaign)
    (send,) = world.sends(campaign)
    assert send.occurrence_at is not None

    world.due.messages += [due(campaign, send.occurrence_at), due(campaign, world.clock.now())]
    world.run_all()

    assert len(world.sends(campaign)) == 1


AT_THE_TURN: dict[str, tuple[Recurrence, list[str]]] = {
    "over the end of the year": (
        Monthly((31,), time(23, 50), off_days=OffDays.AFTER),
        # 30 November is a Monday and 31 December a Thursday; 31 January is a Sunday.
        ["2026-11-30T22:50", "2026-12-31T22:50", "2027-02-01T22:50", "2027-03-01T22:50"],
    ),
    "back over the first of January": (
        Monthly((1,), time(0, 5), off_days=OffDays.BEFORE),
        # 1 January is a holiday; 1 May is one, and a Saturday.
        [
            "2026-11-30T23:05",
            "2026-12-30T23:05",
            "2027-01-31T23:05",
            "2027-02-28T23:05",
            "2027-03-31T22:05",
            "2027-04-29T22:05",
        ],
    ),
    "the last working day": (
        MonthlyOrdinal(Ordinal.LAST, "working_day", time(8)),
        ["2026-11-30T07:00", "2026-12-31T07:00", "2027-01-29T07:00", "2027-02-26T07:00"],
    ),
    "a weekend that is one Monday": (
        Weekly((6, 7), time(8), off_days=OffDays.AFTER, ends=EndsOn(datetime(2026, 12, 13).date())),
        ["2026-11-30T07:00", "2026-12-07T07:00", "2026-12-14T07:00"],
    ),
}


@pytest.mark.feature("B30", "B29")
@pytest.mark.parametrize("name", AT_THE_TURN)
@pytest.mark.parametrize("lost", [False, True])
def test_days_off_move_a_send_across_midnight_month_and_year(name: str, lost: bool) -> None:
    recurrence, expected = AT_THE_TURN[name]
    world = CampaignWorld()
    campaign = world.start(recurrence)
    last = datetime.fromisoformat(expected[-1]).replace(tzinfo=UTC)

    while world.clock.now() < last + timedelta(minutes=30):
        world.pass_time(timedelta(hours=4), lost=lost)
        world.run_all()
        world.settle_down()

    sent = [send.occurrence_at for send in world.sends(campaign) if send.occurrence_at]
    assert [f"{at:%Y-%m-%dT%H:%M}" for at in sent] == expected
    assert all(send.failure is None for send in world.sends(campaign))
    assert_schedules_agree(world)
    assert_every_occurrence_is_made_once(world)
