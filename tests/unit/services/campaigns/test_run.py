"""One run of a campaign: what it sends, when it does not, and what it leaves when it cannot."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from facteur.domain.address import Role
from facteur.domain.campaign import CampaignStatus
from facteur.domain.content import DocumentType, StaffList
from facteur.domain.identity import CampaignId, SendId
from facteur.domain.message import Outcome
from facteur.domain.recurrence import Monthly, NoRecurrence, Once, Weekly
from facteur.domain.requests import CampaignAction
from facteur.domain.send import MAX_ATTACHMENTS, Origin, Send, SendStatus
from facteur.services.campaigns.run import RunResult
from tests.simulation.campaigns import INVOICE, LIST, CampaignWorld, due
from tests.simulation.world import ORG

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
"""Eight o'clock in Paris, on the Monday after the world begins."""
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
ENOUGH_STEPS = range(8)


def run_at(world: CampaignWorld, campaign: CampaignId, at: datetime) -> RunResult | None:
    return world.run(due(campaign, at))


def only_send(world: CampaignWorld, campaign: CampaignId) -> Send:
    (send,) = world.sends(campaign)
    return send


def failure_of(send: Send) -> str:
    return send.failure.code if send.failure else ""


@pytest.mark.feature("S18", "S39", "S40", "S51")
def test_an_occurrence_at_its_time_is_sent_and_moves_the_campaign_on() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY)

    results = world.run_all()
    world.settle_down()

    assert results == [RunResult.QUEUED]
    send = only_send(world, campaign)
    assert (send.occurrence_at, send.late) == (MONDAY, False)
    assert send.campaign_name == "Liste du lundi"
    assert world.accepted(send.id) == {"client@example.com": 1}
    assert world.campaign(campaign).next_run_at == MONDAY + WEEK
    assert world.campaign(campaign).last_send == send.id


@pytest.mark.feature("B1")
def test_the_same_trigger_fifty_times_is_one_send_and_one_mail() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY, copies=50)

    results = world.run_all()
    world.settle_down()

    assert sorted(results, key=str) == [RunResult.NOT_DUE] * 49 + [RunResult.QUEUED]
    assert len(world.mailer.accepted) == 1
    assert world.accepted(only_send(world, campaign).id) == {"client@example.com": 1}


@pytest.mark.feature("B1")
def test_fifty_triggers_each_inside_the_other_are_one_send_and_one_mail() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY)
    depth = 0

    def another(step: str) -> None:
        nonlocal depth
        if step == "create_send" and depth < 49:
            depth += 1
            run_at(world, campaign, MONDAY)

    world.at_step = another
    world.run_all()
    world.settle_down()

    assert depth == 49
    assert len(world.mailer.accepted) == 1
    assert len(world.sends(campaign)) == 1


@pytest.mark.feature("S52")
def test_a_trigger_of_a_paused_campaign_sends_nothing() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY - HOUR)
    world.take(campaign, CampaignAction.PAUSE)

    result = run_at(world, campaign, MONDAY)

    assert result is RunResult.NOT_DUE
    assert not world.sends(campaign)


@pytest.mark.feature("S59", "S61")
def test_a_trigger_of_a_deleted_campaign_stops_quietly() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY)
    world.delete(campaign)

    results = world.run_all()

    assert results == [RunResult.NOT_DUE]
    assert not world.store.of(ORG).sends


def test_a_trigger_from_before_a_change_of_hour_sends_nothing() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.edit(campaign, recurrence=Weekly((1,), time(9)))
    world.until(MONDAY)

    early = run_at(world, campaign, MONDAY)
    world.until(MONDAY + HOUR)
    results = world.run_all()

    assert early is RunResult.NOT_DUE
    assert results == [RunResult.QUEUED]
    assert only_send(world, campaign).occurrence_at == MONDAY + HOUR


