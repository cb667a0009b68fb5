"""Occurrences in a span of time, for tests that compare whole calendars."""

import datetime as dt
from itertools import islice
from zoneinfo import ZoneInfo

from facteur.domain.occurrences import Calendar, Occurrence
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import Recurrence


def occurrences_between(
    recurrence: Recurrence,
    zone: ZoneInfo,
    first: dt.datetime,
    last: dt.datetime,
    *,
    limit: int,
    area: HolidayArea | None = None,
) -> list[Occurrence]:
    """The occurrences from ``first`` to ``last``, both included, at most ``limit``."""
    found: list[Occurrence] = []
    after = Calendar(recurrence, zone, area).after(first - dt.timedelta(seconds=1))
    for occurrence in islice(after, limit):
        if occurrence.at > last:
            break
        found.append(occurrence)
    return found
