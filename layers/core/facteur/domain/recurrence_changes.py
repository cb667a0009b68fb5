"""What stays of a recurrence when another takes its place."""

import datetime as dt
from dataclasses import replace

from facteur.domain.recurrence import OffDays, Periodic, Recurrence


def same_occurrences(one: Recurrence, other: Recurrence) -> bool:
    """Have two rules the same nominal times, whenever they end and whatever days are off?"""
    return _without_end(one) == _without_end(other)


def started(recurrence: Recurrence, today: dt.date, stored: Recurrence | None = None) -> Recurrence:
    """A rule that counts intervals, with the day from which it counts them.

    Without one it starts as the ``stored`` one with the same interval did, or ``today``.
    """
    if not isinstance(recurrence, Periodic) or recurrence.every == 1 or recurrence.starts_on:
        return recurrence
    interval = (recurrence.kind, recurrence.every)
    if isinstance(stored, Periodic) and (stored.kind, stored.every) == interval:
        return replace(recurrence, starts_on=stored.starts_on or today)
    return replace(recurrence, starts_on=today)


def _without_end(recurrence: Recurrence) -> Recurrence:
    if not isinstance(recurrence, Periodic):
        return recurrence
    return replace(recurrence, ends=None, off_days=OffDays.KEEP)
