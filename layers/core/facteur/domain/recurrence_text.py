"""A recurrence said back as one sentence, in the reader's language."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from facteur.domain.recurrence import (
    EndsAfter,
    EndsOn,
    Monthly,
    MonthlyOrdinal,
    NoRecurrence,
    OffDays,
    Once,
    Periodic,
    Recurrence,
    Repeating,
    Weekly,
)
from facteur.locales import Locale, language_of

if TYPE_CHECKING:
    from facteur.locales.shape import RecurrenceWords


def recurrence_text(
    recurrence: Recurrence, timezone: str, locale: Locale, *, today: dt.date
) -> str:
    """A sentence without full stop: «Tous les 3 mois, le dernier jour ouvré, à 08:00, heure de
    Paris, jusqu’au 30/06/2027».

    A start is said as long as it is after ``today``.
    """
    words = language_of(locale).recurrence
    return ", ".join(_parts(recurrence, _city_of(timezone), words, today))


def _parts(
    recurrence: Recurrence, city: str, words: "RecurrenceWords", today: dt.date
) -> Iterator[str]:
    match recurrence:
        case NoRecurrence():
            yield words.at_once
        case Once(at=at):
            yield words.once
            yield words.on_date.format(date=_date(at.date(), words))
            yield words.at.format(time=f"{at:%H:%M}")
            yield words.zone(city)
        case Weekly() | Monthly() | MonthlyOrdinal() as rule:
            yield _interval(rule, words)
            yield _days(rule, words)
            yield words.at.format(time=f"{rule.time:%H:%M}")
            yield words.zone(city)
            yield from _conditions(rule, words, today)


def _interval(rule: Repeating, words: "RecurrenceWords") -> str:
    if isinstance(rule, Weekly):
        return words.weeks(rule.every)
    if rule.every % 12 or rule.starts_on is None:
        return words.months(rule.every)
    return words.years(rule.every // 12, words.month_names[rule.starts_on.month - 1])


def _days(rule: Repeating, words: "RecurrenceWords") -> str:
    match rule:
        case Weekly(weekdays=weekdays):
            return words.weekdays([words.weekday_names[weekday - 1] for weekday in weekdays])
        case Monthly(days_of_month=days):
            return words.days_of_month(days)
        case MonthlyOrdinal(ordinal=ordinal, weekday=weekday):
            name = words.working_day
            if isinstance(weekday, int):
                name = words.weekday_names[weekday - 1]
            return words.ordinal.format(ordinal=words.ordinals[ordinal.place - 1], day=name)


def _conditions(rule: Periodic, words: "RecurrenceWords", today: dt.date) -> Iterator[str]:
    match rule.off_days:
        case OffDays.BEFORE:
            yield words.moved_before
        case OffDays.AFTER:
            yield words.moved_after
        case OffDays.KEEP:
            pass
    if rule.starts_on is not None and rule.starts_on > today:
        yield words.starting.format(date=_date(rule.starts_on, words))
    match rule.ends:
        case EndsOn(date=date):
            yield words.until.format(date=_date(date, words))
        case EndsAfter(sends=sends):
            yield words.sends_in_all(sends)
        case None:
            pass


def _date(day: dt.date, words: "RecurrenceWords") -> str:
    return day.strftime(words.date)


def _city_of(timezone: str) -> str:
    """«Paris» for Europe/Paris: people know the city."""
    return timezone.rpartition("/")[2].replace("_", " ")
