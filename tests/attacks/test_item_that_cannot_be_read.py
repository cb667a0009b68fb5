"""An item that a run needs is missing, or holds something that cannot be read.

A user removed by the runbook, a document that another version has written, a damaged item: the
campaign that needs it must not stand still without a word. Every run ends: in a Send, in a failed
Send that says why and of which somebody is told, or as missed. Other campaigns go on.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from facteur.domain.account import Account
from facteur.domain.attempts import GIVE_UP_AFTER
from facteur.domain.campaign import CampaignStatus, PauseReason
from facteur.domain.content import DocumentStatus, DocumentType
from facteur.domain.identity import CampaignId, SendId
from facteur.domain.message import MAX_DETAIL, MessageEvent, detail_of
from facteur.domain.recurrence import NoRecurrence
from facteur.domain.requests import CampaignAction
from facteur.domain.send import FrozenDocument, Origin, Send, SendFailure, SendStatus
from facteur.services.campaigns.run import RunResult
from tests.simulation.campaigns import INVOICE, LIST, MARIE, CampaignWorld, due
from tests.simulation.world import ORG, KillAt

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
DAMAGED = ["settings", "profile", LIST]
ENOUGH_STEPS = range(8)

type Trigger = Callable[[CampaignWorld, CampaignId], object]
TRIGGERS: dict[str, Trigger] = {
    "occurrence": lambda world, _: world.until(MONDAY),
    "run now": lambda world, campaign: world.take(campaign, CampaignAction.RUN),
    "test": lambda world, campaign: world.take(campaign, CampaignAction.TEST),
}
every_run = pytest.mark.parametrize("trigger", TRIGGERS)
every_item = pytest.mark.parametrize("item", DAMAGED)


def a_run(trigger: str) -> tuple[CampaignWorld, CampaignId]:
    """A campaign one of whose runs is in the queue."""
    world = CampaignWorld()
    campaign = world.start()
    TRIGGERS[trigger](world, campaign)
    return world, campaign


def forget_marie(world: CampaignWorld) -> None:
    del world.store.of(ORG).profiles[MARIE.user]


def set_default_sender(world: CampaignWorld, address: str, *, given: bool = True) -> None:
    data = world.store.of(ORG)
    assert data.settings is not None
    data.settings = replace(data.settings, default_sender=address)
    addresses = (address,) if given and address else ()
    data.account = Account(shared_domains=("atelier.example",), sender_addresses=addresses)


CONTACT, OF_OPERATORS = "contact@atelier.example", "facteur@atelier.example"


def receive(world: CampaignWorld, *receptions: int) -> None:
    for count in receptions:
        world.run_all(receive_count=count)


def sends_of(world: CampaignWorld, campaign: CampaignId) -> list[Send]:
    return [*world.sends(campaign), *world.sends(campaign, origin=Origin.TEST)]


def code_of(send: Send) -> str:
    return send.failure.code if send.failure else ""


@every_run
@every_item
@pytest.mark.feature("B3", "B25")
def test_a_damaged_item_fails_the_run_after_some_attempts_and_somebody_is_told(
    trigger: str, item: str
) -> None:
    world, campaign = a_run(trigger)
    set_default_sender(world, CONTACT)
    world.store.unreadable = {item}

    receive(world, *range(1, GIVE_UP_AFTER))
    early = sends_of(world, campaign)
    receive(world, GIVE_UP_AFTER)
    world.store.unreadable = set()
    world.settle_down()

    assert early == []
    (send,) = sends_of(world, campaign)
    assert send.failure == SendFailure(code="data_unreadable", detail=f"{item}: ValueError")
    assert world.row(send.id).progress.status is SendStatus.FAILED
    assert len(world.notices_of(send.id)) == len(world.mailer.accepted) == 1
    assert not world.due.messages
    following = MONDAY + WEEK if trigger == "occurrence" else MONDAY
    assert world.campaign(campaign).next_run_at == following


@every_run
@pytest.mark.parametrize("late", [False, True])
def test_a_damaged_account_ends_the_run_and_its_notice_follows(trigger: str, late: bool) -> None:
    world, campaign = a_run(trigger)
    world.store.unreadable = {"account"}
    world.clock.advance(DAY * 2 if late else timedelta(0))

    receive(world, GIVE_UP_AFTER)
    receive(world, GIVE_UP_AFTER + 1)
    (send,) = sends_of(world, campaign)
    told_early = world.notices_of(send.id)
    world.store.unreadable = set()
    world.settle_down()

    assert code_of(send) == ("missed" if late else "data_unreadable")
    assert told_early == []
    assert len(world.notices_of(send.id)) == len(world.mailer.accepted) == 1


def test_people_who_cannot_be_read_leave_nobody_to_tell_and_end_the_run() -> None:
    world, campaign = a_run("occurrence")
    forget_marie(world)
    world.store.unreadable = {"people"}
    set_default_sender(world, CONTACT, given=False)

    receive(world, GIVE_UP_AFTER)
    world.settle_down()

    (send,) = world.sends(campaign)
    assert (code_of(send), send.sender.address) == ("data_unreadable", "")


@every_item
def test_an_item_that_can_be_read_again_costs_no_run(item: str) -> None:
    world, campaign = a_run("occurrence")
    world.store.unreadable = {item}
    receive(world, *range(1, GIVE_UP_AFTER))

    world.store.unreadable = set()
    receive(world, GIVE_UP_AFTER)
    world.settle_down()

    (send,) = world.sends(campaign)
    assert send.failure is None
    assert world.row(send.id).progress.status is SendStatus.SENT


@every_run
@every_item
@pytest.mark.feature("B3")
def test_a_run_of_the_day_before_is_missed_at_once_whatever_cannot_be_read(
    trigger: str, item: str
) -> None:
    world, campaign = a_run(trigger)
    world.store.unreadable = {item}
    world.clock.advance(DAY + timedelta(seconds=1))

    (result,) = world.run_all()

    assert result is RunResult.MISSED
    (send,) = sends_of(world, campaign)
    assert code_of(send) == "missed"


@every_run
@pytest.mark.feature("B3")
def test_no_run_is_sent_more_than_a_day_late(trigger: str) -> None:
    world, campaign = a_run(trigger)
    world.clock.advance(DAY)
    in_time = CampaignWorld()
    other = in_time.start()
    TRIGGERS[trigger](in_time, other)
    in_time.clock.advance(DAY)

    world.clock.advance(timedelta(seconds=1))
    results = [*world.run_all(), *in_time.run_all()]
    world.settle_down()

    assert results == [RunResult.MISSED, RunResult.QUEUED]
    (send,) = sends_of(world, campaign)
    assert code_of(send) == "missed"
    assert len(world.notices_of(send.id)) == len(world.mailer.accepted) == 1


@every_run
@pytest.mark.parametrize(
    ("default_sender", "given", "mails"),
    [
        (CONTACT, True, [(CONTACT, CONTACT)]),
        ("", False, []),
        # An address of a shared domain that nobody gave to this organization.
        ("director@another.example", False, []),
        ("director@atelier.example", False, [(OF_OPERATORS, OF_OPERATORS)]),
    ],
)
@pytest.mark.feature("B25")
def test_a_run_without_an_owner_or_a_successor_fails_at_once_and_the_organization_is_told(
    trigger: str, default_sender: str, given: bool, mails: list[tuple[str, str]]
) -> None:
    world, campaign = a_run(trigger)
    set_default_sender(world, default_sender, given=given)
    forget_marie(world)

    receive(world, 1)
    world.settle_down()

    (send,) = sends_of(world, campaign)
    assert code_of(send) == "owner_unknown"
    assert world.row(send.id).progress.status is SendStatus.FAILED
    assert [(mail.from_address, *mail.envelope) for mail in world.mailer.accepted] == mails
    notices = [one for one in world.store.of(ORG).sends.values() if one.origin is Origin.NOTICE]
    assert len(notices) == len(mails)


@pytest.mark.feature("B12")
def test_a_campaign_whose_owner_stays_gone_pauses_itself() -> None:
    world = CampaignWorld()
    campaign = world.start()
    forget_marie(world)

    for week in range(3):
        assert world.campaign(campaign).status is CampaignStatus.ACTIVE
        world.until(MONDAY + week * WEEK)
        world.run_all()

    assert world.campaign(campaign).pause_reason is PauseReason.REACHED_NOBODY


def test_a_campaign_without_recurrence_ends_too_when_its_owner_is_gone() -> None:
    world = CampaignWorld()
    campaign = world.start(NoRecurrence())
    forget_marie(world)

    receive(world, 1)

    (send,) = world.sends(campaign)
    assert code_of(send) == "owner_unknown"
    assert world.campaign(campaign).status is CampaignStatus.COMPLETED


def test_a_send_that_failed_for_its_owner_is_retried_by_somebody_else() -> None:
    world, campaign = a_run("occurrence")
    forget_marie(world)
    receive(world, 1)
    (send,) = world.sends(campaign)

    retry = world.retry(send.id)
    world.settle_down()

    assert world.accepted(retry.id) == {"client@example.com": 1}


def test_a_subject_that_cannot_be_filled_in_ends_too() -> None:
    world, campaign = a_run("occurrence")
    stored = world.store.of(ORG).campaigns[campaign]
    draft = replace(stored.campaign.draft, subject="Liste {inconnue}")
    world.store.of(ORG).campaigns[campaign] = replace(
        stored, campaign=replace(stored.campaign, draft=draft)
    )

    receive(world, *range(1, GIVE_UP_AFTER + 1))

    (send,) = world.sends(campaign)
    assert (code_of(send), send.subject) == ("render_failed", "Liste du lundi")
    assert [document.id for document in send.documents] == [LIST]


@pytest.mark.feature("B25")
@pytest.mark.parametrize("step", ENOUGH_STEPS)
@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_worker_killed_while_giving_up_leaves_one_send_and_one_notice(
    trigger: str, step: int
) -> None:
    world, campaign = a_run(trigger)
    world.store.unreadable = {LIST}
    world.at_step = KillAt(step)

    receive(world, GIVE_UP_AFTER)
    world.at_step = lambda _: None
    receive(world, GIVE_UP_AFTER + 1)
    world.settle_down()

    (send,) = sends_of(world, campaign)
    assert code_of(send) == "data_unreadable"
    assert len(world.notices_of(send.id)) == len(world.mailer.accepted) == 1


def test_the_other_campaigns_go_on() -> None:
    world = CampaignWorld()
    broken, healthy = (
        world.start(),
        world.start(document_type=DocumentType.INVOICE, document_ids=[INVOICE]),
    )
    world.store.unreadable = {LIST}
    world.until(MONDAY)

    results = [world.run(due(campaign, MONDAY)) for campaign in (broken, healthy)]
    world.settle_down()

    assert results == [None, RunResult.QUEUED]
    assert world.accepted(world.sends(healthy)[0].id) == {"client@example.com": 1}


# --- words that cannot be written ---------------------------------------------------------------


def test_half_a_surrogate_pair_in_a_diagnostic_does_not_break_the_notice() -> None:
    world = CampaignWorld()
    world.bouncing = {"client@example.com"}
    campaign = world.start()
    world.until(MONDAY)
    world.run_all()
    world.deliver(*world.queue)
    bounces = [event for event in world.events if event.event is MessageEvent.HARD_BOUNCED]

    # As it was stored before texts were cleaned on their way in.
    named = tuple(replace(one, detail="550 \ud83d unknown") for one in bounces[0].named)
    world.track(replace(bounces[0], named=named))
    world.settle_down()

    (send,) = world.sends(campaign)
    (notice,) = world.notices_of(send.id)
    assert "550 \ufffd unknown" in notice.body
    assert notice.body.encode()


def test_a_diagnostic_is_kept_in_characters_that_can_be_written() -> None:
    assert detail_of("a\ud83d\ude00b\udc00") == "a\U0001f600b\ufffd"
    assert len(detail_of("é" * (MAX_DETAIL + 1))) == MAX_DETAIL


# --- an invoice that nobody got -----------------------------------------------------------------


def reject(world: CampaignWorld, send_id: SendId) -> None:
    """SES accepts the mail of a Send, and finds a virus in it."""
    world.deliver(*world.queue)
    accepted = next(event for event in world.events if event.send == send_id)
    world.events.clear()
    assert world.store.of(ORG).documents[INVOICE].status is DocumentStatus.SENT
    world.track(replace(accepted, event=MessageEvent.REJECTED, code="content_rejected"))


def test_an_invoice_whose_mail_is_rejected_for_a_virus_is_a_draft_again_after_a_retry_too() -> None:
    world = CampaignWorld()
    world.set_ready(INVOICE, ready=False)
    invoice = FrozenDocument(
        id=INVOICE,
        type=DocumentType.INVOICE,
        name="Facture F-1",
        number="F-1",
        date=date(2026, 11, 20),
        filename="Facture F-1.pdf",
        size=4,
        sha256=world.archive.put(ORG, b"%PDF"),
    )
    send_id = world.create("client@example.com", documents=(invoice,), drafts=(INVOICE,))

    reject(world, send_id)
    first = world.store.of(ORG).documents[INVOICE].status
    retry = world.retry(send_id)
    reject(world, retry.id)
    second = world.store.of(ORG).documents[INVOICE].status

    assert first is second is DocumentStatus.DRAFT
    assert world.row(retry.id).progress.sent_at is None
    assert not world.row(retry.id).drafts_published


def test_an_invoice_that_one_recipient_got_stays_sent_when_another_mail_is_rejected() -> None:
    world = CampaignWorld()
    world.set_ready(INVOICE, ready=False)
    send_id = world.create("a@example.com", "b@example.com", separate=True, drafts=(INVOICE,))
    world.deliver(*world.queue)
    accepted = next(event for event in world.events if event.message == 0)

    world.track(replace(accepted, event=MessageEvent.REJECTED, code="content_rejected"))

    assert world.row(send_id).progress.status is SendStatus.FAILED
    assert world.store.of(ORG).documents[INVOICE].status is DocumentStatus.SENT
