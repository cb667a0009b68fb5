"""Campaigns whose processes are killed, fail or are interrupted at each step in turn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.errors import FacteurError, StoreThrottledError
from facteur.domain.identity import CampaignId, DocumentId
from facteur.domain.recurrence import Monthly, NoRecurrence, Once, Weekly
from facteur.domain.requests import CampaignAction
from facteur.domain.schedule_sync import schedule_of
from facteur.services.campaigns.run import RunResult
from tests.fakes import FakeSchedule
from tests.simulation.campaigns import LIST, MARIE, CampaignWorld, due
from tests.simulation.world import ORG, InterruptAt, KillAt

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
ENOUGH_STEPS = range(12)

type Act = Callable[[CampaignWorld, CampaignId], object]

ACTS: dict[str, Act] = {
    "pause": lambda world, campaign: world.take(campaign, CampaignAction.PAUSE),
    "resume": lambda world, campaign: world.take(campaign, CampaignAction.RESUME),
    "skip": lambda world, campaign: world.take(campaign, CampaignAction.SKIP),
    "run": lambda world, campaign: world.take(campaign, CampaignAction.RUN),
    "test": lambda world, campaign: world.take(campaign, CampaignAction.TEST),
    "hour": lambda world, campaign: world.edit(campaign, recurrence=Weekly((1,), time(10))),
    "zone": lambda world, campaign: world.edit(campaign, timezone="Asia/Tokyo"),
    "monthly": lambda world, campaign: world.edit(campaign, recurrence=Monthly((30,), time(8))),
    "none": lambda world, campaign: world.edit(campaign, recurrence=NoRecurrence()),
    "once": lambda world, campaign: world.edit(
        campaign, recurrence=Once(datetime(2026, 12, 24, 18, 30))
    ),
    "subject": lambda world, campaign: world.edit(campaign, subject="Autre"),
    "delete": lambda world, campaign: world.delete(campaign),
    "duplicate": lambda world, campaign: world.people.edit.duplicate(MARIE, campaign),
}


def assert_schedules_agree(world: CampaignWorld) -> None:
    """Every campaign has the schedule that it needs, and there is no other.

    A disabled schedule may remain for a single occurrence whose date passed during a pause.
    """
    now = world.clock.now()
    expected = {
        (ORG, campaign.id): FakeSchedule(schedule, campaign.status is CampaignStatus.ACTIVE)
        for campaign in world.campaigns().values()
        if (schedule := schedule_of(campaign, now)) is not None
    }
    standing = {
        key: one
        for key, one in world.schedules.standing.items()
        if key in expected or one.active or not isinstance(one.schedule.recurrence, Once)
    }
    assert standing == expected
    assert {campaign_id for _, campaign_id in world.schedules.standing} <= set(world.campaigns())


def assert_every_occurrence_is_made_once(world: CampaignWorld) -> None:
    assert all(count == 1 for count in world.occurrences().values())
    for mails in (world.accepted(row.id) for row in world.rows()):
        assert all(count == 1 for count in mails.values())
    for campaign in world.campaigns().values():
        assert campaign.next_run_at is None or campaign.next_run_at > world.clock.now()


@pytest.mark.feature("B16")
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_an_act_cut_short_at_any_step_is_done_or_undone_within_a_reconcile(
    act: str, step: int
) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.at_step = KillAt(step)

    world.killed(lambda: ACTS[act](world, campaign))
    world.settle_down()

    assert_schedules_agree(world)
    assert_every_occurrence_is_made_once(world)


@pytest.mark.feature("B16")
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("down", ["scheduler", "queue"])
def test_an_act_whose_scheduler_or_queue_is_down_is_made_good(act: str, down: str) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.schedules.is_down, world.due.is_down = down == "scheduler", down == "queue"

    refused = _tried(lambda: ACTS[act](world, campaign))
    world.settle_down()

    is_extra = act in {"run", "test"} and down == "queue"
    assert refused == ("queue_unavailable" if is_extra else "")

    assert_schedules_agree(world)
    assert_every_occurrence_is_made_once(world)


@pytest.mark.feature("B16")
@pytest.mark.parametrize(
    "recurrence", [Weekly((1,), time(8)), NoRecurrence(), Monthly((29,), time(8))]
)
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_creation_cut_short_leaves_no_orphan_and_no_silent_campaign(
    step: int, recurrence: Weekly | NoRecurrence | Monthly
) -> None:
    world = CampaignWorld()
    world.at_step = KillAt(step)

    world.killed(lambda: world.start(recurrence))
    world.settle_down()

    assert_schedules_agree(world)
    assert len(world.schedules.standing) in (0, len(world.campaigns()))
    if isinstance(recurrence, NoRecurrence):
        assert len(world.mailer.accepted) == len(world.campaigns())


def test_a_schedule_put_back_within_one_reconcile() -> None:
    world = CampaignWorld()
    world.schedules.is_down = True
    campaign = world.start()
    world.schedules.is_down = False
    world.pass_time(timedelta(minutes=5))

    world.reconcile()

    assert world.schedules.standing[ORG, campaign].active
    assert_schedules_agree(world)


@pytest.mark.feature("B1", "B3")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
@pytest.mark.parametrize("ready", [True, False])
def test_an_occurrence_cut_short_at_any_step_is_made_once(step: int, ready: bool) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.set_ready(LIST, ready=ready)
    world.until(MONDAY)
    world.at_step = KillAt(step)

    world.run_all()
    world.settle_down()

    assert world.occurrences() == {(campaign, MONDAY): 1}
    assert len(world.mailer.accepted) == 1  # the mail, or the notice of its failure
    assert world.campaign(campaign).next_run_at == MONDAY + WEEK
    assert_schedules_agree(world)


@pytest.mark.feature("B3")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_store_that_fails_during_a_run_costs_neither_the_occurrence_nor_a_second_mail(
    step: int,
) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY)
    steps = 0

    def fail(_: str) -> None:
        nonlocal steps
        steps += 1
        if steps == step + 1:
            raise StoreThrottledError("busy")

    world.at_step = fail
    world.run_all()
    world.settle_down()

    assert world.occurrences() == {(campaign, MONDAY): 1}
    assert len(world.mailer.accepted) == 1


@pytest.mark.feature("B1", "B11")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_run_now_cut_short_at_any_step_runs_once(step: int) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.take(campaign, CampaignAction.RUN)
    world.at_step = KillAt(step)

    world.run_all()
    world.settle_down()

    assert len(world.sends(campaign)) == 1
    assert len(world.mailer.accepted) == 1
    assert world.campaign(campaign).next_run_at == MONDAY


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("step", range(6))
def test_an_act_in_the_middle_of_a_run_wins_or_loses_whole(act: str, step: int) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY)

    refused: list[str] = []

    def meanwhile() -> None:
        refused.append(_tried(lambda: ACTS[act](world, campaign)))

    world.at_step = InterruptAt(step, world, meanwhile)
    world.run_all()
    world.settle_down()

    assert set(refused) <= {"", "occurrence_in_progress"}
    made = world.occurrences()
    # First the recipients are remembered, then the Send is written.
    dropped = act in {"pause", "delete"} and step <= 1
    assert made[campaign, MONDAY] == (0 if dropped else 1)
    assert_every_occurrence_is_made_once(world)
    assert_schedules_agree(world)
    if act == "pause" and dropped:
        assert world.campaign(campaign).skipped_at == (MONDAY,)


NEW_DATE = date(2027, 1, 31)


def dates_of(world: CampaignWorld, campaign: CampaignId) -> list[date]:
    """The dates of the lists that a campaign has sent."""
    return [send.documents[0].date for send in world.sends(campaign)]


@pytest.mark.feature("S48", "S49")
def test_a_new_date_for_an_occurrence_that_is_being_made_is_refused() -> None:
    world = CampaignWorld()
    campaign = world.start(auto_increment_date=True)
    world.until(MONDAY)
    refused: list[str] = []

    def meanwhile() -> None:
        dated = {"next_run_at": MONDAY, "next_document_date": NEW_DATE}
        refused.append(_tried(lambda: world.edit(campaign, **dated)))

    world.at_step = InterruptAt(0, world, meanwhile)
    world.run_all()
    world.until(MONDAY + WEEK)
    world.run_all()

    assert refused == ["occurrence_in_progress"]
    assert dates_of(world, campaign) == [date(2026, 11, 30), date(2026, 12, 7)]


@pytest.mark.feature("S48", "S49")
def test_other_documents_for_a_dated_occurrence_that_is_being_made_are_refused() -> None:
    world = CampaignWorld()
    campaign = world.start(auto_increment_date=True)
    other = replace(
        world.store.of(ORG).documents[LIST], id=DocumentId("01KBX3V5TQ8ZJ4M6N2W9RHCE3D")
    )
    world.add(other)
    world.until(MONDAY)

    assert _tried(lambda: world.edit(campaign, document_ids=[other.id])) == "occurrence_in_progress"


@pytest.mark.feature("S48", "S49")
def test_a_new_date_just_before_its_occurrence_is_what_the_list_carries() -> None:
    world = CampaignWorld()
    campaign = world.start(auto_increment_date=True)
    world.clock.at = MONDAY - timedelta(seconds=1)

    def meanwhile() -> None:
        world.edit(campaign, next_run_at=MONDAY, next_document_date=NEW_DATE)

    world.at_step = InterruptAt(0, world, meanwhile)
    result = world.run(due(campaign, MONDAY))
    world.until(MONDAY + WEEK)
    world.run_all()

    assert result is RunResult.QUEUED
    assert dates_of(world, campaign) == [NEW_DATE, date(2027, 2, 7)]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("other", ACTS)
@pytest.mark.parametrize("step", range(4))
def test_two_acts_at_once_leave_the_schedule_of_what_is_stored(
    act: str, other: str, step: int
) -> None:
    world = CampaignWorld()
    campaign = world.start()

    def meanwhile() -> None:
        _tried(lambda: ACTS[other](world, campaign))

    world.at_step = InterruptAt(step, world, meanwhile)
    _tried(lambda: ACTS[act](world, campaign))
    world.at_step = lambda _: None
    pending = [s for s in world.store.of(ORG).campaigns.values() if s.pending_until or s.deleting]

    if not pending:
        assert_schedules_agree(world)
    world.settle_down()
    assert_schedules_agree(world)
    assert_every_occurrence_is_made_once(world)


def _tried(act: Callable[[], object]) -> str:
    """Carry out an act; returns the code of its refusal, or ""."""
    try:
        act()
    except FacteurError as error:
        return error.code
    return ""


@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_two_reconcilers_at_once_do_no_harm(step: int) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY + timedelta(minutes=20), lost=True)
    world.schedules.standing.clear()
    world.at_step = InterruptAt(step, world, world.reconcile)

    world.reconcile()
    world.settle_down()

    assert world.occurrences() == {(campaign, MONDAY): 1}
    assert_schedules_agree(world)


@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_reconciler_cut_short_is_followed_by_another(step: int) -> None:
    world = CampaignWorld()
    campaign, gone = world.start(), world.start()
    world.schedules.is_down = True
    world.delete(gone)
    world.schedules.is_down = False
    world.until(MONDAY + timedelta(minutes=20), lost=True)
    world.schedules.standing.pop((ORG, campaign))
    world.at_step = KillAt(step)

    world.reconcile()
    world.settle_down()

    assert world.occurrences() == {(campaign, MONDAY): 1}
    assert set(world.campaigns()) == {campaign}
    assert_schedules_agree(world)


@pytest.mark.parametrize("step", range(6))
def test_reconcile_in_the_middle_of_a_run_makes_no_second_one(step: int) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY + timedelta(minutes=20), lost=True)
    world.at_step = InterruptAt(step, world, world.reconcile)

    world.run(due(campaign, MONDAY))
    world.settle_down()

    assert world.occurrences() == {(campaign, MONDAY): 1}
    assert len(world.mailer.accepted) == 1


@pytest.mark.feature("B12")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_the_third_failure_pauses_whatever_step_its_worker_dies_at(step: int) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.set_ready(LIST, ready=False)
    for week in range(2):
        world.until(MONDAY + week * WEEK)
        world.run_all()
        world.settle_down()
    world.until(MONDAY + 2 * WEEK)
    world.at_step = KillAt(step)

    world.run_all()
    world.settle_down()

    assert len(world.sends(campaign)) == 3
    assert world.campaign(campaign).status is CampaignStatus.PAUSED
    assert all(row.notified for row in world.rows())
    assert_schedules_agree(world)


def test_the_acts_are_what_they_say() -> None:
    done: dict[str, Campaign | None] = {}
    for name, act in ACTS.items():
        world = CampaignWorld()
        campaign = world.start()
        world.steps.clear()
        act(world, campaign)
        assert len(world.steps) < len(ENOUGH_STEPS)
        done[name] = world.campaigns().get(campaign)

    assert done["delete"] is None
    assert done["pause"] is not None
    assert done["pause"].status is CampaignStatus.PAUSED
    assert done["hour"] is not None
    assert done["hour"].next_run_at == MONDAY + timedelta(hours=2)
