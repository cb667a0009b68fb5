"""Rules with several days, intervals, ordinals, ends and days off, against an independent calendar:
dateutil for dates, ``holidays`` for days off, zoneinfo for offsets."""

import datetime as dt
from functools import cache
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from facteur.domain.occurrences import MAX_SHIFT, Calendar, Note
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import (
    DateAnchor,
    EndsOn,
    Monthly,
    MonthlyOrdinal,
    OffDays,
    Ordinal,
    Repeating,
    Weekly,
)
from tests.calendar_oracle import expected_days, expected_instant, is_expected_instant
from tests.rules_of_recurrence import CHANGING_ZONES, areas, rules, zones

PARIS = ZoneInfo("Europe/Paris")
FRANCE, GERMANY, USA = HolidayArea("FR"), HolidayArea("DE"), HolidayArea("US")
NIGHT = dt.time(2, 30)
START = dt.date(2024, 11, 25)
BEGIN = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
END = BEGIN.replace(year=2046)
EVERY_KIND: list[tuple[Repeating, HolidayArea | None]] = [
    (Weekly((2, 7), NIGHT, every=2, starts_on=START), None),
    (Weekly((7,), NIGHT, off_days=OffDays.BEFORE), FRANCE),
    (Weekly((5, 6, 7), NIGHT, every=3, starts_on=START, off_days=OffDays.AFTER), USA),
    (Monthly((1, 16), dt.time(0, 15), off_days=OffDays.AFTER), GERMANY),
    (Monthly((29, 30, 31), NIGHT), None),
    (Monthly((31,), dt.time(23, 45), every=3, starts_on=START, off_days=OffDays.BEFORE), USA),
    (MonthlyOrdinal(Ordinal.LAST, "working_day", NIGHT), FRANCE),
    (MonthlyOrdinal(Ordinal.FIRST, "working_day", dt.time(0, 0)), USA),
    (MonthlyOrdinal(Ordinal.LAST, 7, NIGHT), None),
    (MonthlyOrdinal(Ordinal.SECOND, 7, NIGHT, every=2, starts_on=START), None),
    (MonthlyOrdinal(Ordinal.FOURTH, 1, dt.time(1), every=12, starts_on=START), GERMANY),
]
instants = st.datetimes(
    dt.datetime(2026, 1, 1), dt.datetime(2046, 12, 31), timezones=st.just(dt.UTC)
)


@cache
def all_days(place: int) -> list[tuple[dt.date, dt.date]]:
    """The days of the rule at a place of EVERY_KIND around the twenty years."""
    rule, area = EVERY_KIND[place]
    return [pair for pair in expected_days(rule, area) if pair[0].year >= 2024]


@pytest.mark.feature("B4", "B27", "B28", "B29", "B30")
@pytest.mark.parametrize("name", CHANGING_ZONES)
def test_twenty_years_of_every_kind_are_those_of_an_independent_calendar(name: str) -> None:
    zone = ZoneInfo(name)
    for place, (rule, area) in enumerate(EVERY_KIND):
        calendar = Calendar(rule, zone, area)

        listed = list(takewhile(lambda one: one[0].at <= END, calendar.listed_after(BEGIN)))

        first, last = listed[0][0].local.date(), listed[-1][0].local.date()
        expected = [pair for pair in all_days(place) if first <= pair[0] <= last]
        found = [(one.local.date(), calendar.sent_local(one.local).date()) for one, _ in listed]
        assert found == expected
        for (one, is_merged), (_, sent), (_, before) in zip(
            listed[1:], expected[1:], expected, strict=False
        ):
            assert is_expected_instant(one.at, dt.datetime.combine(sent, rule.time), zone)
            assert is_merged == (sent == before)
        _, before_first = all_days(place)[all_days(place).index(expected[0]) - 1]
        assert expected_instant(dt.datetime.combine(before_first, rule.time), zone) <= BEGIN


@given(rules(), zones, areas, instants)
@example(
    MonthlyOrdinal(Ordinal.LAST, "working_day", NIGHT, ends=EndsOn(dt.date(2027, 1, 29))),
    PARIS,
    FRANCE,
    dt.datetime(2026, 12, 31, 12, tzinfo=dt.UTC),
)
@example(
    Monthly((1, 2, 3), NIGHT, off_days=OffDays.AFTER),
    PARIS,
    FRANCE,
    dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
)
def test_any_rule_has_the_occurrences_of_an_independent_calendar(
    rule: Repeating, zone: ZoneInfo, area: HolidayArea | None, after: dt.datetime
) -> None:
    days = takewhile(lambda pair: pair[0].year <= after.year + 3, expected_days(rule, area))
    near = (pair for pair in days if pair[0] >= after.date() - dt.timedelta(days=MAX_SHIFT + 2))
    expected: list[dt.datetime] = []
    for _, sent in near:
        at = expected_instant(dt.datetime.combine(sent, rule.time), zone)
        if at > after and at not in expected:
            expected.append(at)
        if len(expected) == 4:
            break

    found = [one.at for one in islice(Calendar(rule, zone, area).after(after), len(expected))]

    assert found == expected


