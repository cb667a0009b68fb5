"""After what time something is late, checked again, given up or missed."""

from datetime import timedelta

MISSED_AFTER = timedelta(hours=24)
"""An occurrence older than this is recorded as missed and no longer sent."""
GRACE = timedelta(minutes=10)
"""Time after which an occurrence without a Send becomes overdue."""
NOTICE_REST = timedelta(minutes=10)
"""How long the notice of a failure waits for what may yet be reported about other recipients."""
SCHEDULE_GRACE = timedelta(minutes=5)
"""How long a schedule may differ from its campaign before reconcile writes it again."""
WORK_DEADLINE = timedelta(minutes=15)
"""Time without progress after which reconcile checks a Send; a claim of this age is stale."""
QUEUE_LIMIT = timedelta(hours=24)
"""A message still queued after this time is failed ``expired``."""
QUOTA_QUEUE_LIMIT = timedelta(hours=72)
"""The same while the daily quota is used up or sending is paused."""
SUSPENDED_QUEUE_LIMIT = timedelta(days=14)
"""The same once the organization was suspended."""
QUOTA_RETRY_INTERVAL = timedelta(hours=1)
"""How long a Send that waits for the quota, or for the end of a suspension, waits before it is
checked again."""
