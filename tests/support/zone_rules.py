"""Time zones with other rules, as a layer with another time-zone database would have them.

The data is what ``zoneinfo`` reads (TZif, RFC 9636), in a directory searched before all others.
"""

import struct
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ZONE = "Africa/Casablanca"
"""The zone whose rules are changed here: a real one, whose rules have often changed at short
notice."""


def tzif(first: timedelta, changes: Sequence[tuple[datetime, timedelta]] = ()) -> bytes:
    """A zone whose offset is ``first``, and from each instant of ``changes`` on the one beside."""
    offsets = [first, *(offset for _, offset in changes)]
    types = b"".join(struct.pack(">lBB", int(one.total_seconds()), 0, 0) for one in offsets)
    times = b"".join(struct.pack(">q", int(at.timestamp())) for at, _ in changes)
    indexes = bytes(range(1, len(offsets)))
    header = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, len(changes), len(offsets), 4)
    no_32_bits = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 4) + bytes(6) + b"LMT\0"
    return no_32_bits + header + times + indexes + types + b"LMT\0" + b"\n\n"


@dataclass
class ZoneRules:
    """The rules of ``ZONE``, which ``become`` others."""

    directory: Path

    def become(self, first: timedelta, *changes: tuple[datetime, timedelta]) -> None:
        """Change the rules, as a new process with another database would have them."""
        path = self.directory / ZONE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(tzif(first, changes))
        zoneinfo.ZoneInfo.clear_cache()


@contextmanager
def changing_rules(directory: Path) -> Iterator[ZoneRules]:
    """Rules of ``ZONE`` that may be changed, until the end of the context."""
    zoneinfo.reset_tzpath(to=[str(directory), *zoneinfo.TZPATH])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        yield ZoneRules(directory)
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()


def midnight(day: str) -> datetime:
    """The beginning of a day in UTC."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
