"""The table that ``make bench`` prints."""

from typing import NamedTuple


class Row(NamedTuple):
    """One measurement: its name, our value, the peer's value or the limit, and the ratio."""

    what: str
    ours: str
    peer: str
    ratio: str
