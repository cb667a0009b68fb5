"""Trying again: how long to wait, when to give up, and losing a race for a conditional write."""

from collections.abc import Callable
from datetime import timedelta

from facteur.domain.errors import ConflictError, TransientError

GIVE_UP_AFTER = 5
"""Receptions of a queued message that keeps failing for a reason of its own: about half an hour,
since a queue hides what was received for six minutes."""
LAST_RECEPTION = 10
"""Receptions after which the queue ``due`` moves a message to its dead letters, as in the
template."""
_MAX_DOUBLINGS = 16
"""Every pause has reached its longest by then; more would only make large numbers."""


def pause_after(attempts: int, *, first: timedelta, most: timedelta, chance: float) -> timedelta:
    """The pause after so many failed attempts, counted from 1.

    ``first``, doubled each time up to ``most``; ``chance`` (0 to 1) places it in the upper half of
    that, so that what failed together is not tried again together.
    """
    doublings = min(max(attempts, 1) - 1, _MAX_DOUBLINGS)
    return min(most, first * (1 << doublings)) * (0.5 + chance / 2)


def is_hopeless(error: Exception, receive_count: int) -> bool:
    """Is another attempt useless? Never for a TransientError: its cause goes away by itself."""
    return receive_count >= GIVE_UP_AFTER and not isinstance(error, TransientError)


def retry_when_outrun[T](
    attempt: Callable[[], T | None],
    *,
    code: str,
    attempts: int = 20,
    before_retry: Callable[[int], None] = lambda _: None,
) -> T:
    """What ``attempt`` returns as soon as it is not None; None means that another writer was first.

    ``attempt`` reads, derives and writes on condition that what it read is unchanged, so only
    another writer's success makes it fail. ``before_retry`` is called with the number of failed
    attempts. Raises ConflictError ``code`` when every attempt was outrun.
    """
    for failed in range(attempts):
        if failed:
            before_retry(failed)
        result = attempt()
        if result is not None:
            return result
    raise ConflictError(code)
