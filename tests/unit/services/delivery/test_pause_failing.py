"""A campaign pauses itself after three occurrences in a row that reached nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from facteur.domain.campaign import CampaignStatus, PauseReason
from facteur.domain.errors import PermanentSendError
from facteur.domain.identity import SendId
from facteur.domain.message import MessageEvent
from facteur.domain.requests import CampaignAction
from facteur.domain.send import Origin, Send
from facteur.domain.send_row import reached_nobody
from facteur.ports import SesEvent
from tests.fakes import CONSOLE
from tests.simulation.campaigns import LIST, CampaignWorld
from tests.simulation.world import ORG, InterruptAt, KillAt

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
"""Eight o'clock in Paris, on the Monday after the world begins."""
WEEK = timedelta(days=7)


def refuse_next(world: CampaignWorld) -> None:
    """SES refuses the next mail, and the notice of it is lost on its way."""
    world.queue.clear()
    world.mailer.faults = [(PermanentSendError("address_rejected"), False)]


@pytest.mark.feature("B12")
def test_the_third_occurrence_in_a_row_that_reached_nobody_pauses_the_campaign() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.set_ready(LIST, ready=False)

    for week in range(3):
        assert world.campaign(campaign).status is CampaignStatus.ACTIVE
        world.until(MONDAY + week * WEEK)
        world.run_all()
    paused = world.campaign(campaign)
    world.reconcile()

    assert paused.status is CampaignStatus.PAUSED
    assert paused.pause_reason is PauseReason.REACHED_NOBODY
    assert paused.next_run_at is None
    assert not world.schedules.standing[ORG, campaign].active


@pytest.mark.feature("B12")
def test_a_late_bounce_pauses_the_campaign_too() -> None:
    world = CampaignWorld()
    world.bouncing = {"client@example.com"}
    campaign = world.start()
    for week in range(3):
        world.until(MONDAY + week * WEEK)
        world.run_all()
        world.deliver(*world.queue)
    assert world.campaign(campaign).status is CampaignStatus.ACTIVE

    while world.events:
        world.track(world.events.pop(0))

    assert world.campaign(campaign).pause_reason is PauseReason.REACHED_NOBODY


@pytest.mark.feature("B12")
def test_a_campaign_that_was_resumed_is_not_paused_by_a_late_event_of_an_old_occurrence() -> None:
    world = CampaignWorld()
    world.bouncing = {"client@example.com"}
    campaign = world.start()
    for week in range(3):
        world.until(MONDAY + week * WEEK)
        world.run_all()
        world.deliver(*world.queue)
    bounces = [event for event in world.events if event.event is MessageEvent.HARD_BOUNCED]
    while world.events:
        world.track(world.events.pop(0))
    assert world.campaign(campaign).pause_reason is PauseReason.REACHED_NOBODY
    world.take(campaign, CampaignAction.RESUME)
    (before,) = [row for row in world.rows() if row.id == bounces[2].send]

    named = tuple(replace(one, detail="550 unknown") for one in bounces[2].named)
    world.track(replace(bounces[2], at=bounces[2].at - timedelta(seconds=1), named=named))

    assert world.row(bounces[2].send).progress != before.progress
    assert world.campaign(campaign).status is CampaignStatus.ACTIVE


@pytest.mark.feature("B12")
def test_one_more_occurrence_that_reaches_nobody_pauses_a_resumed_campaign_again() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.set_ready(LIST, ready=False)
    for week in range(3):
        world.until(MONDAY + week * WEEK)
        world.run_all()
    world.set_ready(LIST, ready=True)
    world.take(campaign, CampaignAction.RESUME)
    world.set_ready(LIST, ready=False)

    world.until(MONDAY + 3 * WEEK)
    world.run_all()

    assert world.campaign(campaign).pause_reason is PauseReason.REACHED_NOBODY


@pytest.mark.feature("B12")
def test_one_recipient_reached_in_three_occurrences_keeps_the_campaign_active() -> None:
    world = CampaignWorld()
    campaign = world.start(recipients=["a@example.com, b@example.com"], separate=True)
    refused = PermanentSendError("address_rejected")
    for week, faults in enumerate((2, 1, 2, 2)):
        world.mailer.faults = [(refused, False)] * faults
        world.until(MONDAY + week * WEEK)
        world.run_all()
        while world.queue:
            world.deliver(world.queue[0])
        world.events.clear()

    assert world.campaign(campaign).status is CampaignStatus.ACTIVE


@pytest.mark.feature("B12")
def test_tests_and_retries_do_not_count_as_occurrences() -> None:
    world = CampaignWorld()
    campaign = world.start()
    for week in range(2):
        refuse_next(world)
        world.until(MONDAY + week * WEEK)
        world.run_all()
        world.deliver(*world.queue)
    runs = world.sends(campaign)

    refuse_next(world)
    retry = world.retry(runs[-1].id)
    world.deliver(*world.queue)
    refuse_next(world)
    world.take(campaign, CampaignAction.TEST)
    world.run_all()
    world.deliver(*world.queue)

    (test,) = world.sends(campaign, origin=Origin.TEST)
    for send in (*runs, retry, test):
        assert reached_nobody(world.row(send.id))
    assert (len(runs), retry.campaign_id) == (2, campaign)
    assert world.campaign(campaign).status is CampaignStatus.ACTIVE


