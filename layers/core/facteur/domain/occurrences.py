"""When the occurrences of a recurrence are sent: pure functions of a rule, a zone and an area.

An occurrence is its nominal local date and time. The day on which it is sent follows from the
nominal one by the days off of an area, and its instant by the rules of the zone; a change of either
moves the instant, never what the occurrence is. A local time that a clock change removes is met at
the first moment after the gap that keeps the offset (02:30 becomes 03:30); one that it repeats is
met once, the first time. Both are what ``fold=0`` means in the standard library (PEP 495).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from facteur.domain.dates import days_in_month
from facteur.domain.public_holidays import HolidayArea, is_public_holiday
from facteur.domain.recurrence import (
    EndsOn,
    MonthlyOrdinal,
    NoRecurrence,
    OffDays,
    Once,
    Ordinal,
    Periodic,
    Recurrence,
)

MAX_SHIFT: Final = 14
"""Days by which days off move an occurrence at most: no country is off for longer. Without a
working day within it, an occurrence stays where it is."""


class Note(StrEnum):
    """What a person should know about an occurrence."""

    LAST_DAY_OF_MONTH = "last_day_of_month"
    """The month is too short for the day: sent on its last."""
    CLOCK_CHANGE = "clock_change"
    """The wall-clock time is removed or repeated by a clock change."""
    SHIFTED = "shifted"
    """Sent on the working day before or after a day off."""
    MERGED = "merged"
    """Sent at the instant of the one before it: not a send of its own."""
    LAST = "last"
    """The recurrence ends with it."""
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One execution of a recurrence: its nominal local time, which identifies it, and its instant.

    ``local`` is naive, in the zone of the recurrence. ``at`` (UTC) is derived from it.
    """

    local: dt.datetime
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """A recurrence in a time zone, with the area whose days off count; None: only weekends."""

    recurrence: Recurrence
    zone: ZoneInfo
    area: HolidayArea | None = None

    def occurrence_of(self, local: dt.datetime) -> Occurrence:
        """The occurrence of a nominal local time, by the present rules of zone and area."""
        return Occurrence(local, instant_of(self.sent_local(local), self.zone))

    def sent_local(self, local: dt.datetime) -> dt.datetime:
        """The local time at which the occurrence of a nominal local time is sent."""
        return dt.datetime.combine(self.sent_on(local.date()), local.time())

    def sent_on(self, day: dt.date) -> dt.date:
        """The day on which the occurrence of a nominal date is sent."""
        match self.recurrence:
            case MonthlyOrdinal(weekday="working_day", ordinal=ordinal):
                return self._working_day(day, ordinal)
            case Periodic(off_days=OffDays.BEFORE):
                return self._nearest_working_day(day, -1)
            case Periodic(off_days=OffDays.AFTER):
                return self._nearest_working_day(day, 1)
        return day

    def after(self, instant: dt.datetime) -> Iterator[Occurrence]:
        """The occurrences strictly after an instant, earliest first; endless for most rules."""
        for occurrence, is_merged in self.listed_after(instant):
            if not is_merged:
                yield occurrence

    def listed_after(self, instant: dt.datetime) -> Iterator[tuple[Occurrence, bool]]:
        """``after``, with those that merge into the one before; the second value says so."""
        around = instant.astimezone(self.zone).date()
        for occurrence, is_merged in self._all(around):
            if occurrence.at > instant:
                yield occurrence, is_merged

    def past(self, local: dt.datetime) -> Iterator[Occurrence]:
        """The occurrences whose nominal time is strictly later, whatever the instants.

        Continues a calendar without repeating or leaving out an occurrence, also when the rules of
        the zone or the holidays have changed since the one at ``local``.
        """
        for occurrence, is_merged in self._all(local.date()):
            if occurrence.local > local and not is_merged:
                yield occurrence

    def next_after(self, instant: dt.datetime) -> Occurrence | None:
        """The first occurrence strictly after an instant, or None when there is none left."""
        return next(self.after(instant), None)

    def nearest(self, at: dt.datetime) -> Occurrence | None:
        """The occurrence whose instant is nearest to ``at``; None for a rule without occurrences.

        Finds the occurrence that had the instant ``at`` by earlier rules of the zone: rules move it
        by hours, and occurrences are days apart.
        """
        nearest: Occurrence | None = None
        for occurrence, is_merged in self._all(at.astimezone(self.zone).date()):
            if is_merged:
                continue
            if nearest is None or abs(occurrence.at - at) <= abs(nearest.at - at):
                nearest = occurrence
            if occurrence.at >= at:
                break
        return nearest

    def notes(self, local: dt.datetime) -> tuple[Note, ...]:
        """What is unusual about the occurrence of a nominal local time."""
        return tuple(self._notes(local))

    def holiday_of(self, local: dt.datetime) -> dt.date | None:
        """The public holiday for which an occurrence is shifted; None when it is a weekend."""
        if self.area is None or not self._is_shifted(local.date()):
            return None
        ends = sorted((local.date(), self.sent_on(local.date())))
        passed = (ends[0] + dt.timedelta(days=n) for n in range((ends[1] - ends[0]).days + 1))
        return next((day for day in passed if is_public_holiday(self.area, day)), None)

    def _notes(self, local: dt.datetime) -> Iterator[Note]:
        rule, sent = self.recurrence, self.sent_local(local)
        if isinstance(rule, Periodic) and rule.is_shortened(local.date()):
            yield Note.LAST_DAY_OF_MONTH
        if self._is_shifted(local.date()):
            yield Note.SHIFTED
        offsets = {sent.replace(tzinfo=self.zone, fold=fold).utcoffset() for fold in (0, 1)}
        if len(offsets) > 1:
            yield Note.CLOCK_CHANGE

    def _is_shifted(self, day: dt.date) -> bool:
        """Is it sent on another day than the rule says? A working day is what the rule says."""
        return self.sent_on(day) != day and not self._means_working_day

    @property
    def _means_working_day(self) -> bool:
        return isinstance(self.recurrence, MonthlyOrdinal) and self.recurrence.is_working_day

    def _all(self, around: dt.date) -> Iterator[tuple[Occurrence, bool]]:
        """Occurrences from shortly before a date on, and whether each merges into the one before.

        Days off, and a gap, may push one past midnight: so from as much before.
        """
        match self.recurrence:
            case NoRecurrence():
                return
            case Once(at=local):
                yield self.occurrence_of(local), False
            case Periodic() as rule:
                yield from self._repeated(rule, around)

    def _repeated(self, rule: Periodic, around: dt.date) -> Iterator[tuple[Occurrence, bool]]:
        first, ends = rule.starts_on, rule.ends
        since = around - dt.timedelta(days=MAX_SHIFT) if rule.needs_working_days else around
        last: dt.datetime | None = None
        for day in rule.days(since if first is None else max(since, first)):
            bounded = self.sent_on(day) if self._means_working_day else day
            if isinstance(ends, EndsOn) and bounded > ends.date:
                return
            if first is None or bounded >= first:
                occurrence = self.occurrence_of(dt.datetime.combine(day, rule.time))
                yield occurrence, occurrence.at == last
                last = occurrence.at

    def _is_off(self, day: dt.date) -> bool:
        is_weekend = day.isoweekday() >= 6
        return is_weekend or (self.area is not None and is_public_holiday(self.area, day))

    def _nearest_working_day(self, day: dt.date, step: int) -> dt.date:
        days = (day + dt.timedelta(days=step * n) for n in range(MAX_SHIFT + 1))
        return next((near for near in days if not self._is_off(near)), day)

    def _working_day(self, day: dt.date, ordinal: Ordinal) -> dt.date:
        """The first to fourth, or last, working day of the month of ``day``, its nominal date."""
        if ordinal is Ordinal.LAST:
            return self._nearest_working_day(day.replace(day=days_in_month(day)), -1)
        since = range(1, ordinal.place + MAX_SHIFT + 1)
        worked = [near for n in since if not self._is_off(near := day.replace(day=n))]
        return worked[ordinal.place - 1] if len(worked) >= ordinal.place else day


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
