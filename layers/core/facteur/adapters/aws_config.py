"""Client configuration for SQS and EventBridge Scheduler, whose callers are waiting."""

from botocore.config import Config

SHORT_CALLS = Config(
    # Ten seconds at most: the API must answer within 29, also after a long rendering, and reconcile
    # starts an item when it has 15 left. Reconcile repairs later what a failed call left undone.
    retries={"mode": "standard", "total_max_attempts": 2},
    connect_timeout=2,
    read_timeout=3,
)
