"""Why the row of a Send is derived: besides its messages, what just happened to it."""

from dataclasses import dataclass, replace
from datetime import datetime

from facteur.domain.send import Progress
from facteur.domain.send_row import (
    SendRow,
    advanced,
    delayed_by_quota,
    stopped_by_suspension,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What just happened to a Send that its messages do not say.

    ``quota_exceeded`` delays an unfinished Send by an hour, and so does ``suspended``: its
    organization is suspended. ``requeued``: its queued messages were enqueued again. ``resolved``:
    a person resolves its failure, or reopens it.
    """

    quota_exceeded: bool = False
    suspended: bool = False
    requeued: bool = False
    resolved: bool | None = None

    def applied(self, row: SendRow, progress: Progress, *, now: datetime) -> SendRow:
        """The row with new progress, and what this occasion does to its deadline."""
        row = advanced(row, progress, now=now)
        if progress.is_finished:
            return row
        if self.requeued:
            row = replace(row, requeued_at=now)
        if self.quota_exceeded:
            row = delayed_by_quota(row, now=now)
        return stopped_by_suspension(row, now=now) if self.suspended else row


NOTHING_ELSE = Occasion()
"""Only its messages may have changed."""
