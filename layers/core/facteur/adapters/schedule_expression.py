"""Recurrences as cron() and at() expressions of EventBridge Scheduler.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo

from facteur.domain.recurrence import Monthly, Once, Scheduled, Weekly, instant_of

_WEEKDAY_NAMES = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


@dataclass(frozen=True, slots=True)
class NativeSchedule:
    """The expression of a recurrence and its time zone."""

    expression: str
    timezone: str
    ends: bool
    """True for a schedule that triggers once and is then deleted."""


def native_schedule(recurrence: Scheduled, zone: ZoneInfo) -> NativeSchedule:
    """The schedule of a recurrence.

    It may trigger on additional days, and misses an occurrence only when a clock change skips its
    local time. Days 29 and 30 trigger from the 28th on, since cron cannot express "the 29th, or
    else the last day"; the campaign's ``next_run_at`` decides which trigger counts.
    """
    match recurrence:
        case Once(at=local):
            at = instant_of(local, zone)
            return NativeSchedule(f"at({at:%Y-%m-%dT%H:%M:%S})", "UTC", ends=True)
        case Weekly(weekday=weekday, time=time):
            days = f"? * {_WEEKDAY_NAMES[weekday - 1]}"
        case Monthly(day=day, time=time):
            days = f"{_days_of_month(day)} * ?"
        case _:
            assert_never(recurrence)
    return NativeSchedule(f"cron({time.minute} {time.hour} {days} *)", zone.key, ends=False)


def _days_of_month(day: int) -> str:
    if day <= 28:
        return str(day)
    return "L" if day == 31 else f"28-{day}"