def test_a_trigger_a_moment_early_by_our_clock_is_taken_for_what_it_is() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.clock.at = MONDAY - timedelta(seconds=2)

    result = run_at(world, campaign, MONDAY)

    assert result is RunResult.QUEUED


def test_a_trigger_long_before_its_time_sends_nothing() -> None:
    world = CampaignWorld()
    campaign = world.start()

    assert run_at(world, campaign, MONDAY) is RunResult.NOT_DUE


@pytest.mark.parametrize("step", ENOUGH_STEPS)
def test_an_edit_of_the_subject_during_a_run_loses_neither(step: int) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY)
    steps = 0

    def edited(_: str) -> None:
        nonlocal steps
        steps += 1
        if steps == step + 1:
            world.at_step = lambda _: None
            world.edit(campaign, subject="Nouveau sujet")

    world.at_step = edited
    world.run_all()
    world.settle_down()

    assert world.occurrences() == {(campaign, MONDAY): 1}
    assert world.campaign(campaign).next_run_at == MONDAY + WEEK
    assert steps <= step or world.campaign(campaign).draft.subject == "Nouveau sujet"


@pytest.mark.feature("S52", "S53")
@pytest.mark.parametrize(
    ("pause_at", "result", "mails"),
    [("create_send", RunResult.NOT_DUE, 0), ("outbox", RunResult.QUEUED, 1)],
    ids=["wins", "loses"],
)
def test_a_pause_during_a_run_wins_or_loses_whole(
    pause_at: str, result: RunResult, mails: int
) -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY)

    def paused(step: str) -> None:
        if step == pause_at:
            world.at_step = lambda _: None
            world.take(campaign, CampaignAction.PAUSE)

    world.at_step = paused
    results = world.run_all()
    world.settle_down()

    assert results == [result]
    assert len(world.sends(campaign)) == len(world.mailer.accepted) == mails
    assert world.campaign(campaign).status is CampaignStatus.PAUSED
    assert world.campaign(campaign).skipped_at == (() if mails else (MONDAY,))


@pytest.mark.feature("B3")
def test_triggers_lost_for_three_hours_are_sent_once_and_shown_as_late() -> None:
    world = CampaignWorld()
    campaigns = [
        world.start(),
        world.start(Weekly((1,), time(9))),
        world.start(Weekly((1,), time(10))),
    ]
    world.until(MONDAY + 3 * HOUR, lost=True)

    world.reconcile()
    world.reconcile()
    world.run_all()
    world.settle_down()

    assert world.occurrences() == {
        (campaign, MONDAY + n * HOUR): 1 for n, campaign in enumerate(campaigns)
    }
    assert all(only_send(world, campaign).late for campaign in campaigns)
    assert len(world.mailer.accepted) == 3


@pytest.mark.feature("B3")
def test_a_trigger_lost_for_three_days_is_recorded_as_missed_and_the_next_one_is_right() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY + timedelta(days=3), lost=True)

    world.settle_down()
    missed = only_send(world, campaign)
    world.until(MONDAY + WEEK)
    world.settle_down()

    assert failure_of(missed) == "missed"
    assert missed.occurrence_at == MONDAY
    assert [document.name for document in missed.documents] == ["Équipe Bercy"]
    assert world.row(missed.id).progress.status is SendStatus.FAILED
    assert len(world.notices_of(missed.id)) == 1
    assert world.occurrences() == {(campaign, MONDAY): 1, (campaign, MONDAY + WEEK): 1}
    assert not world.sends(campaign)[1].failure


@pytest.mark.feature("B3")
def test_weeks_without_a_single_trigger_are_all_accounted_for() -> None:
    world = CampaignWorld()
    campaign = world.start(recipients=["a@example.com"])
    world.until(MONDAY + WEEK + HOUR, lost=True)

    world.settle_down()

    assert world.occurrences() == {(campaign, MONDAY): 1, (campaign, MONDAY + WEEK): 1}
    assert [failure_of(send) for send in world.sends(campaign)] == ["missed", ""]


