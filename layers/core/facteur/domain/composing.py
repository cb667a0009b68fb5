"""Attempts to compose the mails of a Send: how one that kills its workers is noticed.

A worker that is killed (out of memory or time) reports nothing: its whole batch comes back. So an
attempt is recorded before it begins and removed when it ends. What remains belongs to attempts that
are under way, or that ended with their workers.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

MAX_UNFINISHED = 3
"""Attempts of a Send that may be unfinished at once, so that no Send kills many workers."""
WORKER_LIFETIME = timedelta(minutes=2)
"""The worker of an older attempt is gone: an invocation of ``deliver`` ends after a minute."""


@dataclass(frozen=True, slots=True, order=True)
class ComposingAttempt:
    """One worker's attempt to compose a Send; ``owner`` is random and new for each."""

    at: datetime
    owner: str


def killed_their_workers(attempts: Collection[ComposingAttempt], *, now: datetime) -> bool:
    """Have as many attempts as are allowed ended with their workers?"""
    dead = [attempt for attempt in attempts if now - attempt.at > WORKER_LIFETIME]
    return len(dead) >= MAX_UNFINISHED
