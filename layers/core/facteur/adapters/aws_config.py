"""Calls that somebody waits for: to SQS and to EventBridge Scheduler."""

from botocore.config import Config

SHORT_CALLS = Config(
    # Ten seconds at worst: the API must answer within 29 after a long rendering, and reconcile
    # looks at one more item with 15 left. What no call has done by then, reconcile makes good.
    retries={"mode": "standard", "total_max_attempts": 2},
    connect_timeout=2,
    read_timeout=3,
)
