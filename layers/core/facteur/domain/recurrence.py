"""Rules of recurrence: on which nominal days a campaign runs. Pure functions of a rule.

What a rule says are nominal dates, which identify its occurrences and from which the dates of
lists are counted. When an occurrence is sent, also when it would fall on a day off, is said by
``occurrences``.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Final, Literal

from facteur.domain.dates import (
    add_days,
    add_months,
    days_in_month,
    monday_of,
    month_number,
)

MAX_WEEKS: Final = 52
MAX_MONTHS: Final = 24
"""The longest interval of a weekly and of a monthly rule."""
MAX_SENDS: Final = 1_000
"""The most sends after which a recurrence may end."""
WORKING_DAY: Final = "working_day"
_AN_ORIGIN: Final = dt.date(1970, 1, 5)
"""A Monday from which intervals count in a rule without ``starts_on``."""

type Weekday = int | Literal["working_day"]
"""1 (Monday) to 7, or a working day: not a Saturday, Sunday or public holiday."""


class RecurrenceKind(StrEnum):
    """«Aucune», «Hebdomadaire», «Mensuelle», «Une fois»."""

    NONE = "none"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ONCE = "once"


class OffDays(StrEnum):
    """What becomes of an occurrence on a Saturday, Sunday or public holiday."""

    KEEP = "keep"
    BEFORE = "before"
    """Sent on the working day before."""
    AFTER = "after"
    """Sent on the working day after."""


class Ordinal(StrEnum):
    """Which of the days of a month."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"

    @property
    def place(self) -> int:
        """From 1 on, 5 for the last."""
        return list(Ordinal).index(self) + 1


@dataclass(frozen=True, slots=True)
class EndsOn:
    """The last date on which an occurrence may fall."""

    date: dt.date


@dataclass(frozen=True, slots=True)
class EndsAfter:
    """The number of sends after which a recurrence has ended."""

    sends: int


type Ends = EndsOn | EndsAfter


@dataclass(frozen=True, slots=True)
class DateAnchor:
    """The date a list carried on one occurrence: the date of every other one follows from it.

    ``run_on`` is the nominal date of that occurrence, ``document_date`` what the list carried.
    """

    run_on: dt.date
    document_date: dt.date


class Periodic(ABC):
    """A rule that repeats, at the local ``time`` of some days, until it ``ends``.

    ``every`` counts weeks or months from those of ``starts_on``, the first day that an occurrence
    may fall on.
    """

    __slots__ = ()
    time: dt.time
    every: int
    starts_on: dt.date | None
    ends: Ends | None
    off_days: OffDays

    @abstractmethod
    def days(self, around: dt.date) -> Iterator[dt.date]:
        """The nominal dates of its occurrences, ascending, from at least one before ``around`` on.

        Without end: the ``Calendar`` knows which of them are before its start or after its end.
        """

    @abstractmethod
    def document_date(self, anchor: DateAnchor, run_on: dt.date) -> dt.date:
        """The date that a list carries on the occurrence of the nominal date ``run_on``.

        A function of the occurrence alone, so that a retry or a duplicate never moves it.
        """

    def is_shortened(self, day: dt.date) -> bool:  # noqa: ARG002 - most rules are not
        """Is the month of ``day`` too short for the day of the rule?"""
        return False

    @property
    def needs_working_days(self) -> bool:
        """Does it depend on which days are worked?"""
        return self.off_days is not OffDays.KEEP


@dataclass(frozen=True, slots=True)
class NoRecurrence:
    """Sent at once, when created."""

    kind = RecurrenceKind.NONE


@dataclass(frozen=True, slots=True)
class Weekly(Periodic):
    """On ``weekdays``, from 1 (Monday) to 7, ascending, of every n-th week."""

    weekdays: tuple[int, ...]
    time: dt.time
    every: int = 1
    starts_on: dt.date | None = None
    ends: Ends | None = None
    off_days: OffDays = OffDays.KEEP
    kind = RecurrenceKind.WEEKLY

    def days(self, around: dt.date) -> Iterator[dt.date]:
        origin = monday_of(self.starts_on or _AN_ORIGIN)
        weeks = (monday_of(around) - origin).days // 7
        monday = origin + dt.timedelta(weeks=weeks - weeks % self.every - self.every)
        while True:
            yield from (monday + dt.timedelta(days=weekday - 1) for weekday in self.weekdays)
            monday += dt.timedelta(weeks=self.every)

    def document_date(self, anchor: DateAnchor, run_on: dt.date) -> dt.date:
        """Moved by the days between both occurrences."""
        return add_days(anchor.document_date, (run_on - anchor.run_on).days)


