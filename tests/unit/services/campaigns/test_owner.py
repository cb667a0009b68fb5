"""A campaign whose owner is gone passes to an administrator, who is told once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from facteur.domain.errors import UnavailableError
from facteur.domain.identity import CampaignId, UserId, UserRole
from facteur.domain.send import Origin, Send
from facteur.domain.settings import OrganizationSettings, Profile
from facteur.services.campaigns.run import RunResult
from tests.simulation.campaigns import MARIE, CampaignWorld, due
from tests.simulation.world import ORG, KillAt

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
PAUL, ANA = UserId("paul"), UserId("ana")
ENOUGH_STEPS = range(6)


def with_people(world: CampaignWorld, **roles: UserRole) -> None:
    """Marie leaves; these people stay."""
    profiles = world.store.of(ORG).profiles
    del profiles[MARIE.user]
    for name, role in roles.items():
        user = UserId(name)
        profiles[user] = Profile(
            user=user, name=name.title(), email=f"{name}@atelier.example", role=role, version=1
        )


def started(**roles: UserRole) -> tuple[CampaignWorld, CampaignId]:
    """A campaign of Marie, who left before its first occurrence."""
    world = CampaignWorld()
    campaign = world.start()
    with_people(world, **roles)
    world.until(MONDAY)
    return world, campaign


def notices(world: CampaignWorld) -> list[Send]:
    return [send for send in world.store.of(ORG).sends.values() if send.origin is Origin.NOTICE]


@pytest.mark.feature("B45")
def test_the_first_administrator_by_id_owns_it_and_is_told() -> None:
    world, campaign = started(paul=UserRole.ADMIN, ana=UserRole.ADMIN, aaron=UserRole.MEMBER)

    results = world.run_all()
    world.settle_down()

    assert results == [RunResult.QUEUED]
    assert world.campaign(campaign).owner == ANA
    (send,) = world.sends(campaign)
    assert (send.created_by, send.sender.address) == (ANA, "ana@atelier.example")
    (notice,) = notices(world)
    assert notice.subject == "Une campagne vous est confiée\u00a0: Liste du lundi"
    assert world.accepted(notice.id) == {"ana@atelier.example": 1}


@pytest.mark.feature("B45")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_death_at_any_step_hands_over_once_tells_once_and_sends_once(step: int) -> None:
    world, campaign = started(ana=UserRole.ADMIN)
    world.at_step = KillAt(step)

    world.run_all()
    world.at_step = lambda _: None
    world.run(due(campaign, MONDAY))
    world.settle_down()

    assert world.campaign(campaign).owner == ANA
    (send,) = world.sends(campaign)
    assert world.accepted(send.id) == {"client@example.com": 1}
    assert [world.accepted(notice.id) for notice in notices(world)] == [{"ana@atelier.example": 1}]


@pytest.mark.feature("B45")
def test_it_passes_on_again_when_the_second_owner_leaves_too() -> None:
    world, campaign = started(ana=UserRole.ADMIN)
    world.run_all()
    profiles = world.store.of(ORG).profiles
    profiles[PAUL] = replace(profiles.pop(ANA), user=PAUL, email="paul@atelier.example")

    world.until(MONDAY + WEEK)
    world.run_all()

    assert world.campaign(campaign).owner == PAUL
    assert [notice.recipients[0].address for notice in notices(world)] == [
        "ana@atelier.example",
        "paul@atelier.example",
    ]


@pytest.mark.feature("B45")
def test_a_colleague_who_takes_it_over_meanwhile_keeps_it() -> None:
    world, campaign = started(ana=UserRole.ADMIN)

    def take_over(step: str) -> None:
        if step == "change_campaign" and world.campaign(campaign).owner == MARIE.user:
            stored = world.store.of(ORG).campaigns[campaign]
            taken = replace(stored.campaign, owner=PAUL, version=stored.campaign.version + 1)
            world.store.of(ORG).campaigns[campaign] = replace(stored, campaign=taken)
            profile = world.store.of(ORG).profiles[ANA]
            world.store.of(ORG).profiles[PAUL] = replace(profile, user=PAUL)

    world.at_step = take_over
    world.run_all()

    assert world.campaign(campaign).owner == PAUL
    assert [send.created_by for send in world.sends(campaign)] == [PAUL]


@pytest.mark.feature("B45")
def test_an_administrator_who_cannot_be_mailed_owns_it_and_the_send_says_why() -> None:
    world, campaign = started(ana=UserRole.ADMIN)
    world.store.of(ORG).settings = OrganizationSettings(name="Atelier", version=2)

    world.run_all()

    assert world.campaign(campaign).owner == ANA
    (send,) = world.sends(campaign)
    assert send.failure is not None
    assert send.failure.code == "sender_not_verified"
    assert notices(world) == []


def test_a_store_that_does_not_answer_hands_nothing_over() -> None:
    world, campaign = started(ana=UserRole.ADMIN)

    def down(step: str) -> None:
        if step == "create_send":
            raise UnavailableError("store_unavailable")

    world.at_step = down
    results = world.run_all()

    assert results == [None]
    assert world.campaign(campaign).owner == MARIE.user