@given(rules(), zones, areas, instants)
def test_an_occurrence_is_found_again_by_its_nominal_time_and_by_its_instant(
    rule: Repeating, zone: ZoneInfo, area: HolidayArea | None, after: dt.datetime
) -> None:
    calendar = Calendar(rule, zone, area)
    occurrences = list(islice(calendar.after(after), 3))

    for one in occurrences:
        assert calendar.occurrence_of(one.local) == one
        assert calendar.nearest(one.at) == one
    for one, following in pairwise(occurrences):
        assert following.local > one.local
        assert following.at > one.at
        assert next(calendar.past(one.local)) == following


LAST_WORKING_DAYS = {
    # 2027: 1 May is a Saturday, 31 May a Monday (Memorial Day in the United States); 26 March is
    # Good Friday and 29 March Easter Monday; 31 October is a Sunday; 24 and 31 December are
    # Fridays, the latter the day off for New Year's Day 2028 in the United States, a Saturday.
    FRANCE: "29/01 26/02 31/03 30/04 31/05 30/06 30/07 31/08 30/09 29/10 30/11 31/12",
    GERMANY: "29/01 26/02 31/03 30/04 31/05 30/06 30/07 31/08 30/09 29/10 30/11 31/12",
    USA: "29/01 26/02 31/03 30/04 28/05 30/06 30/07 31/08 30/09 29/10 30/11 30/12",
}


@pytest.mark.feature("B29")
@pytest.mark.parametrize("area", LAST_WORKING_DAYS, ids=lambda area: area.country)
def test_the_last_working_days_of_2027_are_those_of_a_printed_calendar(area: HolidayArea) -> None:
    rule = MonthlyOrdinal(Ordinal.LAST, "working_day", dt.time(8))
    calendar = Calendar(rule, PARIS, area)

    year = islice(calendar.after(dt.datetime(2027, 1, 1, tzinfo=dt.UTC)), 12)

    sent = [calendar.sent_local(one.local) for one in year]
    assert " ".join(f"{day:%d/%m}" for day in sent) == LAST_WORKING_DAYS[area]


@pytest.mark.feature("B30")
def test_an_occurrence_on_a_holiday_is_shifted_and_says_for_which() -> None:
    christmas = dt.datetime(2026, 12, 25, 8)
    before = Calendar(Monthly((25,), dt.time(8), off_days=OffDays.BEFORE), PARIS, FRANCE)
    after = Calendar(Monthly((25,), dt.time(8), off_days=OffDays.AFTER), PARIS, FRANCE)

    assert before.sent_local(christmas) == dt.datetime(2026, 12, 24, 8)
    assert after.sent_local(christmas) == dt.datetime(2026, 12, 28, 8)
    assert before.notes(christmas) == after.notes(christmas) == (Note.SHIFTED,)
    assert before.holiday_of(christmas) == christmas.date()
    assert before.holiday_of(dt.datetime(2027, 4, 25, 8)) is None


@pytest.mark.feature("B30")
def test_occurrences_that_land_on_one_instant_are_one_send_of_the_earlier_date() -> None:
    rule = Weekly((6, 7), dt.time(8), off_days=OffDays.AFTER)
    calendar = Calendar(rule, PARIS, FRANCE)

    listed = list(islice(calendar.listed_after(dt.datetime(2026, 11, 24, tzinfo=dt.UTC)), 4))

    assert [(str(one.local.date()), merged) for one, merged in listed] == [
        ("2026-11-28", False),
        ("2026-11-29", True),
        ("2026-12-05", False),
        ("2026-12-06", True),
    ]
    assert listed[0][0].at == listed[1][0].at


@pytest.mark.feature("B28", "B32")
def test_each_day_of_the_month_moves_by_months_from_what_its_first_occurrence_carried() -> None:
    rule = Monthly((1, 16, 31), dt.time(8))
    anchor = DateAnchor(run_on=dt.date(2027, 1, 16), document_date=dt.date(2027, 1, 10))

    carried = {
        str(one.local.date()): str(rule.document_date(anchor, one.local.date()))
        for one in islice(Calendar(rule, PARIS).past(dt.datetime(2027, 1, 15)), 8)
    }

    assert carried == {
        "2027-01-16": "2027-01-10",
        "2027-01-31": "2027-01-25",
        "2027-02-01": "2027-01-26",
        "2027-02-16": "2027-02-10",
        "2027-02-28": "2027-02-25",
        "2027-03-01": "2027-02-26",
        "2027-03-16": "2027-03-10",
        "2027-03-31": "2027-03-25",
    }


@given(rules(ends=st.none()), zones, st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), instants)
def test_lists_carry_dates_that_never_go_back_and_follow_from_the_occurrence_alone(
    rule: Repeating, zone: ZoneInfo, list_date: dt.date, after: dt.datetime
) -> None:
    occurrences = list(islice(Calendar(rule, zone).after(after), 8))
    anchor = DateAnchor(occurrences[0].local.date(), list_date)

    carried = [rule.document_date(anchor, one.local.date()) for one in occurrences]

    assert carried[0] == list_date
    if isinstance(rule, Weekly):
        assert carried == [list_date + (one.local.date() - anchor.run_on) for one in occurrences]
    elif isinstance(rule, MonthlyOrdinal):
        assert carried == sorted(carried)
    moved = [
        rule.document_date(DateAnchor(one.local.date(), date), one.local.date())
        for one, date in zip(occurrences, carried, strict=True)
    ]
    assert moved == carried
