"""Time zones whose clock changes, and when."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.datetime(2029, 1, 1, tzinfo=dt.UTC)
APIA_SKIPS_A_DAY = dt.datetime(2011, 12, 30, 10, tzinfo=dt.UTC)


@cache
def changes() -> dict[str, tuple[dt.datetime, ...]]:
    """The instants between 2024 and 2029 at which each zone's clock changes, by name.

    Zones whose clock never changes are left out; of equal zones only the first name is kept.
    """
    clocks: dict[tuple[tuple[dt.datetime, dt.timedelta], ...], str] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        found = tuple((change, offset_at(zone, change)) for change in _changes_of(zone))
        if found:
            clocks.setdefault(((FIRST, offset_at(zone, FIRST)), *found), name)
    return {name: tuple(change for change, _ in found[1:]) for found, name in clocks.items()}


def offset_at(zone: ZoneInfo, instant: dt.datetime) -> dt.timedelta:
    """A zone's offset from UTC."""
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _changes_of(zone: ZoneInfo) -> list[dt.datetime]:
    found = []
    week = dt.timedelta(days=7)
    instant = FIRST
    while instant < LAST:
        if offset_at(zone, instant) != offset_at(zone, instant + week):
            found.append(_change_between(zone, instant, instant + week))
        instant += week
    return found


def _change_between(zone: ZoneInfo, low: dt.datetime, high: dt.datetime) -> dt.datetime:
    """The first minute with the offset of ``high``."""
    minutes = int((high - low) / dt.timedelta(minutes=1))
    while minutes > 1:
        minutes = (minutes + 1) // 2
        if offset_at(zone, low + dt.timedelta(minutes=minutes)) == offset_at(zone, low):
            low += dt.timedelta(minutes=minutes)
    while offset_at(zone, low) != offset_at(zone, high):
        low += dt.timedelta(minutes=1)
    return low
