"""Time and ids."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time, aware, in UTC, to the millisecond."""

    def now(self) -> datetime: ...


class Ids(Protocol):
    """ULIDs: their order is the order of the instants they are made for."""

    def new_id(self, at: datetime) -> str: ...
