"""Recurrence against an independent oracle: dateutil's rules for dates, trial for offsets."""

import datetime as dt
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil import rrule
from hypothesis import example, given
from hypothesis import strategies as st

from facteur.domain.dates import add_months
from facteur.domain.occurrences import Calendar, Note, instant_of
from facteur.domain.recurrence import DateAnchor, Monthly, NoRecurrence, Once, Weekly
from tests.occurrences import occurrences_between

PARIS = ZoneInfo("Europe/Paris")
START = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def changes_its_clock(name: str) -> bool:
    zone = ZoneInfo(name)
    offsets = {
        dt.datetime(year, month, 1, tzinfo=zone).utcoffset()
        for year in range(2026, 2047, 4)
        for month in range(1, 13)
    }
    return len(offsets) > 1


CHANGING_ZONES = sorted(
    name for name in available_timezones() if "/" in name and changes_its_clock(name)
)
NAMED_ZONES = [
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
]

times = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
night_times = st.builds(dt.time, st.integers(0, 4), st.sampled_from([0, 15, 30, 45]))
periodic = st.one_of(
    st.builds(Weekly, st.tuples(st.integers(1, 7)), times | night_times),
    st.builds(Monthly, st.tuples(st.integers(1, 31)), times | night_times),
)
instants = st.datetimes(
    dt.datetime(2026, 1, 1), dt.datetime(2046, 12, 31), timezones=st.just(dt.UTC)
)
zones = st.sampled_from(CHANGING_ZONES).map(ZoneInfo)


def expected_days(recurrence: Weekly | Monthly, since: dt.date, count: int) -> list[dt.date]:
    """The days by dateutil: for months, the last of the days up to the wanted one."""
    start = dt.datetime.combine(since, dt.time())
    if isinstance(recurrence, Weekly):
        rule = rrule.rrule(rrule.WEEKLY, dtstart=start, byweekday=recurrence.weekdays[0] - 1)
    else:
        (wanted,) = recurrence.days_of_month
        days = range(min(28, wanted), wanted + 1)
        rule = rrule.rrule(rrule.MONTHLY, dtstart=start, bymonthday=list(days), bysetpos=-1)
    return [day.date() for day in islice(rule, count)]


def readings_of(local: dt.datetime, zone: ZoneInfo) -> list[dt.datetime]:
    """The instants at which clocks in a zone show a wall-clock time, by trying offsets."""
    around = [local.replace(tzinfo=dt.UTC) + dt.timedelta(hours=hours) for hours in range(-48, 49)]
    offsets = {at.astimezone(zone).utcoffset() for at in around}
    instants = {local.replace(tzinfo=dt.UTC) - offset for offset in offsets if offset is not None}
    return sorted(at for at in instants if at.astimezone(zone).replace(tzinfo=None) == local)