@pytest.mark.feature("S38")
def test_a_campaign_without_recurrence_is_sent_at_once_by_the_same_way() -> None:
    world = CampaignWorld()
    campaign = world.start(NoRecurrence())

    world.run_all()
    world.settle_down()

    assert world.accepted(only_send(world, campaign).id) == {"client@example.com": 1}
    assert world.campaign(campaign).status is CampaignStatus.COMPLETED
    assert not world.schedules.standing


@pytest.mark.feature("S43", "S44")
def test_a_single_occurrence_completes_its_campaign_and_leaves_no_schedule() -> None:
    world = CampaignWorld()
    campaign = world.start(Once(datetime(2026, 12, 1, 14, 30)))
    world.until(datetime(2026, 12, 1, 13, 30, tzinfo=UTC))

    world.run_all()
    world.settle_down()

    assert only_send(world, campaign).occurrence_at == datetime(2026, 12, 1, 13, 30, tzinfo=UTC)
    assert world.campaign(campaign).status is CampaignStatus.COMPLETED
    assert not world.schedules.standing


@pytest.mark.feature("S47", "S48", "S49", "S50")
def test_subject_pdf_and_file_name_carry_the_date_of_the_occurrence() -> None:
    world = CampaignWorld()
    campaign = world.start(Monthly((31,), time(8)), auto_increment_date=True)

    while len(world.sends(campaign)) < 4:
        world.pass_time(timedelta(hours=12))
        world.settle_down()

    sends = world.sends(campaign)
    assert [send.subject for send in sends] == [
        "Liste - 30/11/2026",
        "Liste - 30/12/2026",
        "Liste - 30/01/2027",
        "Liste - 28/02/2027",
    ]
    assert [send.documents[0].filename for send in sends] == [
        f"Liste de personnel Équipe Bercy {day}.pdf"
        for day in ("2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28")
    ]
    pdfs = [world.archive.get(ORG, send.documents[0].sha256) for send in sends]
    assert [b"2027-02-28" in pdf for pdf in pdfs] == [False, False, False, True]
    stored = world.store.of(ORG).documents[LIST].content
    assert str(stored.date) == "2026-11-30"


@pytest.mark.feature("S28", "S25")
def test_several_recipients_do_not_see_one_another() -> None:
    world = CampaignWorld()
    campaign = world.start(recipients=["a@example.com, b@example.com; c@example.com"])
    world.until(MONDAY)

    world.run_all()

    send = only_send(world, campaign)
    assert {recipient.role for recipient in send.recipients} == {Role.BCC}
    (message,) = send.messages()
    assert (message.to_header, message.cc_header) == ((), ())
    assert len(message.envelope) == 3


@pytest.mark.feature("S27")
def test_separate_recipients_get_a_mail_each() -> None:
    world = CampaignWorld()
    campaign = world.start(recipients=["a@example.com b@example.com"], separate=True)
    world.until(MONDAY)

    world.run_all()

    messages = only_send(world, campaign).messages()
    assert [message.to_header for message in messages] == [("a@example.com",), ("b@example.com",)]


@pytest.mark.feature("S26", "S34")
def test_the_owner_gets_a_copy_of_every_send_if_they_want() -> None:
    world = CampaignWorld()
    campaign = world.start(copy_to_sender=True)
    world.until(MONDAY)

    world.run_all()

    send = only_send(world, campaign)
    assert send.copy == "marie@atelier.example"
    assert len(send.documents) == 1


