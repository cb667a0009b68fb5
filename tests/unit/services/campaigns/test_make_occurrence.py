"""After unexpected exceptions a run is tried again, then failed with a notice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from facteur.domain.attempts import GIVE_UP_AFTER
from facteur.domain.content import DocumentType, UploadedFile, UploadedPdf
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import CampaignId
from facteur.domain.requests import CampaignAction
from facteur.domain.send import Origin, Send, SendStatus
from facteur.services.campaigns.make_occurrence import LAST_RECEPTION
from facteur.services.campaigns.run import RunResult
from tests.simulation.campaigns import LIST, CampaignWorld
from tests.simulation.world import ORG, InterruptAt, KillAt

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
BROKEN = ValueError("no glyph for this letter")
DOWN = UnavailableError("archive_unavailable")
ENOUGH_STEPS = range(8)

type Trigger = Callable[[CampaignWorld, CampaignId], object]
TRIGGERS: dict[str, Trigger] = {
    "occurrence": lambda world, _: world.until(MONDAY),
    "run now": lambda world, campaign: world.take(campaign, CampaignAction.RUN),
    "test": lambda world, campaign: world.take(campaign, CampaignAction.TEST),
}
every_run = pytest.mark.parametrize("trigger", TRIGGERS)


def a_run(trigger: str) -> tuple[CampaignWorld, CampaignId]:
    """A campaign one of whose runs is in the queue."""
    world = CampaignWorld()
    campaign = world.start()
    TRIGGERS[trigger](world, campaign)
    return world, campaign


def receive(world: CampaignWorld, *receptions: int) -> None:
    for count in receptions:
        world.run_all(receive_count=count)


def sends_of(world: CampaignWorld, campaign: CampaignId) -> list[Send]:
    return [*world.sends(campaign), *world.sends(campaign, origin=Origin.TEST)]


@every_run
@pytest.mark.feature("B3", "B25")
def test_a_run_that_breaks_again_and_again_is_failed_and_its_sender_notified(trigger: str) -> None:
    world, campaign = a_run(trigger)
    world.renderer.fault = BROKEN

    receive(world, *range(1, GIVE_UP_AFTER))
    early = sends_of(world, campaign)
    receive(world, GIVE_UP_AFTER)
    world.settle_down()

    assert not early
    (send,) = sends_of(world, campaign)
    row = world.row(send.id)
    assert row.progress.status is SendStatus.FAILED
    assert row.progress.error is not None
    assert (row.progress.error.code, row.progress.error.detail) == ("render_failed", "ValueError")
    assert [document.name for document in row.documents] == ["Équipe Bercy"]
    assert len(world.notices_of(send.id)) == len(world.mailer.accepted) == 1
    assert not world.due.messages
    following = MONDAY + WEEK if trigger == "occurrence" else MONDAY
    assert world.campaign(campaign).next_run_at == following


@every_run
@pytest.mark.feature("B1")
def test_a_run_given_up_is_not_made_after_all_by_a_late_copy(trigger: str) -> None:
    world, campaign = a_run(trigger)
    copies = list(world.due.messages)
    world.renderer.fault = BROKEN
    receive(world, GIVE_UP_AFTER)

    world.renderer.fault = None
    results = [world.run(copy) for copy in copies]
    world.settle_down()

    assert results == [RunResult.NOT_DUE]
    (send,) = sends_of(world, campaign)
    assert send.failure is not None
    assert not world.accepted(send.id)


@every_run
@pytest.mark.feature("B1")
@pytest.mark.parametrize("succeeds_first", [True, False])
def test_of_one_that_gives_up_and_one_that_succeeds_the_first_counts(
    trigger: str, succeeds_first: bool
) -> None:
    world, campaign = a_run(trigger)
    (message,) = world.due.messages
    counts = (GIVE_UP_AFTER, 1) if succeeds_first else (1, GIVE_UP_AFTER)
    world.renderer.fault = BROKEN if succeeds_first else None

    def meanwhile() -> None:
        world.renderer.fault = None if succeeds_first else BROKEN
        world.run(message, receive_count=counts[1])

    world.at_step = InterruptAt(0, world, meanwhile)
    world.run(message, receive_count=counts[0])
    world.renderer.fault = None
    world.settle_down()

    (send,) = sends_of(world, campaign)
    assert (send.failure is None) is succeeds_first
    assert sum(world.accepted(send.id).values()) == succeeds_first


@every_run
@pytest.mark.feature("B25")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_a_worker_killed_while_giving_up_leaves_one_send_and_one_notice(
    trigger: str, step: int
) -> None:
    world, campaign = a_run(trigger)
    world.renderer.fault = BROKEN
    world.at_step = KillAt(step)

    receive(world, GIVE_UP_AFTER)
    world.at_step = lambda _: None
    receive(world, GIVE_UP_AFTER + 1)
    world.settle_down()

    (send,) = sends_of(world, campaign)
    assert send.failure is not None
    assert len(world.notices_of(send.id)) == len(world.mailer.accepted) == 1


@every_run
@pytest.mark.feature("B3")
def test_what_goes_away_by_itself_is_tried_for_as_long_as_it_takes(trigger: str) -> None:
    world, campaign = a_run(trigger)
    world.renderer.fault = DOWN

    receive(world, *range(1, LAST_RECEPTION))
    early = sends_of(world, campaign)
    world.renderer.fault = None
    receive(world, LAST_RECEPTION - 1)
    world.settle_down()

    assert not early
    (send,) = sends_of(world, campaign)
    assert world.row(send.id).progress.status is SendStatus.SENT


@pytest.mark.feature("B3", "B25")
@pytest.mark.parametrize("trigger", ["run now", "test"])
def test_an_extra_run_fails_at_the_last_reception_of_its_message(
    trigger: str,
) -> None:
    world, campaign = a_run(trigger)

    receive(world, LAST_RECEPTION)
    world.settle_down()

    (send,) = sends_of(world, campaign)
    assert send.failure is not None
    assert send.failure.code == "render_failed"
    assert len(world.notices_of(send.id)) == 1


def test_an_occurrence_is_still_tried_then_because_reconcile_triggers_it_again() -> None:
    world, campaign = a_run("occurrence")

    receive(world, LAST_RECEPTION)

    (send,) = sends_of(world, campaign)
    assert send.failure is None


@pytest.mark.feature("B17", "B25")
def test_an_imported_pdf_that_is_gone_from_the_archive_fails_its_occurrence() -> None:
    world, campaign = a_run("occurrence")
    document = world.store.of(ORG).documents[LIST]
    content = UploadedPdf(
        type=DocumentType.STAFF_LIST,
        name="Équipe Bercy",
        number="",
        date=date(2026, 11, 30),
        upload=UploadedFile(sha256="0" * 64, size=4),
    )
    world.add(replace(document, content=content))

    receive(world, GIVE_UP_AFTER)
    world.settle_down()

    (send,) = sends_of(world, campaign)
    assert send.failure is not None
    assert send.failure.code == "render_failed"