@pytest.mark.feature("B12")
def test_ten_tests_between_failed_occurrences_do_not_hide_the_earlier_ones() -> None:
    world = CampaignWorld()
    campaign = world.start()
    for week in range(3):
        if week == 2:
            for _ in range(10):
                world.take(campaign, CampaignAction.TEST)
                world.run_all()
                world.deliver(*world.queue)
        refuse_next(world)
        world.until(MONDAY + week * WEEK)
        world.run_all()
        world.deliver(*world.queue)

    assert len(world.sends(campaign, origin=Origin.TEST)) == 10
    assert world.campaign(campaign).pause_reason is PauseReason.REACHED_NOBODY


def late_bounces(world: CampaignWorld) -> list[SesEvent]:
    """Three occurrences that SES accepted, and their bounces, which have not come yet."""
    world.bouncing = {"client@example.com"}
    for week in range(3):
        world.until(MONDAY + week * WEEK)
        world.run_all()
        world.deliver(*world.queue)
    bounces = [event for event in world.events if event.event is MessageEvent.HARD_BOUNCED]
    world.events.clear()
    return bounces


@pytest.mark.feature("B12")
@pytest.mark.parametrize("step", range(3))
def test_two_bounces_at_once_pause_the_campaign_at_the_third_failure(step: int) -> None:
    world = CampaignWorld()
    campaign = world.start()
    first, second, third = late_bounces(world)
    world.track(first)

    def meanwhile() -> None:
        assert world.track(third)

    world.at_step = InterruptAt(step, world, meanwhile)
    world.track(second)

    assert all(reached_nobody(world.row(event.send)) for event in (first, second, third))
    assert world.campaign(campaign).pause_reason is PauseReason.REACHED_NOBODY


@pytest.mark.feature("B12")
def test_the_third_failure_pauses_while_lists_lag_behind() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.set_ready(LIST, ready=False)
    world.store.lists_lag = True

    for week in range(3):
        world.until(MONDAY + week * WEEK)
        world.run_all()

    assert world.campaign(campaign).pause_reason is PauseReason.REACHED_NOBODY


def notices_that_say_paused(world: CampaignWorld) -> list[str]:
    """Bodies of the notices that say that the campaign has paused itself."""
    notices = [one for one in world.store.of(ORG).sends.values() if one.origin is Origin.NOTICE]
    return [notice.body for notice in notices if "elle s’est mise en pause" in notice.body]


@pytest.mark.feature("B12", "B25")
def test_the_last_of_three_notices_says_that_the_campaign_paused_itself_and_how_to_resume() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.set_ready(LIST, ready=False)

    for week in range(3):
        assert not notices_that_say_paused(world)
        world.until(MONDAY + week * WEEK)
        world.run_all()

    (said,) = notices_that_say_paused(world)
    assert "Campagne «\u00a0Liste du lundi\u00a0», envoi prévu le 14/12/2026 à 08:00." in said
    assert f"«\u00a0Reprendre\u00a0»\u00a0: {CONSOLE.campaign(campaign)}" in said
    assert all(row.notified and row.overdue_at is None for row in world.rows())


@pytest.mark.feature("B12", "B25")
@pytest.mark.parametrize("step", range(4))
def test_two_bounces_at_once_pause_the_campaign_and_somebody_is_told(step: int) -> None:
    world = CampaignWorld()
    world.start()
    first, second, third = late_bounces(world)
    world.track(first)

    world.at_step = InterruptAt(step, world, lambda: world.track(third))
    world.track(second)
    world.settle_down()

    assert notices_that_say_paused(world)
    assert [len(notices_about(world, row.id)) for row in world.rows()] == [1, 1, 1]


@pytest.mark.feature("B12", "B25")
@pytest.mark.parametrize("step", range(8))
def test_a_worker_killed_at_any_step_of_the_third_failure_leaves_one_notice_that_says_so(
    step: int,
) -> None:
    world = CampaignWorld()
    campaign = world.start()
    first, second, third = late_bounces(world)
    world.track(first)
    world.track(second)
    world.at_step = KillAt(step)

    if not world.track(third):
        world.at_step = lambda _: None
        world.track(third)
    world.settle_down()

    assert world.campaign(campaign).pause_reason is PauseReason.REACHED_NOBODY
    assert len(notices_that_say_paused(world)) == 1
    assert [len(notices_about(world, row.id)) for row in world.rows()] == [1, 1, 1]


def notices_about(world: CampaignWorld, send: SendId) -> list[Send]:
    sends = world.store.of(ORG).sends.values()
    notices = [each for each in sends if each.origin is Origin.NOTICE]
    return [notice for notice in notices if CONSOLE.send(send) in notice.body]
