"""What is stored of a campaign cannot be read: damaged, or with a time zone that is gone.

It must not end in a dead-letter queue alone, where nobody of the organization looks: an
administrator is told, once for each run. What it has sent before still gets its outcomes.
"""

from datetime import UTC, datetime, timedelta

import pytest

from facteur.domain.attempts import GIVE_UP_AFTER
from facteur.domain.identity import CampaignId, UserId, UserRole
from facteur.domain.requests import CampaignAction
from facteur.domain.send import Origin, Send, SendStatus
from facteur.domain.settings import Profile
from facteur.services.campaigns.run import RunResult
from tests.simulation.campaigns import CampaignWorld, due
from tests.simulation.world import ORG, KillAt

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
ANA = UserId("ana")


def unreadable(*, administrator: bool = True) -> tuple[CampaignWorld, CampaignId]:
    """A campaign that cannot be read, whose occurrence is due."""
    world = CampaignWorld()
    campaign = world.start()
    if administrator:
        world.store.of(ORG).profiles[ANA] = Profile(
            user=ANA, name="Ana", email="ana@atelier.example", role=UserRole.ADMIN, version=1
        )
    world.until(MONDAY)
    world.store.unreadable = {campaign}
    return world, campaign


def notices(world: CampaignWorld) -> list[Send]:
    return [send for send in world.store.of(ORG).sends.values() if send.origin is Origin.NOTICE]


@pytest.mark.feature("B3", "B25")
def test_an_administrator_is_told_once_after_some_attempts() -> None:
    world, campaign = unreadable()

    for count in range(1, GIVE_UP_AFTER):
        assert world.run_all(receive_count=count) == [None]
    early = notices(world)
    results = world.run_all(receive_count=GIVE_UP_AFTER)
    again = world.run(due(campaign, MONDAY), receive_count=GIVE_UP_AFTER)
    world.deliver(*world.queue)

    (notice,) = notices(world)
    assert not early
    assert (results, again) == ([RunResult.UNREADABLE], RunResult.UNREADABLE)
    assert campaign in notice.body
    assert "transmettez ce message à la personne qui exploite Facteur" in notice.body
    assert world.accepted(notice.id) == {"ana@atelier.example": 1}
    assert not world.due.messages


@pytest.mark.parametrize("step", range(4))
def test_a_death_at_any_step_tells_once(step: int) -> None:
    world, campaign = unreadable()
    world.at_step = KillAt(step)

    world.run(due(campaign, MONDAY), receive_count=GIVE_UP_AFTER)
    world.at_step = lambda _: None
    world.run(due(campaign, MONDAY), receive_count=GIVE_UP_AFTER + 1)
    world.store.unreadable = set()
    world.run_to_the_end()

    (notice,) = notices(world)
    assert world.accepted(notice.id) == {"ana@atelier.example": 1}


def test_without_anybody_to_tell_the_message_is_kept_for_the_dead_letter_queue() -> None:
    world, _ = unreadable(administrator=False)

    assert world.run_all(receive_count=GIVE_UP_AFTER) == [None]
    assert not notices(world)
    assert len(world.due.messages) == 1


@pytest.mark.parametrize("action", [CampaignAction.RUN, CampaignAction.TEST])
def test_each_run_that_somebody_asked_for_is_told_of(action: CampaignAction) -> None:
    world, campaign = unreadable()
    world.store.unreadable = set()
    world.take(campaign, action)
    world.store.unreadable = {campaign}

    results = world.run_all(receive_count=GIVE_UP_AFTER)

    assert results == [RunResult.UNREADABLE] * 2
    assert len(notices(world)) == 2


@pytest.mark.feature("B5", "B25")
def test_what_it_has_sent_before_still_ends_with_its_notice() -> None:
    world, campaign = unreadable()
    world.store.unreadable = set()
    world.bouncing = {"client@example.com"}
    world.run_all()
    world.deliver(*world.queue)
    world.store.unreadable = {campaign}

    tracked = [world.track(event) for event in world.events]

    (send,) = world.sends(campaign)
    assert all(tracked)
    assert world.row(send.id).progress.status is SendStatus.FAILED
    (notice,) = notices(world)
    assert (
        "Campagne «\u00a0Liste du lundi\u00a0», envoi prévu le 30/11/2026 à 08:00." in notice.body
    )
    assert world.clock.now() < MONDAY + timedelta(minutes=1)
