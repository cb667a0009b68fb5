"""Arithmetic of dates: pure, and within the years that a date can have."""

import calendar
import datetime as dt


def days_in_month(day: dt.date) -> int:
    """How many days the month of ``day`` has."""
    return calendar.monthrange(day.year, day.month)[1]


def month_number(day: dt.date) -> int:
    """The month of ``day``, counted from year 0: the difference of two is months apart."""
    return day.year * 12 + day.month - 1


def monday_of(day: dt.date) -> dt.date:
    """The Monday of the week of ``day``."""
    return day - dt.timedelta(days=day.weekday())


def add_days(day: dt.date, days: int) -> dt.date:
    """``day`` moved by whole days, within the years that a date can have."""
    ordinal = day.toordinal() + days
    return dt.date.fromordinal(max(1, min(ordinal, dt.date.max.toordinal())))


def add_months(day: dt.date, months: int) -> dt.date:
    """``day`` moved by whole months; the last day of the month when it is too short.

    Within the years that a date can have: lists stored before dates had bounds may be dated 9999.
    """
    year, month = divmod(month_number(day) + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.max if months > 0 else dt.date.min
    first = dt.date(year, month + 1, 1)
    return first.replace(day=min(day.day, days_in_month(first)))
