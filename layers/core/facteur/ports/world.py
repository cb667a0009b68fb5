"""Time and ids."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time, aware, in UTC, to the millisecond."""

    def now(self) -> datetime:
        """The instant of the call."""


class Ids(Protocol):
    """ULIDs: their order is the order of the instants they are made for."""

    def new_id(self, at: datetime) -> str:
        """An id that was never given before, for the instant ``at`` (aware, milliseconds count).

        Those that one process makes for the same millisecond rise too.
        """
