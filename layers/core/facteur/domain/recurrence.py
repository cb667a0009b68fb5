"""When a campaign runs: pure functions of a rule, a time zone and an instant.

An occurrence is its nominal local date and time: the wall-clock time is what a person keeps. Its
instant follows from the rules of the zone, which a newer time-zone database may change. A local
time that a clock change removes is met at the first moment after the gap that keeps the offset
(02:30 becomes 03:30); one that it repeats is met once, the first time. Both are what ``fold=0``
means in the standard library (PEP 495).
"""

import calendar
import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


class RecurrenceKind(StrEnum):
    """«Aucune», «Hebdomadaire», «Mensuelle», «Une fois»."""

    NONE = "none"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ONCE = "once"


class Note(StrEnum):
    """What a person should know about an occurrence."""

    LAST_DAY_OF_MONTH = "last_day_of_month"
    """The month is too short for the day: sent on its last."""
    CLOCK_CHANGE = "clock_change"
    """The wall-clock time is removed or repeated by a clock change."""
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DateAnchor:
    """The date a list carried on one occurrence: the date of every other one follows from it.

    ``run_on`` is the local date of that occurrence, ``document_date`` what the list carried.
    """

    run_on: dt.date
    document_date: dt.date


class Periodic(ABC):
    """A rule that repeats without end, at the local ``time`` of some days."""

    __slots__ = ()
    time: dt.time

    @abstractmethod
    def days(self, around: dt.date) -> Iterator[dt.date]:
        """The local days of its occurrences, ascending, from at least one before ``around`` on."""

    @abstractmethod
    def document_date(self, anchor: DateAnchor, run_on: dt.date) -> dt.date:
        """The date that a list carries on the occurrence of the local day ``run_on``.

        A function of the occurrence alone, so that a retry or a duplicate never moves it.
        """

    def notes(self, day: dt.date) -> tuple[Note, ...]:  # noqa: ARG002 - most rules have none
        """What is unusual about the occurrence of a local day."""
        return ()


@dataclass(frozen=True, slots=True)
class NoRecurrence:
    """Sent at once, when created."""

    kind = RecurrenceKind.NONE


