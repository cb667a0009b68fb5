"""The address book beside Sends: killed or broken at any step, it neither costs nor repeats one."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from facteur.domain.errors import StoreThrottledError
from facteur.domain.known_recipient import AddressState
from facteur.domain.requests import CampaignAction
from tests.simulation.campaigns import CampaignWorld
from tests.simulation.test_campaign_crashes import MONDAY
from tests.simulation.world import ORG, InterruptAt, KillAt, World

BOUNCING, REACHED = "gone@x.example", "zoe@x.example"
ENOUGH_STEPS = range(12)


def failing(error: Exception) -> Callable[[str], None]:
    """The store takes no recipients, and everything else."""

    def step(name: str) -> None:
        if name in ("remember", "record_standing"):
            raise error

    return step


@pytest.mark.feature("B1", "B33")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_run_killed_at_any_step_sends_once_and_its_recipients_are_known(step: int) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY)
    world.at_step = KillAt(step)

    world.run_all()
    world.settle_down()

    recipients = world.campaign(campaign).draft.recipients
    assert world.occurrences() == {(campaign, MONDAY): 1}
    assert len(world.mailer.accepted) == 1
    assert world.store.of(ORG).contacts.keys() == set(recipients)


@pytest.mark.feature("B1", "B33")
@pytest.mark.parametrize("error", [StoreThrottledError("busy"), ValueError("not readable")])
def test_a_book_that_takes_nothing_keeps_no_mail_back(error: Exception) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.take(campaign, CampaignAction.RUN)
    world.at_step = failing(error)

    world.run_all()
    world.settle_down()

    assert len(world.sends(campaign)) == 1
    assert len(world.mailer.accepted) == 1


def bounced_and_delivered(at_step: Callable[[str], None]) -> World:
    """A Send to two, of which one bounces; ``at_step`` while its events are tracked."""
    world = World()
    world.bouncing = {BOUNCING}
    world.create(BOUNCING, REACHED, separate=True)
    while world.queue:
        world.deliver(world.queue[0])
    world.at_step = at_step
    events, world.events = world.events, []
    again = [event for event in events if not world.track(event)]
    world.at_step = lambda _: None
    assert all(world.track(event) for event in again)
    world.run_to_the_end()
    return world


@pytest.mark.feature("B5", "B35")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_tracker_killed_at_any_step_flags_the_address_in_the_end(step: int) -> None:
    world = bounced_and_delivered(KillAt(step))

    standings = world.store.of(ORG).standings
    assert {address: one.state for address, one in standings.items()} == {
        BOUNCING: AddressState.BOUNCED
    }
    assert world.rows()[0].progress.failed_count == 1


@pytest.mark.feature("B5", "B35")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_delivery_told_in_the_middle_of_a_bounce_clears_it_whichever_is_first(step: int) -> None:
    world = World()
    world.bouncing = {BOUNCING}
    world.create(BOUNCING)
    world.deliver(world.queue[0])
    bounce = world.events[-1]
    world.events = []
    world.bouncing = set()
    world.clock.advance(timedelta(hours=1))
    later = world.create(BOUNCING)
    while world.queue:
        world.deliver(world.queue[0])
    deliveries, world.events = world.events, []

    def meanwhile() -> None:
        for event in deliveries:
            assert world.track(event)

    interruption = InterruptAt(step, world, meanwhile)
    world.at_step = interruption
    assert world.track(bounce)
    if interruption.steps <= step:
        meanwhile()
    world.run_to_the_end()

    assert world.row(later).progress.failed_count == 0
    states = {one.state for one in world.store.of(ORG).standings.values()}
    assert states <= {AddressState.OK}


def test_a_standing_that_cannot_be_stored_comes_again_and_the_send_ends_meanwhile() -> None:
    world = bounced_and_delivered(failing(StoreThrottledError("busy")))

    assert world.rows()[0].progress.is_finished
    assert world.store.of(ORG).standings.keys() == {BOUNCING}
