"""Recurrences as cron() and at() expressions of EventBridge Scheduler.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo

from facteur.domain.occurrences import MAX_SHIFT, instant_of
from facteur.domain.recurrence import (
    Monthly,
    MonthlyOrdinal,
    OffDays,
    Once,
    Ordinal,
    Repeating,
    Scheduled,
    Weekly,
)

_WEEKDAY_NAMES = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_LONGEST, _SHORTEST = 31, 28
"""Days of a month."""


@dataclass(frozen=True, slots=True)
class NativeSchedule:
    """The expression of a recurrence and its time zone."""

    expression: str
    timezone: str
    ends: bool
    """True for a schedule that triggers once and is then deleted."""


def native_schedule(recurrence: Scheduled, zone: ZoneInfo) -> NativeSchedule:
    """The schedule of a recurrence.

    It triggers at the local time of the rule on every day on which an occurrence may be sent, once
    a day at most; the campaign's ``next_run_at`` decides which trigger counts. It misses an
    occurrence only when a clock change skips its local time. It has no start and no end, counts no
    weeks, and knows no days off: it triggers on each day to which they may move an occurrence.
    """
    match recurrence:
        case Once(at=local):
            at = instant_of(local, zone)
            return NativeSchedule(f"at({at:%Y-%m-%dT%H:%M:%S})", "UTC", ends=True)
        case Weekly() | Monthly() | MonthlyOrdinal():
            time, days = recurrence.time, _days_and_months(recurrence)
        case _:
            assert_never(recurrence)
    return NativeSchedule(f"cron({time.minute} {time.hour} {days} *)", zone.key, ends=False)


def _days_and_months(rule: Repeating) -> str:
    """Day of month, month and day of week."""
    match rule:
        case MonthlyOrdinal(weekday="working_day", ordinal=Ordinal.LAST):
            days = f"{_moved([_LONGEST], OffDays.BEFORE)} * ?"
        case MonthlyOrdinal(weekday="working_day", ordinal=ordinal):
            days = f"{_moved([ordinal.place], OffDays.AFTER)} * ?"
        case Weekly(weekdays=weekdays, off_days=OffDays.KEEP):
            days = f"? * {_weekdays(weekdays)}"
        case MonthlyOrdinal(weekday=int(weekday), off_days=OffDays.KEEP):
            days = f"? {_months(rule)} {_weekdays([weekday])}"
        case Monthly(days_of_month=numbers, off_days=OffDays.KEEP):
            days = f"{_days_of_month(numbers)} {_months(rule)} ?"
        case Monthly(days_of_month=numbers):
            days = f"{_moved(numbers, rule.off_days)} * ?"
        case _:
            days = "* * ?"
    return days


def _weekdays(weekdays: Iterable[int]) -> str:
    return ",".join(_WEEKDAY_NAMES[weekday - 1] for weekday in weekdays)


def _days_of_month(days: tuple[int, ...]) -> str:
    """Cron cannot express "the 29th, or else the last day", nor the last day beside others: every
    day from the 28th on that may be meant."""
    if days == (_LONGEST,):
        return "L"
    return _as_list({near for day in days for near in range(min(day, _SHORTEST), day + 1)})


def _months(rule: Repeating) -> str:
    """The months of an interval that divides the year, counted from its start."""
    if rule.starts_on is None or rule.every == 1 or (12 % rule.every and rule.every % 12):
        return "*"
    every = min(rule.every, 12)
    return ",".join(
        str(month) for month in range(1, 13) if (month - rule.starts_on.month) % every == 0
    )


def _moved(days: Iterable[int], off_days: OffDays) -> str:
    """The days to which days off may move some days of the month, also of the one beside it."""
    found: set[int] = set()
    lengths = range(_SHORTEST, _LONGEST + 1)
    for day in days:
        clipped = min(day, _SHORTEST)
        if off_days is OffDays.AFTER:
            near = range(clipped, day + MAX_SHIFT + 1)
            found |= {other - length for other in near for length in lengths if other > length}
        else:
            near = range(clipped - MAX_SHIFT, day + 1)
            found |= {other + length for other in near for length in lengths if other < 1}
        found |= {other for other in near if 1 <= other <= _LONGEST}
    return _as_list(found)


def _as_list(days: Iterable[int]) -> str:
    """``1-3,28-31``"""
    ranges: list[list[int]] = []
    for day in sorted(days):
        if ranges and day == ranges[-1][-1] + 1:
            ranges[-1].append(day)
        else:
            ranges.append([day])
    parts = (f"{r[0]}-{r[-1]}" if len(r) > 1 else str(r[0]) for r in ranges)
    return ",".join(parts)
