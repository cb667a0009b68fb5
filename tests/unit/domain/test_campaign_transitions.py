"""The life of a campaign: every transition, as a person means it."""

import datetime as dt
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.campaign import (
    Campaign,
    CampaignDraft,
    CampaignStatus,
    PauseReason,
    document_date_of,
    is_missed,
    next_document_date,
)
from facteur.domain.campaign_occurrences import occurrences
from facteur.domain.campaign_transitions import (
    advanced,
    duplicate_of,
    edited,
    new_campaign,
    paused,
    resumed,
    skipped,
    unskipped,
    with_next_document_date,
)
from facteur.domain.content import DocumentType
from facteur.domain.errors import ConflictError
from facteur.domain.identity import CampaignId, DocumentId, UserId
from facteur.domain.occurrences import Note
from facteur.domain.recurrence import Monthly, NoRecurrence, Once, Recurrence, Weekly

NOW = dt.datetime(2027, 1, 10, 9, 0, tzinfo=dt.UTC)
LIST_DATE = dt.date(2027, 1, 31)
MONTH_END = Monthly((31,), dt.time(8))
EVERY_MONDAY = Weekly((1,), dt.time(8))


def a_draft(recurrence: Recurrence = MONTH_END, *, increment: bool = True) -> CampaignDraft:
    return CampaignDraft(
        name="Liste mensuelle",
        document_type=DocumentType.STAFF_LIST,
        document_ids=(DocumentId("list"),),
        recipients=("client@example.com",),
        copy_to_sender=False,
        separate=False,
        subject="Liste - {date}",
        body="Bonjour",
        recurrence=recurrence,
        timezone="Europe/Paris",
        auto_increment_date=increment,
    )


def a_campaign(
    recurrence: Recurrence = MONTH_END, *, increment: bool = True, is_paused: bool = False
) -> Campaign:
    return new_campaign(
        a_draft(recurrence, increment=increment),
        id=CampaignId("campaign"),
        owner=UserId("claire"),
        paused=is_paused,
        list_date=LIST_DATE,
        now=NOW,
    )


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def ran(campaign: Campaign, times: int) -> list[tuple[str, str]]:
    """Days and list dates of the next occurrences; the campaign is advanced past each in turn."""
    found = []
    for _ in range(times):
        coming = campaign.next_run
        assert coming is not None
        date = document_date_of(campaign, coming.local)
        found.append((str(coming.local.date()), str(date)))
        campaign = advanced(campaign)
    return found


@pytest.mark.feature("S18", "S51", "S85")
def test_a_new_campaign_is_active_and_knows_its_next_occurrence() -> None:
    campaign = a_campaign()

    assert campaign.status is CampaignStatus.ACTIVE
    assert campaign.next_run_at == at("2027-01-31T07:00")


@pytest.mark.feature("S52", "S85")
def test_a_campaign_created_paused_has_no_next_occurrence() -> None:
    campaign = a_campaign(is_paused=True)

    assert campaign.status is CampaignStatus.PAUSED
    assert campaign.next_run_at is None
    assert next_document_date(campaign, NOW) == LIST_DATE


@pytest.mark.feature("S38")
def test_a_campaign_without_recurrence_runs_now_and_is_then_completed() -> None:
    campaign = a_campaign(NoRecurrence(), increment=False)
    assert campaign.next_run_at == NOW

    done = advanced(campaign)

    assert done.status is CampaignStatus.COMPLETED
    assert done.next_run_at is None


@pytest.mark.feature("S47", "S48", "S49")
def test_each_occurrence_carries_the_date_one_month_on() -> None:
    assert ran(a_campaign(), 4) == [
        ("2027-01-31", "2027-01-31"),
        ("2027-02-28", "2027-02-28"),
        ("2027-03-31", "2027-03-31"),
        ("2027-04-30", "2027-04-30"),
    ]


def test_the_list_date_follows_the_calendar_through_a_pause() -> None:
    stopped = paused(a_campaign(), NOW)

    again = resumed(stopped, at("2027-04-10T09:00"))

    assert ran(again, 2) == [("2027-04-30", "2027-04-30"), ("2027-05-31", "2027-05-31")]


@pytest.mark.feature("S53", "S54")
def test_resuming_goes_on_from_now_and_catches_nothing_up() -> None:
    stopped = paused(a_campaign(), NOW, PauseReason.REACHED_NOBODY)

    again = resumed(stopped, at("2027-06-01T00:00"))

    assert stopped.pause_reason is PauseReason.REACHED_NOBODY
    assert again.pause_reason is None
    assert again.next_run_at == at("2027-06-30T06:00")


