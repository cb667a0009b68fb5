"""Hosts are told everything, and nothing that is not so, wherever a process dies."""

from collections.abc import Callable

import pytest

from facteur.domain.identity import SendId
from facteur.ports import ReceiverAnswer
from tests.fakes import Posted
from tests.simulation.hooks import HookWorld
from tests.simulation.world import FailAt, KillAt, KilledError

GOOD, BAD = "a@x.example", "b@x.example"
ENOUGH_STEPS = range(14)


def prepared() -> tuple[HookWorld, SendId]:
    world = HookWorld()
    world.bouncing = {BAD}
    send = world.create(GOOD, BAD, separate=True)
    world.steps.clear()
    return world, send


def everything(send: SendId) -> set[tuple[str, str]]:
    """What became of a Send to GOOD and BAD."""
    return {
        ("send.sent", send),
        ("send.failed", send),
        ("recipient.delivered", f"{send} 0"),
        ("recipient.bounced", f"{send} 1"),
    }


@pytest.mark.feature("B41")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
@pytest.mark.parametrize("how", [KillAt, FailAt])
def test_deliver_dies_at_each_step(step: int, how: Callable[[int], Callable[[str], None]]) -> None:
    world, send = prepared()
    world.at_step = how(step)

    world.deliver(*world.queue)
    world.tell_to_the_end()

    assert world.told() >= everything(send) - {("send.sent", send)}
    assert world.told() <= everything(send)


@pytest.mark.feature("B41")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
@pytest.mark.parametrize("how", [KillAt, FailAt])
def test_track_dies_at_each_step(step: int, how: Callable[[int], Callable[[str], None]]) -> None:
    world, send = prepared()
    world.deliver(*world.queue)
    world.at_step = how(step)

    waiting, world.events = world.events, []
    world.events = [event for event in waiting if not world.track(event)]
    world.tell_to_the_end()

    assert world.told() == everything(send)


@pytest.mark.feature("B41")
def test_status_is_written_and_the_event_is_not_queued() -> None:
    world, send = prepared()

    def die(step: str) -> None:
        if step == "hooks":
            raise KilledError

    world.at_step = die
    world.deliver(*world.queue)
    lost = list(world.hooks.messages)
    world.tell_to_the_end()

    assert lost == []
    assert ("send.sent", send) in world.told()


@pytest.mark.feature("B41")
@pytest.mark.parametrize("step", range(3))
def test_notify_dies_at_each_step(step: int) -> None:
    world, send = prepared()
    world.deliver(*world.queue)
    world.at_step = KillAt(step)

    world.notify_all()
    world.tell_to_the_end()

    assert world.told() == everything(send)


@pytest.mark.feature("B41")
def test_receiver_answers_after_the_process_died() -> None:
    world, send = prepared()
    deaths = iter([True])

    def die_once(_: Posted) -> None:
        if next(deaths, False):
            raise KilledError

    world.receivers.on_post = die_once
    world.tell_to_the_end()

    assert world.told() == everything(send)
    assert len(world.receivers.posted) == len(everything(send)) + 1


@pytest.mark.feature("B41")
@pytest.mark.parametrize("status", [302, 404, 500])
def test_receiver_that_fails_for_a_day_is_told_everything_then(status: int) -> None:
    world, send = prepared()
    world.receivers.answers = [ReceiverAnswer(status, "")] * 28

    world.tell_to_the_end()

    assert world.told() == everything(send)


def test_enough_steps_are_tried() -> None:
    world, _ = prepared()
    last = KillAt(ENOUGH_STEPS.stop)
    world.at_step = last
    world.deliver(*world.queue)

    assert last.steps <= ENOUGH_STEPS.stop
