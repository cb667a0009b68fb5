"""Time and ids."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time: aware, in UTC, in whole milliseconds."""

    def now(self) -> datetime:
        """The current instant."""


class Ids(Protocol):
    """Makes ULIDs, which sort by the instants they are made for."""

    def new_id(self, at: datetime) -> str:
        """A new, unique id for the instant ``at`` (aware, in milliseconds).

        Ids that one process makes for the same millisecond are ascending too.
        """
