"""How long to wait before something is tried again."""

from datetime import timedelta

_MOST_DOUBLINGS = 16
"""Beyond that every pause is at its longest, and the numbers would only grow."""


def pause_after(attempts: int, *, first: timedelta, most: timedelta, chance: float) -> timedelta:
    """The pause after so many attempts in vain, counted from 1.

    ``first``, doubled each time up to ``most``, and by ``chance`` (from 0 to 1) anywhere in the
    upper half of that: what failed together must not come back together.
    """
    doublings = min(max(attempts, 1) - 1, _MOST_DOUBLINGS)
    return min(most, first * (1 << doublings)) * (0.5 + chance / 2)
