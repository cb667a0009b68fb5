"""The table that ``make bench`` prints."""

from typing import NamedTuple


class Row(NamedTuple):
    """One measurement: what was measured, ours, the peer's or the bound, and their ratio."""

    what: str
    ours: str
    peer: str
    ratio: str
