"""EventBridge Scheduler's cron: six fields, ``?``, ``L``, names, and its rules at clock changes.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MONTHS = {name.upper(): n for n, name in enumerate(calendar.month_abbr) if name}
_WEEKDAYS = {name: n for n, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), 1)}
_LAST_YEAR = 2199
_PART = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d+))?")


class CronError(ValueError):
    """AWS refuses this expression."""


@dataclass(frozen=True, slots=True)
class Cron:
    """The values that a cron expression matches; ``days`` None means the last day of the month.

    ``weekdays`` count from 1 (Sunday). Of days and weekdays, the one written ``?`` contains all.
    """

    times: tuple[time, ...]
    days: frozenset[int] | None
    months: frozenset[int]
    weekdays: frozenset[int]
    years: frozenset[int]

    def next_after(self, instant: datetime, zone: ZoneInfo) -> datetime | None:
        """The first firing strictly after an instant, or None when there is none.

        A wall-clock time inside a gap does not fire; one that an overlap repeats fires the first
        time only. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
        """
        # From yesterday on: a clock that is set back over midnight repeats the end of that day.
        for day in self._days_from(instant.astimezone(zone).date() - timedelta(days=1)):
            for wall_clock in self.times:
                local = datetime.combine(day, wall_clock, zone)
                at = local.astimezone(UTC)
                exists = at.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)
                if exists and at > instant:
                    return at
        return None

    def _days_from(self, first: date) -> Iterator[date]:
        day = first
        while day.year <= _LAST_YEAR:
            if day.year not in self.years or day.month not in self.months:
                day = _first_of_next_month(day)
                continue
            if self._matches(day):
                yield day
            day += timedelta(days=1)

    def _matches(self, day: date) -> bool:
        if day.isoweekday() % 7 + 1 not in self.weekdays:
            return False
        if self.days is None:
            return day.day == calendar.monthrange(day.year, day.month)[1]
        return day.day in self.days


def parse_cron(fields: str) -> Cron:
    """A cron expression from the text between the parentheses of ``cron(…)``.

    Raises CronError for what AWS refuses, and NotImplementedError for what AWS accepts but no
    campaign uses (``W``, ``#``, ``5L``).
    """
    parts = fields.upper().split()
    if len(parts) != 6:
        raise CronError("six fields are needed")
    minutes, hours, days, months, weekdays, years = parts
    if (days == "?") == (weekdays == "?"):
        raise CronError("exactly one of day-of-month and day-of-week must be ?")
    if re.search(r"W|#|.L|L.", days) or re.search(r"\dL|#", weekdays):
        raise NotImplementedError(f"cron({fields})")
    return Cron(
        times=tuple(
            time(hour, minute)
            for hour in sorted(_values(hours, 0, 23))
            for minute in sorted(_values(minutes, 0, 59))
        ),
        days=None if days == "L" else _values(_any(days), 1, 31),
        months=_values(months, 1, 12, _MONTHS),
        weekdays=_values("SAT" if weekdays == "L" else _any(weekdays), 1, 7, _WEEKDAYS),
        years=_values(years, 1970, _LAST_YEAR),
    )


def _any(field: str) -> str:
    return "*" if field == "?" else field


def _values(
    field: str, low: int, high: int, names: Mapping[str, int] | None = None
) -> frozenset[int]:
    """The numbers that a field matches; raises CronError."""
    matched: set[int] = set()
    for part in field.split(","):
        found = _PART.fullmatch(part)
        if found is None:
            raise CronError(f"{field} is not a list of values")
        first, last, step = (found.group(group) for group in ("first", "last", "step"))
        begin = low if first is None else _number(first, names)
        # A step without an end runs to the end of the field: 0/15 is every quarter of an hour.
        end = _number(last, names) if last else (begin if first and not step else high)
        if not low <= begin <= end <= high or step in ("0", "00"):
            raise CronError(f"{field} is not within {low}-{high}")
        matched.update(range(begin, end + 1, int(step or 1)))
    return frozenset(matched)


def _number(text: str, names: Mapping[str, int] | None) -> int:
    if names and text in names:
        return names[text]
    if not text.isdecimal():
        raise CronError(f"{text} is not a number")
    return int(text)


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