@dataclass(frozen=True, slots=True)
class Monthly(Periodic):
    """On ``days``, ascending, of every n-th month, each on the last day of a shorter month.

    Days that meet there are one occurrence: that of the smallest.
    """

    days_of_month: tuple[int, ...]
    time: dt.time
    every: int = 1
    starts_on: dt.date | None = None
    ends: Ends | None = None
    off_days: OffDays = OffDays.KEEP
    kind = RecurrenceKind.MONTHLY

    def days(self, around: dt.date) -> Iterator[dt.date]:
        for month in _months(self, around):
            last = days_in_month(month)
            for day in sorted({min(day, last) for day in self.days_of_month}):
                yield month.replace(day=day)

    def document_date(self, anchor: DateAnchor, run_on: dt.date) -> dt.date:
        """Moved by whole months from what the first occurrence of the same day carried: a list
        dated the 31st carries 28 February and then 31 March."""
        first = anchor.run_on
        if self._day_met(run_on) != self._day_met(first):
            first = self._first_like(run_on, first)
        carried = add_days(anchor.document_date, (first - anchor.run_on).days)
        return add_months(carried, month_number(run_on) - month_number(first))

    def is_shortened(self, day: dt.date) -> bool:
        met = self._day_met(day)
        return met is not None and day.day < met

    def _day_met(self, day: dt.date) -> int | None:
        """The day of the rule that an occurrence is of; None for a date without one."""
        last = days_in_month(day)
        return next((met for met in self.days_of_month if min(met, last) == day.day), None)

    def _first_like(self, run_on: dt.date, since: dt.date) -> dt.date:
        """The first occurrence from ``since`` on that is of the same day as ``run_on``."""
        met = self._day_met(run_on)
        later = takewhile(lambda day: day < run_on, self.days(since))
        return next((day for day in later if day >= since and self._day_met(day) == met), run_on)


@dataclass(frozen=True, slots=True)
class MonthlyOrdinal(Periodic):
    """On the first to fourth, or last, weekday or working day of every n-th month.

    The nominal date of a working day does not depend on what is worked: it is the day of the month
    with that number, or the last one, and nobody but us needs to know it.
    """

    ordinal: Ordinal
    weekday: Weekday
    time: dt.time
    every: int = 1
    starts_on: dt.date | None = None
    ends: Ends | None = None
    off_days: OffDays = OffDays.KEEP
    kind = RecurrenceKind.MONTHLY

    def days(self, around: dt.date) -> Iterator[dt.date]:
        for month in _months(self, around):
            yield self._day_in(month)

    def _day_in(self, month: dt.date) -> dt.date:
        is_last = self.ordinal is Ordinal.LAST
        if isinstance(self.weekday, str):
            return month.replace(day=days_in_month(month) if is_last else self.ordinal.place)
        first = 1 + (self.weekday - month.isoweekday()) % 7
        day = first + 7 * (self.ordinal.place - 1)
        return month.replace(day=day if day <= days_in_month(month) else day - 7)

    def document_date(self, anchor: DateAnchor, run_on: dt.date) -> dt.date:
        """Moved by whole months, counted from the anchor."""
        months = month_number(run_on) - month_number(anchor.run_on)
        return add_months(anchor.document_date, months)

    @property
    def is_working_day(self) -> bool:
        return self.weekday == WORKING_DAY

    @property
    def needs_working_days(self) -> bool:
        return self.is_working_day or self.off_days is not OffDays.KEEP


@dataclass(frozen=True, slots=True)
class Once:
    """Once, at a local date and time (naive: the zone stands beside the recurrence)."""

    at: dt.datetime
    kind = RecurrenceKind.ONCE


type Repeating = Weekly | Monthly | MonthlyOrdinal
type Recurrence = NoRecurrence | Repeating | Once
type Scheduled = Once | Repeating
"""What needs a schedule: everything that is not sent at once."""


def needs_working_days(recurrence: Recurrence) -> bool:
    """Does a rule depend on which days are worked?"""
    return isinstance(recurrence, Periodic) and recurrence.needs_working_days


def _months(rule: Periodic, around: dt.date) -> Iterator[dt.date]:
    """The first days of the months of a rule, from at least one before that of ``around`` on."""
    origin = (rule.starts_on or _AN_ORIGIN).replace(day=1)
    months = month_number(around) - month_number(origin)
    months -= months % rule.every + rule.every
    while True:
        yield add_months(origin, months)
        months += rule.every
