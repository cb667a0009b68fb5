"""The system's clock: real time plus an offset that only grows and survives a restart."""

import calendar
import re
import threading
from datetime import UTC, datetime, timedelta

from local.state import State

_DURATION = re.compile(
    r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)


class BackwardsError(Exception):
    """Time does not run backwards."""


class LocalClock:
    """A clock that can be moved forward."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._offset = timedelta(seconds=float(state.fact("clock_offset") or 0))

    def now(self) -> datetime:
        """The system's time, in UTC, to the millisecond."""
        now = datetime.now(UTC) + self._offset
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def timestamp(self) -> float:
        """The same in seconds since 1970."""
        return self.now().timestamp()

    def move_to(self, instant: datetime) -> None:
        """Make ``instant`` the present, unless it is past already."""
        with self._lock:
            ahead = instant - self.now()
            if ahead > timedelta(0):
                self._offset += ahead
                self._state.remember("clock_offset", str(self._offset.total_seconds()))


def add_duration(instant: datetime, duration: str) -> datetime:
    """``instant`` plus an ISO 8601 duration; months and years are those of the calendar.

    Raises ValueError when it is no duration.
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
    """RFC 3339 in UTC, to the millisecond."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """An RFC 3339 instant; raises ValueError for anything without an offset."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant.astimezone(UTC)
