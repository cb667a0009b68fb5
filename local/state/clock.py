"""The clock of a local system: real time plus an offset, which only grows and is saved."""

import calendar
import re
import threading
from datetime import UTC, datetime, timedelta

from local.state.store import State

_DURATION = re.compile(
    r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)


class BackwardsError(Exception):
    """The clock was asked to move backwards."""


class LocalClock:
    """A clock that can be moved forward; satisfies the port ``Clock`` of the functions."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._offset = timedelta(seconds=float(state.fact("clock_offset") or 0))

    def now(self) -> datetime:
        """The system's time in UTC, truncated to the millisecond."""
        now = datetime.now(UTC) + self._offset
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def timestamp(self) -> float:
        """``now()`` in seconds since 1970."""
        return self.now().timestamp()

    def move_to(self, instant: datetime) -> None:
        """Move the clock forward to ``instant``; does nothing when it is past."""
        with self._lock:
            ahead = instant - self.now()
            if ahead > timedelta(0):
                self._offset += ahead
                self._state.remember("clock_offset", str(self._offset.total_seconds()))


def add_duration(instant: datetime, duration: str) -> datetime:
    """``instant`` plus an ISO 8601 duration; months and years are calendar ones.

    31 January plus a month is the last day of February. Raises ValueError for anything that is not
    a duration.
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(duration)
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups()[:6])
    month = instant.month - 1 + months + 12 * years
    year, month = instant.year + month // 12, month % 12 + 1
    day = min(instant.day, calendar.monthrange(year, month)[1])
    return instant.replace(year=year, month=month, day=day) + timedelta(
        weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=float(found.group(7) or 0)
    )


def format_instant(instant: datetime) -> str:
    """An instant in RFC 3339: UTC, to the millisecond."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """An RFC 3339 instant, in UTC; raises ValueError for anything else, or without an offset."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant.astimezone(UTC)