@dataclass(frozen=True, slots=True)
class Weekly(Periodic):
    """Every week; ``weekday`` from 1 (Monday) to 7."""

    weekday: int
    time: dt.time
    kind = RecurrenceKind.WEEKLY

    def days(self, around: dt.date) -> Iterator[dt.date]:
        day = around - dt.timedelta(days=7 + (around.isoweekday() - self.weekday) % 7)
        while True:
            yield day
            day += dt.timedelta(days=7)

    def document_date(self, anchor: DateAnchor, run_on: dt.date) -> dt.date:
        """Moved by whole weeks."""
        return add_days(anchor.document_date, (run_on - anchor.run_on).days // 7 * 7)


@dataclass(frozen=True, slots=True)
class Monthly(Periodic):
    """Every month on ``day``, or on the last day of a month that is shorter."""

    day: int
    time: dt.time
    kind = RecurrenceKind.MONTHLY

    def days(self, around: dt.date) -> Iterator[dt.date]:
        month = add_months(around.replace(day=1), -1)
        while True:
            yield month.replace(day=min(self.day, days_in_month(month)))
            month = add_months(month, 1)

    def document_date(self, anchor: DateAnchor, run_on: dt.date) -> dt.date:
        """Moved by whole months, counted from the anchor: a list dated the 31st carries
        28 February and then 31 March."""
        months = (run_on.year - anchor.run_on.year) * 12 + run_on.month - anchor.run_on.month
        return add_months(anchor.document_date, months)

    def notes(self, day: dt.date) -> tuple[Note, ...]:
        return (Note.LAST_DAY_OF_MONTH,) if day.day < self.day else ()


@dataclass(frozen=True, slots=True)
class Once:
    """Once, at a local date and time (naive: the zone stands beside the recurrence)."""

    at: dt.datetime
    kind = RecurrenceKind.ONCE


type Recurrence = NoRecurrence | Weekly | Monthly | Once
type Scheduled = Once | Weekly | Monthly
"""What needs a schedule: everything that is not sent at once."""
RECURRENCES: Mapping[RecurrenceKind, type[Recurrence]] = {
    kind.kind: kind for kind in (NoRecurrence, Weekly, Monthly, Once)
}
"""The class of each kind."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One execution of a recurrence: its nominal local time, which identifies it, and its instant.

    ``local`` is naive, in the zone of the recurrence. ``at`` (UTC) is derived from it.
    """

    local: dt.datetime
    at: dt.datetime

    def notes(self, recurrence: Recurrence, zone: ZoneInfo) -> tuple[Note, ...]:
        """What is unusual about this occurrence."""
        notes = recurrence.notes(self.local.date()) if isinstance(recurrence, Periodic) else ()
        offsets = {self.local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
        return (*notes, Note.CLOCK_CHANGE) if len(offsets) > 1 else notes


def is_timezone(name: str) -> bool:
    """Is ``name`` the IANA name of a time zone?"""
    return name in _timezones()


@cache
def _timezones() -> frozenset[str]:
    # "localtime" is whatever this machine is set to, "Factory" an unset one: neither is a place.
    return frozenset(available_timezones() - {"Factory", "localtime"})


def instant_of(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The instant (UTC) of a naive wall-clock time in a zone, gap and overlap as above."""
    return local.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)


def start_of_day(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The instant (UTC) at which a local day begins."""
    return instant_of(dt.datetime.combine(day, dt.time()), zone)


def occurrence_of(local: dt.datetime, zone: ZoneInfo) -> Occurrence:
    """The occurrence of a nominal local time, by the present rules of the zone."""
    return Occurrence(local, instant_of(local, zone))


def occurrences_after(
    recurrence: Recurrence, zone: ZoneInfo, after: dt.datetime
) -> Iterator[Occurrence]:
    """The occurrences strictly after an instant, earliest first; endless for periodic rules."""
    around = after.astimezone(zone).date()
    occurrences = _occurrences(recurrence, zone, around)
    yield from (occurrence for occurrence in occurrences if occurrence.at > after)


def occurrences_past(
    recurrence: Recurrence, zone: ZoneInfo, local: dt.datetime
) -> Iterator[Occurrence]:
    """The occurrences whose nominal time is strictly later than ``local``, whatever the instants.

    Continues a calendar without repeating or leaving out an occurrence, also when the rules of the
    zone have changed since the one at ``local``.
    """
    occurrences = _occurrences(recurrence, zone, local.date())
    yield from (occurrence for occurrence in occurrences if occurrence.local > local)


def next_occurrence(
    recurrence: Recurrence, zone: ZoneInfo, after: dt.datetime
) -> Occurrence | None:
    """The first occurrence strictly after an instant, or None when there is none left."""
    return next(occurrences_after(recurrence, zone, after), None)


def nearest_occurrence(
    recurrence: Recurrence, zone: ZoneInfo, at: dt.datetime
) -> Occurrence | None:
    """The occurrence whose instant is nearest to ``at``; None for a rule without occurrences.

    Finds the occurrence that had the instant ``at`` by earlier rules of the zone: rules move it by
    hours, and occurrences are days apart.
    """
    nearest: Occurrence | None = None
    for occurrence in _occurrences(recurrence, zone, at.astimezone(zone).date()):
        if nearest is None or abs(occurrence.at - at) <= abs(nearest.at - at):
            nearest = occurrence
        if occurrence.at >= at:
            break
    return nearest


def instants_by_any_rules(local: dt.datetime, zone: ZoneInfo) -> frozenset[dt.datetime]:
    """The instants that a wall-clock time may have had by other rules of its zone.

    By every offset that the zone has within two years of it, and an hour more and less than now:
    a change of rules moves the dates of summer time, or adopts or abolishes it.
    """
    days = (local + dt.timedelta(days=30 * months) for months in range(-24, 25))
    instants = {local - _offset_at(day, zone) for day in days}
    now = local - _offset_at(local, zone)
    instants |= {now - dt.timedelta(hours=1), now, now + dt.timedelta(hours=1)}
    return frozenset(instant.replace(tzinfo=dt.UTC) for instant in instants)


def _offset_at(local: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
    return local - instant_of(local, zone).replace(tzinfo=None)


def _occurrences(recurrence: Recurrence, zone: ZoneInfo, around: dt.date) -> Iterator[Occurrence]:
    """Occurrences from shortly before a date on; a gap may push one past midnight, so one more."""
    match recurrence:
        case NoRecurrence():
            return
        case Once(at=local):
            yield occurrence_of(local, zone)
        case Periodic():
            for day in recurrence.days(around):
                yield occurrence_of(dt.datetime.combine(day, recurrence.time), zone)


def days_in_month(day: dt.date) -> int:
    """How many days the month of ``day`` has."""
    return calendar.monthrange(day.year, day.month)[1]


def add_days(day: dt.date, days: int) -> dt.date:
    """``day`` moved by whole days, within the years that a date can have."""
    ordinal = day.toordinal() + days
    return dt.date.fromordinal(max(1, min(ordinal, dt.date.max.toordinal())))


def add_months(day: dt.date, months: int) -> dt.date:
    """``day`` moved by whole months; the last day of the month when it is too short.

    Within the years that a date can have: lists stored before dates had bounds may be dated 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.max if months > 0 else dt.date.min
    first = dt.date(year, month + 1, 1)
    return first.replace(day=min(day.day, days_in_month(first)))