@pytest.mark.feature("S19", "S30", "S31", "S32")
def test_several_documents_are_named_and_attached_together() -> None:
    world = CampaignWorld()
    first = world.store.of(ORG).documents[INVOICE]
    second = replace(
        first,
        id=first.id.replace("E2D", "E3D"),  # type: ignore[arg-type]
        content=first.content.model_copy(update={"number": "F-2", "name": "Facture F-2"}),
    )
    world.add(second)
    campaign = world.start(
        document_type=DocumentType.INVOICE,
        document_ids=[first.id, second.id],
        subject="{document_name} du {date} ({document_number})",
    )
    world.until(MONDAY)

    world.run_all()

    send = only_send(world, campaign)
    assert send.subject == "Facture F-1, Facture F-2 du 20/11/2026 (F-1, F-2)"
    assert [document.filename for document in send.documents] == [
        "Facture F-1.pdf",
        "Facture F-2.pdf",
    ]


@pytest.mark.feature("S37")
def test_signature_and_sender_are_the_owners_as_they_are_at_the_time() -> None:
    world = CampaignWorld()
    campaign = world.start()
    profiles = world.store.of(ORG).profiles
    profiles[world.campaign(campaign).owner] = replace(
        profiles[world.campaign(campaign).owner], signature="<p>Marie</p>"
    )
    world.until(MONDAY)

    world.run_all()

    send = only_send(world, campaign)
    assert (send.signature, send.sender.address) == ("<p>Marie</p>", "marie@atelier.example")


@pytest.mark.feature("S22")
def test_a_document_back_in_draft_makes_a_failed_send_that_says_why() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.set_ready(LIST, ready=False)
    world.until(MONDAY)

    results = world.run_all()
    world.settle_down()

    send = only_send(world, campaign)
    assert results == [RunResult.FAILED]
    assert send.failure is not None
    assert (send.failure.code, send.failure.detail) == ("document_unavailable", "Équipe Bercy")
    assert send.subject == "Liste - 30/11/2026"
    assert world.row(send.id).progress.failed_count == 1
    assert len(world.notices_of(send.id)) == 1
    assert world.campaign(campaign).next_run_at == MONDAY + WEEK


def test_a_document_that_is_gone_is_named_by_its_id() -> None:
    world = CampaignWorld()
    campaign = world.start()
    del world.store.of(ORG).documents[LIST]
    world.until(MONDAY)

    world.run_all()

    send = only_send(world, campaign)
    assert send.failure is not None
    assert (send.failure.code, send.failure.detail) == ("document_unavailable", LIST)
    assert [document.id for document in send.documents] == [LIST]


def test_attachments_grown_too_large_make_a_failed_send() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.renderer.size = MAX_ATTACHMENTS
    world.until(MONDAY)

    world.run_all()

    assert failure_of(only_send(world, campaign)) == "attachment_too_large"


def test_a_subject_grown_too_long_makes_a_failed_send() -> None:
    world = CampaignWorld()
    campaign = world.start(subject="{document_name} {document_name}")
    document = world.store.of(ORG).documents[LIST]
    content = StaffList(
        type=DocumentType.STAFF_LIST, name="x" * 200, date=document.content.date, entries=()
    )
    world.add(replace(document, content=content))
    world.until(MONDAY)

    world.run_all()

    send = only_send(world, campaign)
    assert failure_of(send) == "message_invalid"
    assert len(send.subject) == 255


@pytest.mark.feature("B22")
def test_a_sender_no_longer_verified_sends_nothing_not_even_a_notice() -> None:
    world = CampaignWorld()
    campaign = world.start()
    data = world.store.of(ORG)
    assert data.settings is not None
    data.settings = replace(data.settings, sender_domains=())
    world.until(MONDAY)

    world.run_all()
    world.settle_down()

    assert failure_of(only_send(world, campaign)) == "sender_not_verified"
    assert not world.mailer.accepted
    assert len(data.sends) == 1


@pytest.mark.feature("B11")
def test_run_now_sends_with_the_next_date_and_leaves_the_calendar() -> None:
    world = CampaignWorld()
    campaign = world.start(Monthly((31,), time(8)), auto_increment_date=True)
    before = world.campaign(campaign)

    world.take(campaign, CampaignAction.RUN)
    results = world.run_all()

    send = only_send(world, campaign)
    assert results == [RunResult.QUEUED]
    assert send.subject == "Liste - 30/11/2026"
    assert send.occurrence_at is None
    assert world.campaign(campaign) == replace(before, last_send=send.id)


