"""Recurrences that end, and what stays when one recurrence takes the place of another."""

import datetime as dt
from dataclasses import replace
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.campaign import (
    Campaign,
    CampaignStatus,
    document_date_of,
    next_document_date,
    rederived,
)
from facteur.domain.campaign_occurrences import CampaignOccurrence, occurrences
from facteur.domain.campaign_transitions import (
    advanced,
    duplicate_of,
    edited,
    new_campaign,
    paused,
    resumed,
    skipped,
    unskipped,
)
from facteur.domain.errors import ConflictError
from facteur.domain.identity import CampaignId, UserId
from facteur.domain.occurrences import Note
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import (
    EndsAfter,
    EndsOn,
    Monthly,
    OffDays,
    Repeating,
    Weekly,
)
from tests.adapters.dynamodb.samples import a_draft
from tests.rules_of_recurrence import areas, rules

NOW = dt.datetime(2027, 1, 10, 9, 0, tzinfo=dt.UTC)
LIST_DATE = dt.date(2027, 1, 31)
EIGHT = dt.time(8)
PARIS = ZoneInfo("Europe/Paris")
MONDAYS = Weekly((1,), EIGHT)
THREE_MONDAYS = replace(MONDAYS, ends=EndsAfter(3))
UNTIL_FEBRUARY = replace(MONDAYS, ends=EndsOn(dt.date(2027, 1, 25)))


def a_campaign(
    rule: Repeating, *, now: dt.datetime = NOW, area: HolidayArea | None = None
) -> Campaign:
    draft = replace(a_draft(recurrence=rule, auto_increment_date=True), area=area)
    return new_campaign(
        draft,
        id=CampaignId("campaign"),
        owner=UserId("claire"),
        paused=False,
        list_date=LIST_DATE,
        now=now,
    )


def changed(campaign: Campaign, rule: Repeating, *, now: dt.datetime = NOW) -> Campaign:
    draft = replace(campaign.draft, recurrence=rule)
    return edited(campaign, draft, list_date=LIST_DATE, now=now)


def days_of(listed: list[CampaignOccurrence]) -> list[tuple[str, tuple[Note, ...]]]:
    return [(str(one.nominal.date()), one.notes) for one in listed]


@pytest.mark.feature("B31")
def test_a_recurrence_that_ends_after_three_sends_is_completed_by_the_third() -> None:
    campaign = a_campaign(THREE_MONDAYS)

    left = []
    while campaign.next_run is not None:
        left.append(campaign.remaining)
        campaign = advanced(campaign)

    assert left == [3, 2, 1]
    assert (campaign.status, campaign.remaining) == (CampaignStatus.COMPLETED, 0)


@pytest.mark.feature("B31")
def test_a_missed_occurrence_and_a_skipped_one_do_not_count() -> None:
    campaign = a_campaign(THREE_MONDAYS)

    after = skipped(advanced(campaign, counts=False), NOW)

    assert after.remaining == 3
    assert after.next_run is not None
    assert str(after.next_run.local.date()) == "2027-01-25"


@pytest.mark.feature("B31")
def test_the_last_occurrence_is_listed_as_such_wherever_skipped_ones_lie() -> None:
    campaign = skipped(a_campaign(THREE_MONDAYS), NOW)

    assert days_of(list(occurrences(campaign, NOW))) == [
        ("2027-01-11", (Note.SKIPPED,)),
        ("2027-01-18", ()),
        ("2027-01-25", ()),
        ("2027-02-01", (Note.LAST,)),
    ]
    assert days_of(list(occurrences(a_campaign(UNTIL_FEBRUARY), NOW))) == [
        ("2027-01-11", ()),
        ("2027-01-18", ()),
        ("2027-01-25", (Note.LAST,)),
    ]


@pytest.mark.feature("B31", "B11")
def test_a_campaign_whose_last_occurrence_is_skipped_is_completed_until_it_is_restored() -> None:
    campaign = a_campaign(replace(MONDAYS, ends=EndsOn(dt.date(2027, 1, 11))))

    without = skipped(campaign, NOW)
    restored = unskipped(without, NOW)

    assert (without.status, without.next_run) == (CampaignStatus.COMPLETED, None)
    assert (restored.status, restored.next_run) == (CampaignStatus.ACTIVE, campaign.next_run)
    with pytest.raises(ConflictError, match="nothing_skipped"):
        unskipped(without, NOW + dt.timedelta(days=2))


@pytest.mark.feature("B31")
def test_a_pause_that_outlasts_the_end_cannot_be_resumed() -> None:
    campaign = paused(a_campaign(UNTIL_FEBRUARY), NOW)

    with pytest.raises(ConflictError, match="recurrence_has_ended"):
        resumed(campaign, NOW + dt.timedelta(days=60))