def test_resuming_a_once_whose_time_has_passed_asks_for_a_new_date() -> None:
    stopped = paused(a_campaign(Once(dt.datetime(2027, 2, 1, 8)), increment=False), NOW)

    with pytest.raises(ConflictError, match="once_has_passed"):
        resumed(stopped, at("2027-02-02T00:00"))


def test_a_completed_campaign_can_be_neither_paused_nor_resumed() -> None:
    done = advanced(a_campaign(NoRecurrence(), increment=False))

    for change in (paused, resumed):
        with pytest.raises(ConflictError, match="campaign_completed"):
            change(done, NOW)


@pytest.mark.feature("S58")
def test_editing_the_subject_moves_neither_the_next_occurrence_nor_the_date() -> None:
    campaign = a_campaign()

    changed = edited(
        campaign, replace(campaign.draft, subject="Autre"), list_date=dt.date(2030, 1, 1), now=NOW
    )

    assert changed.next_run_at == campaign.next_run_at
    assert changed.anchor == campaign.anchor
    assert changed.version == campaign.version + 1


def test_editing_the_subject_while_an_occurrence_is_being_made_loses_none() -> None:
    campaign = a_campaign()
    due = at("2027-01-31T07:00")

    changed = edited(
        campaign,
        replace(campaign.draft, subject="Autre"),
        list_date=LIST_DATE,
        now=due + dt.timedelta(seconds=5),
    )

    assert changed.next_run_at == due


def test_changing_the_calendar_while_an_occurrence_is_being_made_is_refused() -> None:
    campaign = a_campaign()

    with pytest.raises(ConflictError, match="occurrence_in_progress"):
        edited(
            campaign,
            a_draft(EVERY_MONDAY),
            list_date=LIST_DATE,
            now=at("2027-01-31T07:00"),
        )


def test_changing_the_recurrence_carries_on_with_the_date_that_was_next() -> None:
    after_two = a_campaign()
    for _ in range(2):
        after_two = advanced(after_two)

    changed = edited(
        after_two, a_draft(EVERY_MONDAY), list_date=LIST_DATE, now=at("2027-03-02T09:00")
    )

    assert ran(changed, 2) == [("2027-03-08", "2027-03-31"), ("2027-03-15", "2027-04-07")]


def test_another_document_starts_from_its_own_date() -> None:
    draft = replace(a_draft(), document_ids=(DocumentId("other"),))

    changed = edited(a_campaign(), draft, list_date=dt.date(2027, 5, 1), now=NOW)

    assert ran(changed, 2) == [("2027-01-31", "2027-05-01"), ("2027-02-28", "2027-06-01")]


def test_the_next_occurrences_continue_from_a_date_set_by_hand() -> None:
    campaign = with_next_document_date(a_campaign(), dt.date(2027, 2, 15), NOW)

    assert ran(campaign, 2) == [("2027-01-31", "2027-02-15"), ("2027-02-28", "2027-03-15")]


def test_editing_a_completed_campaign_never_sends_by_itself() -> None:
    done = advanced(a_campaign(NoRecurrence(), increment=False))
    later = NOW + dt.timedelta(days=1)

    same = edited(done, replace(done.draft, subject="Autre"), list_date=LIST_DATE, now=later)
    other = edited(done, a_draft(NoRecurrence(), increment=False), list_date=LIST_DATE, now=later)
    future = edited(done, a_draft(EVERY_MONDAY), list_date=LIST_DATE, now=later)

    assert (same.status, same.next_run_at) == (CampaignStatus.COMPLETED, None)
    assert (other.status, other.next_run_at) == (CampaignStatus.COMPLETED, None)
    assert (future.status, future.next_run_at) == (CampaignStatus.ACTIVE, at("2027-01-18T07:00"))


def test_changing_an_active_campaign_to_no_recurrence_runs_it_now() -> None:
    later = NOW + dt.timedelta(days=1)

    changed = edited(
        a_campaign(), a_draft(NoRecurrence(), increment=False), list_date=LIST_DATE, now=later
    )

    assert changed.next_run_at == later
    assert changed.anchor is None


@pytest.mark.feature("B11")
def test_skipping_removes_the_next_occurrence_and_keeps_the_dates_of_the_others() -> None:
    campaign = skipped(a_campaign(), NOW)

    assert ran(campaign, 2) == [("2027-02-28", "2027-02-28"), ("2027-03-31", "2027-03-31")]
    coming = list(islice(occurrences(campaign, NOW), 2))
    assert [Note.SKIPPED in occurrence.notes for occurrence in coming] == [True, False]