@pytest.mark.feature("B11")
@pytest.mark.parametrize("paused", [True, False])
def test_run_now_works_on_paused_and_completed_campaigns(paused: bool) -> None:
    world = CampaignWorld()
    campaign = world.start(None if paused else NoRecurrence(), paused=paused)
    world.settle_down()
    earlier = len(world.sends(campaign))
    state = world.campaign(campaign).status

    world.take(campaign, CampaignAction.RUN)
    world.settle_down()

    assert len(world.sends(campaign)) == earlier + 1
    assert world.campaign(campaign).status is state


@pytest.mark.feature("B1", "B11")
def test_run_now_in_the_very_minute_of_an_occurrence_makes_both_once() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY, copies=2)
    world.take(campaign, CampaignAction.RUN)
    world.due.messages *= 3

    world.run_all()
    world.settle_down()

    assert [send.occurrence_at for send in world.sends(campaign)] == [MONDAY, None]
    assert len(world.mailer.accepted) == 2
    assert world.campaign(campaign).next_run_at == MONDAY + WEEK


def test_an_occurrence_that_moves_the_campaign_during_run_now_stops_neither() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.until(MONDAY)
    planned = world.due.messages.pop()
    world.take(campaign, CampaignAction.RUN)

    def meanwhile(step: str) -> None:
        if step == "create_send":
            world.at_step = lambda _: None
            world.run(planned)

    world.at_step = meanwhile
    world.run_all()

    assert sorted(str(send.occurrence_at) for send in world.sends(campaign)) == [
        str(MONDAY),
        "None",
    ]


@pytest.mark.feature("B10")
def test_a_test_goes_to_the_sender_only_and_says_so() -> None:
    world = CampaignWorld()
    campaign = world.start(
        recipients=["a@example.com b@example.com"], separate=True, copy_to_sender=True
    )
    before = world.campaign(campaign)

    world.take(campaign, CampaignAction.TEST)
    world.settle_down()

    (send,) = world.sends(campaign, origin=Origin.TEST)
    assert world.accepted(send.id) == {"marie@atelier.example": 1}
    assert send.subject == "[Test] Liste - 30/11/2026"
    assert world.campaign(campaign) == before


@pytest.mark.feature("S62")
def test_what_a_deleted_campaign_has_sent_keeps_its_name() -> None:
    world = CampaignWorld()
    campaign = world.start(NoRecurrence())
    world.settle_down()

    world.delete(campaign)
    world.settle_down()

    row = world.row(only_send(world, campaign).id)
    assert (row.campaign_id, row.campaign_name) == (campaign, "Liste du lundi")
    assert row.progress.recipients[0].outcome is Outcome.DELIVERED
    assert not world.campaigns()
    assert SendId(row.id) in world.store.of(ORG).sends


@pytest.mark.feature("B45")
def test_run_now_of_a_campaign_whose_recipient_was_just_forgotten_is_a_failed_send() -> None:
    world = CampaignWorld()
    campaign = world.start()
    world.take(campaign, CampaignAction.RUN)
    stored = world.store.of(ORG).campaigns[campaign]
    emptied = replace(stored.campaign, draft=replace(stored.campaign.draft, recipients=()))
    world.store.of(ORG).campaigns[campaign] = replace(stored, campaign=emptied)

    results = world.run_all()
    world.settle_down()

    send = only_send(world, campaign)
    assert (results, failure_of(send)) == ([RunResult.FAILED], "no_recipients")
    row = world.store.of(ORG).rows[send.id]
    assert (row.progress.status, row.progress.error) == (SendStatus.FAILED, send.failure)
    assert world.accepted(send.id) == {}