@pytest.mark.feature("B31")
@pytest.mark.parametrize(("total", "left"), [(5, 4), (3, 2), (2, 1), (1, 0)])
def test_another_number_of_sends_counts_those_that_were_made(total: int, left: int) -> None:
    once = advanced(a_campaign(THREE_MONDAYS))

    after = changed(once, replace(MONDAYS, ends=EndsAfter(total)))

    assert after.remaining == left
    assert (after.status is CampaignStatus.COMPLETED) == (left == 0)


@pytest.mark.feature("B31")
def test_other_days_go_on_counting_unless_the_campaign_was_completed() -> None:
    tuesdays = replace(THREE_MONDAYS, weekdays=(2,))
    running = advanced(a_campaign(THREE_MONDAYS))
    done = advanced(advanced(running))

    assert changed(running, tuesdays).remaining == 2
    assert (done.status, changed(done, THREE_MONDAYS).status) == (CampaignStatus.COMPLETED,) * 2
    assert changed(done, tuesdays).remaining == 3
    assert changed(done, tuesdays).status is CampaignStatus.ACTIVE
    assert changed(done, MONDAYS).status is CampaignStatus.ACTIVE


@pytest.mark.feature("B31")
def test_a_copy_counts_from_the_beginning() -> None:
    once = advanced(a_campaign(THREE_MONDAYS))

    copy = duplicate_of(once, id=CampaignId("copy"), owner=UserId("claire"), name="x", now=NOW)

    assert copy.remaining == 3


@pytest.mark.feature("B30", "B31")
def test_another_end_or_other_off_days_keep_skipped_occurrences_and_the_dates_of_lists() -> None:
    campaign = skipped(advanced(a_campaign(Monthly((15,), EIGHT))), NOW)
    ending = Monthly((15,), EIGHT, ends=EndsOn(dt.date(2027, 12, 31)), off_days=OffDays.BEFORE)

    after = changed(campaign, ending)

    assert after.skipped == campaign.skipped
    assert after.over_until == campaign.over_until
    assert after.anchor == campaign.anchor
    assert next_document_date(after, NOW) == next_document_date(campaign, NOW)


@pytest.mark.feature("B30")
def test_another_area_moves_the_instant_of_an_occurrence_and_nothing_else() -> None:
    rule = Monthly((26,), EIGHT, off_days=OffDays.AFTER)
    now = dt.datetime(2028, 12, 1, tzinfo=dt.UTC)
    campaign = a_campaign(rule, now=now, area=HolidayArea("FR"))

    moved = rederived(
        replace(campaign, draft=replace(campaign.draft, area=HolidayArea("FR", "6AE")))
    )

    assert campaign.next_run is not None
    assert moved.next_run is not None
    assert moved.next_run.local == campaign.next_run.local
    assert moved.next_run.at - campaign.next_run.at == dt.timedelta(days=1)
    assert rederived(campaign) == campaign


@given(rules(), rules(), areas, st.integers(0, 3), st.booleans())
def test_editing_any_rule_into_any_other_keeps_every_promise(
    rule: Repeating, other: Repeating, area: HolidayArea | None, made: int, skips: bool
) -> None:
    campaign = a_campaign(rule, area=area)
    for _ in range(made):
        campaign = advanced(campaign)
    if skips and campaign.next_run is not None:
        campaign = skipped(campaign, NOW)
    expected = next_document_date(campaign, NOW)

    after = changed(campaign, other)

    coming = after.next_run
    assert (coming is not None) == (after.status is CampaignStatus.ACTIVE)
    if coming is None:
        return
    assert coming.at > NOW
    assert coming.local not in after.skipped
    listed = list(islice(occurrences(after, NOW), 10))
    sent = [one for one in listed if not {Note.SKIPPED, Note.MERGED} & set(one.notes)]
    assert sent[0].nominal == coming.local
    if not campaign.draft.same_occurrences_as(after.draft) and expected is not None:
        assert document_date_of(after, coming.local) == expected


@given(rules(), rules(), areas)
def test_no_rule_can_be_changed_while_an_occurrence_is_due(
    rule: Repeating, other: Repeating, area: HolidayArea | None
) -> None:
    campaign = a_campaign(rule, area=area)
    if campaign.next_run is None or rule == other:
        return

    with pytest.raises(ConflictError, match="occurrence_in_progress"):
        changed(campaign, other, now=campaign.next_run.at)


@given(rules(), areas, st.integers(1, 12))
def test_advancing_one_by_one_meets_every_announced_send(
    rule: Repeating, area: HolidayArea | None, count: int
) -> None:
    campaign = a_campaign(rule, area=area)
    listed = islice(occurrences(campaign, NOW), 40)
    announced = [one for one in listed if Note.MERGED not in one.notes][:count]

    for occurrence in announced:
        assert campaign.next_run is not None
        assert campaign.next_run.local == occurrence.nominal
        assert campaign.next_run.at == occurrence.at
        assert document_date_of(campaign, occurrence.nominal) == occurrence.document_date
        campaign = advanced(campaign)

    if announced and Note.LAST in announced[-1].notes:
        assert campaign.status is CampaignStatus.COMPLETED