@pytest.mark.feature("B11")
def test_two_skips_are_undone_one_by_one_the_last_first() -> None:
    twice = skipped(skipped(a_campaign(), NOW), NOW)
    assert twice.next_run_at == at("2027-03-31T06:00")

    once = unskipped(twice, NOW)
    none = unskipped(once, NOW)

    assert once.next_run_at == at("2027-02-28T07:00")
    assert none.next_run_at == at("2027-01-31T07:00")
    with pytest.raises(ConflictError, match="nothing_skipped"):
        unskipped(none, NOW)


def test_a_skipped_occurrence_cannot_be_put_back_after_its_time() -> None:
    campaign = skipped(a_campaign(), NOW)

    with pytest.raises(ConflictError, match="nothing_skipped"):
        unskipped(campaign, at("2027-01-31T07:00"))


def test_an_occurrence_that_is_being_made_cannot_be_skipped() -> None:
    with pytest.raises(ConflictError, match="occurrence_in_progress"):
        skipped(a_campaign(), at("2027-01-31T07:00"))


@pytest.mark.parametrize("recurrence", [NoRecurrence(), Once(dt.datetime(2027, 2, 1, 8))], ids=str)
def test_only_a_recurring_campaign_has_an_occurrence_to_skip(recurrence: Recurrence) -> None:
    with pytest.raises(ConflictError, match="nothing_to_skip"):
        skipped(a_campaign(recurrence, increment=False), NOW - dt.timedelta(seconds=1))


def test_an_occurrence_is_missed_once_it_is_more_than_a_day_late() -> None:
    assert not is_missed(NOW, NOW + dt.timedelta(hours=24))
    assert is_missed(NOW, NOW + dt.timedelta(hours=24, seconds=1))


@given(
    st.integers(0, 30), st.sampled_from([MONTH_END, EVERY_MONDAY, Monthly((30,), dt.time(2, 30))])
)
def test_advancing_one_by_one_meets_every_announced_occurrence(
    count: int, recurrence: Recurrence
) -> None:
    campaign = a_campaign(recurrence)
    announced = [
        (str(occurrence.local.date()), str(occurrence.document_date))
        for occurrence in islice(occurrences(campaign, NOW), count)
    ]

    assert ran(campaign, count) == announced


def test_pausing_when_an_occurrence_has_come_due_records_it_as_skipped() -> None:
    campaign = a_campaign(EVERY_MONDAY)
    assert campaign.next_run_at is not None

    before = paused(campaign, campaign.next_run_at - dt.timedelta(seconds=1))
    within = paused(campaign, campaign.next_run_at)

    assert before.skipped == ()
    assert within.skipped_at == (campaign.next_run_at,)


@pytest.mark.feature("B11")
def test_a_skipped_occurrence_stays_skipped_when_the_campaign_is_paused_and_resumed() -> None:
    campaign = skipped(a_campaign(), NOW)

    while_paused = paused(campaign, NOW)
    again = resumed(while_paused, NOW)

    assert again.next_run_at == campaign.next_run_at
    assert again.skipped == campaign.skipped
    assert next_document_date(while_paused, NOW) == next_document_date(campaign, NOW)
    assert unskipped(again, NOW).next_run_at == at("2027-01-31T07:00")


def test_what_was_skipped_before_a_long_pause_is_forgotten() -> None:
    campaign = paused(skipped(a_campaign(), NOW), NOW)

    again = resumed(campaign, at("2027-02-01T12:00"))

    assert again.skipped == ()
    assert again.next_run_at == at("2027-02-28T07:00")


def test_resuming_an_active_campaign_changes_nothing() -> None:
    campaign = skipped(a_campaign(EVERY_MONDAY), NOW)

    assert resumed(campaign, NOW) == campaign


@pytest.mark.feature("B11")
def test_a_copy_is_paused_and_its_list_goes_on_by_the_same_calendar() -> None:
    campaign = skipped(a_campaign(), NOW)

    copy = duplicate_of(
        campaign, id=CampaignId("copy"), owner=UserId("paul"), name="Copie", now=NOW
    )

    assert (copy.status, copy.next_run_at, copy.skipped) == (CampaignStatus.PAUSED, None, ())
    assert (copy.owner, copy.draft.name, copy.version) == (UserId("paul"), "Copie", 1)
    assert copy.anchor == campaign.anchor
    assert next_document_date(copy, NOW) == LIST_DATE


def test_a_copy_of_what_is_sent_at_once_is_completed() -> None:
    campaign = a_campaign(NoRecurrence(), increment=False)

    copy = duplicate_of(
        campaign, id=CampaignId("copy"), owner=UserId("paul"), name="Copie", now=NOW
    )

    assert (copy.status, copy.next_run_at) == (CampaignStatus.COMPLETED, None)
