"""The schedule of every recurrence, in every zone, compared with the domain's occurrences."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.adapters.schedule_expression import native_schedule
from facteur.domain.occurrences import Calendar, Occurrence
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import Monthly, Once, Repeating, Scheduled, Weekly
from local.aws.scheduler.expressions import next_firing
from tests.local.aws.scheduler.zones import APIA_SKIPS_A_DAY, FIRST, LAST, changes, offset_at
from tests.occurrences import occurrences_between
from tests.rules_of_recurrence import areas, rules

YEAR = dt.timedelta(days=366)
STARTS = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None) - YEAR)


def firings(
    recurrence: Scheduled, zone: ZoneInfo, first: dt.datetime, last: dt.datetime
) -> list[dt.datetime]:
    """When the native schedule of a recurrence fires, from ``first`` to ``last``."""
    native = native_schedule(recurrence, zone)
    found: list[dt.datetime] = []
    at = first - dt.timedelta(seconds=1)
    while True:
        following = next_firing(native.expression, ZoneInfo(native.timezone), since=first, after=at)
        if following is None or following > last:
            return found
        found.append(following)
        at = following


def in_a_gap(calendar: Calendar, occurrence: Occurrence) -> bool:
    """Whether the local time of an occurrence does not exist on the day on which it is sent."""
    shown = occurrence.at.astimezone(calendar.zone).replace(tzinfo=None)
    return shown != calendar.sent_local(occurrence.local)


def check(
    recurrence: Scheduled,
    zone: ZoneInfo,
    first: dt.datetime,
    last: dt.datetime,
    area: HolidayArea | None = None,
) -> None:
    """Assert that the schedule fires at every local time that exists, and at most once a day."""
    calendar = Calendar(recurrence, zone, area)
    occurrences = occurrences_between(recurrence, zone, first, last, limit=1_000, area=area)
    fired = set(firings(recurrence, zone, first, last))

    missed = [each for each in occurrences if each.at not in fired]
    days = Counter(at.astimezone(zone).date() for at in fired)

    assert [each for each in missed if not in_a_gap(calendar, each)] == []
    assert set(days.values()) <= {1}


@given(
    recurrence=rules(ends=st.none()),
    zone=st.sampled_from(sorted(changes())),
    area=areas,
    start=STARTS,
)
@pytest.mark.feature("B27", "B28", "B29", "B30")
def test_a_year_of_any_recurrence_in_any_zone_that_changes_its_clock_is_triggered(
    recurrence: Repeating, zone: str, area: HolidayArea | None, start: dt.datetime
) -> None:
    first = start.replace(tzinfo=dt.UTC)

    check(recurrence, ZoneInfo(zone), first, first + YEAR, area)


@given(
    zone=st.sampled_from(sorted(changes())),
    start=STARTS,
    local=st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)),
)
def test_a_single_occurrence_is_triggered_once_at_its_instant(
    zone: str, start: dt.datetime, local: dt.datetime
) -> None:
    recurrence = Once(local.replace(second=0, microsecond=0))
    first = start.replace(tzinfo=dt.UTC)
    planned = occurrences_between(recurrence, ZoneInfo(zone), first, LAST, limit=2)

    fired = firings(recurrence, ZoneInfo(zone), first, LAST)

    assert fired == [each.at for each in planned]


@pytest.mark.feature("B4")
@pytest.mark.parametrize("zone", sorted(changes()))
def test_the_nights_on_which_a_clock_changes_are_triggered_or_in_the_gap(zone: str) -> None:
    """Tries every quarter of an hour that the change removes, repeats or borders on."""
    here = ZoneInfo(zone)
    for change in changes()[zone]:
        before = change - dt.timedelta(hours=3)
        local = (change + offset_at(here, before)).replace(tzinfo=None)
        for minutes in range(-120, 121, 15):
            time = (local + dt.timedelta(minutes=minutes)).time()
            for day in {local.date(), (local - dt.timedelta(minutes=1)).date()}:
                week = dt.timedelta(days=8)
                weekly, monthly = Weekly((day.isoweekday(),), time), Monthly((day.day,), time)
                check(weekly, here, change - week, change + week)
                check(monthly, here, change - week, change + week)


def test_a_day_that_a_zone_leaves_out_lies_in_a_gap_of_a_whole_day() -> None:
    apia = ZoneInfo("Pacific/Apia")
    week = dt.timedelta(days=8)
    recurrence = Monthly((30,), dt.time(9))

    check(recurrence, apia, APIA_SKIPS_A_DAY - week, APIA_SKIPS_A_DAY + week)


def test_every_clock_that_changes_is_tried() -> None:
    """Some 250 names of zones stand for these clocks."""
    assert len(changes()) >= 30
    assert {"Africa/Casablanca", "Australia/LHI", "Pacific/Norfolk"} <= set(changes())
