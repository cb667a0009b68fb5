"""Planned runs in a span of time, for tests that compare whole calendars."""

import datetime as dt
from itertools import islice
from zoneinfo import ZoneInfo

from facteur.domain.recurrence import Recurrence, Slot, slots_after


def slots_between(
    recurrence: Recurrence, zone: ZoneInfo, first: dt.datetime, last: dt.datetime, *, limit: int
) -> list[Slot]:
    """The planned runs from ``first`` to ``last``, both included, at most ``limit`` of them."""
    found: list[Slot] = []
    for slot in islice(slots_after(recurrence, zone, first - dt.timedelta(seconds=1)), limit):
        if slot.at > last:
            break
        found.append(slot)
    return found
