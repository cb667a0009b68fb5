"""An independent calendar: dates by dateutil, days off by ``holidays``, offsets by trial."""

import datetime as dt
import warnings
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from zoneinfo import ZoneInfo

import holidays
from dateutil import rrule

from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import (
    EndsOn,
    Monthly,
    MonthlyOrdinal,
    OffDays,
    Ordinal,
    Repeating,
    Weekly,
)

LAST = dt.datetime(2048, 12, 31)
EPOCH = dt.date(1970, 1, 5)
HOUR = dt.timedelta(hours=1)
WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)


def expected_days(rule: Repeating, area: HolidayArea | None) -> Iterator[tuple[dt.date, dt.date]]:
    """The nominal dates of a rule until 2048, each with the day on which it is sent."""
    for nominal in _nominal_days(rule):
        sent = _sent_on(nominal, rule, area)
        is_working = isinstance(rule, MonthlyOrdinal) and rule.weekday == "working_day"
        bounded = sent if is_working else nominal
        if rule.starts_on is not None and bounded < rule.starts_on:
            continue
        if isinstance(rule.ends, EndsOn) and bounded > rule.ends.date:
            return
        yield nominal, sent


def expected_instant(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first reading; a time that no clock shows is read by the offset before the gap."""
    readings = _readings_of(local, zone)
    if readings:
        return readings[0]
    before = (local.replace(tzinfo=dt.UTC) - 26 * HOUR).astimezone(zone).utcoffset()
    assert before is not None
    return local.replace(tzinfo=dt.UTC) - before


def is_expected_instant(at: dt.datetime, local: dt.datetime, zone: ZoneInfo) -> bool:
    """Is ``at`` the ``expected_instant`` of a local time? Cheap where no clock changes."""
    offset = at.astimezone(zone).utcoffset()
    around = [(at + hours * HOUR).astimezone(zone).utcoffset() for hours in (-26, -3, 3, 26)]
    if all(near == offset for near in around) and offset is not None:
        return at == local.replace(tzinfo=dt.UTC) - offset
    return at == expected_instant(local, zone)


def _nominal_days(rule: Repeating) -> list[dt.date]:
    start = rule.starts_on or EPOCH
    match rule:
        case Weekly(weekdays=weekdays):
            start = start - dt.timedelta(days=start.weekday())
            chosen = [WEEKDAYS[weekday - 1] for weekday in weekdays]
            return _ruled(rrule.WEEKLY, start, rule.every, byweekday=chosen, wkst=rrule.MO)
        case Monthly(days_of_month=days):
            found: set[dt.date] = set()
            for day in days:
                ends = list(range(min(28, day), day + 1))
                found |= {*_ruled(rrule.MONTHLY, start, rule.every, bymonthday=ends, bysetpos=-1)}
            return sorted(found)
        case MonthlyOrdinal(weekday="working_day", ordinal=ordinal):
            place = -1 if ordinal is Ordinal.LAST else ordinal.place
            return _ruled(rrule.MONTHLY, start, rule.every, bymonthday=place)
        case MonthlyOrdinal(weekday=int(weekday), ordinal=ordinal):
            place = -1 if ordinal is Ordinal.LAST else ordinal.place
            return _ruled(rrule.MONTHLY, start, rule.every, byweekday=WEEKDAYS[weekday - 1](place))
    raise AssertionError(rule)


def _ruled(frequency: int, start: dt.date, every: int, **how: object) -> list[dt.date]:
    first = start.replace(day=1) if frequency == rrule.MONTHLY else start
    rule = rrule.rrule(
        frequency,  # type: ignore[arg-type]
        dtstart=dt.datetime.combine(first, dt.time()),
        interval=every,
        until=LAST,
        **how,  # type: ignore[arg-type]
    )
    return [day.date() for day in rule]


def _sent_on(nominal: dt.date, rule: Repeating, area: HolidayArea | None) -> dt.date:
    if isinstance(rule, MonthlyOrdinal) and rule.weekday == "working_day":
        first = nominal.replace(day=1)
        month = takewhile(
            lambda day: day.month == first.month,
            (first + dt.timedelta(days=n) for n in range(32)),
        )
        worked = [day for day in month if _is_worked(day, area)]
        return worked[-1 if rule.ordinal is Ordinal.LAST else rule.ordinal.place - 1]
    step = {OffDays.KEEP: 0, OffDays.BEFORE: -1, OffDays.AFTER: 1}[rule.off_days]
    while step and not _is_worked(nominal, area):
        nominal += dt.timedelta(days=step)
    return nominal


def _is_worked(day: dt.date, area: HolidayArea | None) -> bool:
    return day.weekday() < 5 and (area is None or day not in _days_off(area))


@cache
def _days_off(area: HolidayArea) -> frozenset[dt.date]:
    with warnings.catch_warnings(category=UserWarning, action="ignore"):
        known = holidays.country_holidays(
            area.country, subdiv=area.region or None, years=range(1969, 2051)
        )
    return frozenset(known)


def _readings_of(local: dt.datetime, zone: ZoneInfo) -> list[dt.datetime]:
    """The instants at which clocks in a zone show a wall-clock time, by trying offsets."""
    around = [local.replace(tzinfo=dt.UTC) + hours * HOUR for hours in range(-48, 49)]
    offsets = {at.astimezone(zone).utcoffset() for at in around}
    instants = {local.replace(tzinfo=dt.UTC) - offset for offset in offsets if offset is not None}
    return sorted(at for at in instants if at.astimezone(zone).replace(tzinfo=None) == local)