def expected_instant(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The first reading; a time that no clock shows is read by the offset before the gap."""
    local = dt.datetime.combine(day, time)
    readings = readings_of(local, zone)
    if readings:
        return readings[0]
    before = (local.replace(tzinfo=dt.UTC) - dt.timedelta(hours=26)).astimezone(zone).utcoffset()
    assert before is not None
    return local.replace(tzinfo=dt.UTC) - before


@given(periodic, zones, instants)
@example(Monthly((31,), dt.time(2, 30)), PARIS, dt.datetime(2027, 2, 27, tzinfo=dt.UTC))
@example(Weekly((7,), dt.time(2, 30)), PARIS, dt.datetime(2027, 3, 21, tzinfo=dt.UTC))
@example(Weekly((7,), dt.time(2, 30)), PARIS, dt.datetime(2026, 10, 20, tzinfo=dt.UTC))
@example(Monthly((29,), dt.time(0, 0)), PARIS, dt.datetime(2028, 2, 1, tzinfo=dt.UTC))
def test_occurrences_are_those_of_an_independent_calendar(
    recurrence: Weekly | Monthly, zone: ZoneInfo, after: dt.datetime
) -> None:
    first_day = after.astimezone(zone).date().replace(day=1) - dt.timedelta(days=40)
    days = expected_days(recurrence, first_day.replace(day=1), 20)
    expected = [expected_instant(day, recurrence.time, zone) for day in days]

    found = [occurrence.at for occurrence in islice(Calendar(recurrence, zone).after(after), 3)]

    assert found == [at for at in expected if at > after][:3]


@pytest.mark.parametrize("zone", NAMED_ZONES)
@pytest.mark.parametrize(
    "recurrence",
    [
        Weekly((7,), dt.time(2, 30)),
        *(Monthly((day,), dt.time(2, 30)) for day in (1, 28, 29, 30, 31)),
    ],
    ids=str,
)
@pytest.mark.feature("B4")
def test_twenty_years_of_occurrences_are_one_a_period_and_in_order(
    recurrence: Weekly | Monthly, zone: str
) -> None:
    end = START.replace(year=START.year + 20)

    occurrences = occurrences_between(recurrence, ZoneInfo(zone), START, end, limit=5_000)

    assert all(before.at < after.at for before, after in pairwise(occurrences))
    if isinstance(recurrence, Monthly):
        assert (
            len({(occurrence.local.year, occurrence.local.month) for occurrence in occurrences})
            == len(occurrences)
            == 240
        )
    else:
        assert {(b.local - a.local).days for a, b in pairwise(occurrences)} == {7}


@given(periodic, zones, instants)
def test_the_occurrence_after_an_occurrence_is_never_the_same(
    recurrence: Weekly | Monthly, zone: ZoneInfo, after: dt.datetime
) -> None:
    first = Calendar(recurrence, zone).next_after(after)
    assert first is not None

    second = Calendar(recurrence, zone).next_after(first.at)

    assert second is not None
    assert second.at > first.at
    assert second.local > first.local
    assert Calendar(recurrence, zone).nearest(first.at) == first


@pytest.mark.feature("S39", "S40")
def test_weekly_occurs_on_its_day_at_its_local_hour_on_both_sides_of_a_clock_change() -> None:
    occurrences = list(
        islice(
            Calendar(Weekly((1,), dt.time(8)), PARIS).after(
                dt.datetime(2027, 3, 20, tzinfo=dt.UTC)
            ),
            2,
        )
    )

    assert [occurrence.at.isoformat() for occurrence in occurrences] == [
        "2027-03-22T07:00:00+00:00",
        "2027-03-29T06:00:00+00:00",
    ]


@pytest.mark.feature("S41", "S42")
def test_monthly_on_the_31st_occurs_on_the_last_day_of_shorter_months() -> None:
    occurrences = list(islice(Calendar(Monthly((31,), dt.time(8)), PARIS).after(START), 4))

    assert [str(occurrence.local.date()) for occurrence in occurrences] == [
        "2026-11-30",
        "2026-12-31",
        "2027-01-31",
        "2027-02-28",
    ]
    calendar = Calendar(Monthly((31,), dt.time(8)), PARIS)
    assert [calendar.notes(occurrence.local) for occurrence in occurrences] == [
        (Note.LAST_DAY_OF_MONTH,),
        (),
        (),
        (Note.LAST_DAY_OF_MONTH,),
    ]


@pytest.mark.feature("B4")
def test_a_time_inside_the_spring_gap_is_met_after_it() -> None:
    calendar = Calendar(Once(dt.datetime(2027, 3, 28, 2, 30)), PARIS)

    occurrence = calendar.next_after(dt.datetime(2027, 1, 1, tzinfo=dt.UTC))

    assert occurrence is not None
    assert occurrence.at.astimezone(PARIS).strftime("%H:%M") == "03:30"
    assert Note.CLOCK_CHANGE in calendar.notes(occurrence.local)


@pytest.mark.feature("B4")
def test_a_time_inside_the_autumn_overlap_is_met_once_the_first_time() -> None:
    rule = Weekly((7,), dt.time(2, 30))

    occurrences = occurrences_between(
        rule,
        PARIS,
        dt.datetime(2027, 10, 30, 12, tzinfo=dt.UTC),
        dt.datetime(2027, 10, 31, 12, tzinfo=dt.UTC),
        limit=10,
    )

    assert [occurrence.at.isoformat() for occurrence in occurrences] == [
        "2027-10-31T00:30:00+00:00"
    ]
    assert Calendar(rule, PARIS).notes(occurrences[0].local) == (Note.CLOCK_CHANGE,)


@pytest.mark.feature("S43", "S44")
def test_once_occurs_at_its_date_and_hour_and_never_again() -> None:
    rule = Once(dt.datetime(2026, 12, 24, 18, 30))

    occurrences = list(Calendar(rule, PARIS).after(START))

    assert [occurrence.at.isoformat() for occurrence in occurrences] == [
        "2026-12-24T17:30:00+00:00"
    ]
    assert Calendar(rule, PARIS).next_after(occurrences[0].at) is None


@pytest.mark.feature("S38")
def test_no_recurrence_has_no_occurrence() -> None:
    assert Calendar(NoRecurrence(), PARIS).next_after(START) is None


@pytest.mark.feature("S47", "S48", "S49")
def test_a_list_dated_the_31st_of_january_keeps_to_month_ends() -> None:
    rule = Monthly((31,), dt.time(8))
    anchor = DateAnchor(dt.date(2027, 1, 31), dt.date(2027, 1, 31))
    after = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)

    dates = [
        rule.document_date(anchor, occurrence.local.date())
        for occurrence in islice(Calendar(rule, PARIS).after(after), 4)
    ]

    assert [str(date) for date in dates] == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]


@given(periodic, zones, instants, st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_the_document_date_of_an_occurrence_depends_on_nothing_else(
    recurrence: Weekly | Monthly, zone: ZoneInfo, after: dt.datetime, list_date: dt.date
) -> None:
    occurrences = list(islice(Calendar(recurrence, zone).after(after), 5))
    anchor = DateAnchor(occurrences[0].local.date(), list_date)

    dates = [
        recurrence.document_date(anchor, occurrence.local.date()) for occurrence in occurrences
    ]

    assert dates[0] == list_date
    if isinstance(recurrence, Weekly):
        assert dates == [list_date + dt.timedelta(days=7 * k) for k in range(5)]
    else:
        assert dates == [add_months(list_date, k) for k in range(5)]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)), st.integers(-300, 300))
def test_adding_months_keeps_the_day_or_takes_the_last(day: dt.date, months: int) -> None:
    from dateutil.relativedelta import relativedelta

    assert add_months(day, months) == day + relativedelta(months=months)


@given(zones, st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2046, 1, 1)))
def test_a_wall_clock_time_that_exists_is_kept(zone: ZoneInfo, local: dt.datetime) -> None:
    exists = bool(readings_of(local, zone))

    back = instant_of(local, zone).astimezone(zone).replace(tzinfo=None)

    assert (back == local) is exists
