"""Retries: how long to wait, when to give up, and optimistic writes that lost a race."""

from collections.abc import Callable
from datetime import timedelta

from facteur.domain.errors import ConflictError, TransientError, WorkersKilledError

FIRST_DELAY = timedelta(seconds=2)
MAX_DELAY = timedelta(minutes=5)
"""Less than half of WORK_DEADLINE: a message put back returns before reconcile enqueues it."""
GIVE_UP_AFTER = 5
"""Receptions after which a message that keeps failing is given up: about half an hour, because a
received message stays invisible for six minutes."""
_MAX_DOUBLINGS = 16
"""Every pause has reached its maximum by then; the bound keeps the shift small."""


def pause_after(attempts: int, *, first: timedelta, most: timedelta, chance: float) -> timedelta:
    """The jittered pause after the given number of failed attempts, counted from 1.

    ``first`` is doubled each time up to ``most``; ``chance`` (0 to 1) chooses a value in the upper
    half, so that attempts that failed together are not repeated together.
    """
    doublings = min(max(attempts, 1) - 1, _MAX_DOUBLINGS)
    return min(most, first * (1 << doublings)) * (0.5 + chance / 2)


def is_hopeless(error: Exception, receive_count: int) -> bool:
    """Is another attempt useless?

    Never for a TransientError, whose cause is temporary; at once for what kills its workers.
    """
    if isinstance(error, WorkersKilledError):
        return True
    return receive_count >= GIVE_UP_AFTER and not isinstance(error, TransientError)


def retry_when_outrun[T](
    attempt: Callable[[], T | None],
    *,
    code: str,
    attempts: int = 20,
    before_retry: Callable[[int], None] = lambda _: None,
) -> T:
    """Repeat an optimistic write: the first result of ``attempt`` that is not None.

    ``attempt`` reads, derives, and writes on condition that what it read is unchanged; it returns
    None when another writer was first. ``before_retry`` is called with the number of failed
    attempts. Raises ConflictError ``code`` when every attempt was outrun.
    """
    for failed in range(attempts):
        if failed:
            before_retry(failed)
        result = attempt()
        if result is not None:
            return result
    raise ConflictError(code)
