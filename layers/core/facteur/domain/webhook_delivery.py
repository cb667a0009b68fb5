"""The delivery of an event to a webhook: its attempts, and when the next one is due."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from facteur.domain.deadlines import WORK_DEADLINE
from facteur.domain.identity import HookId, WebhookId

RETRY_DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=12),
)
"""The wait after each failed attempt; after those that follow, as long as after the last."""
RETRY_PERIOD = timedelta(days=3)
"""After this time, a failed attempt is the last."""
KEPT = timedelta(days=30)
"""How long a delivery is kept after its last attempt."""
QUEUE_DELAY = timedelta(minutes=15)
"""The longest wait that is left to the queue; reconcile enqueues what waits for longer.
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html"""
MAX_ANSWER = 1_000
"""Characters kept of an answer."""
MAX_ATTEMPTS = 30
"""Attempts kept of one delivery, the latest: replays add to those of the schedule."""
_GONE = 410


class DeliveryState(StrEnum):
    """What has become of a delivery."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class AttemptError(StrEnum):
    """Why there was no answer."""

    NAME_UNKNOWN = "name_unknown"
    """The name of the host has no address."""
    NOT_PUBLIC = "not_public"
    """An address of the host is not public: nothing was sent."""
    UNREACHABLE = "unreachable"
    TLS_FAILED = "tls_failed"
    """No encrypted connection, for example an expired certificate: nothing was sent."""
    TIMEOUT = "timeout"
    BROKEN = "broken"
    """The answer was not HTTP, or it broke off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HookAttempt:
    """One attempt: the status and the beginning of the answer, or why there was none."""

    at: datetime
    duration_ms: int
    status: int | None = None
    error: AttemptError | None = None
    answer: str = ""

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == _GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class HookDelivery:
    """An event for one webhook; ``body`` is what is signed and sent, the same at every attempt.

    ``due_at`` is when it is to be attempted, None once it has ended. ``begun_at`` is when the
    present series of attempts began: a replay begins another. ``tries`` are its failed attempts.
    ``check_at`` is when reconcile must enqueue it: when it is due, or, for what the queue has
    already, once that is late. ``revision`` rises with every change.
    """

    id: HookId
    webhook: WebhookId
    type: str
    body: str
    created_at: datetime
    begun_at: datetime
    due_at: datetime | None
    check_at: datetime | None
    state: DeliveryState = DeliveryState.PENDING
    is_test: bool = False
    tries: int = 0
    attempts: tuple[HookAttempt, ...] = ()
    revision: int = 0

    @property
    def series(self) -> tuple[HookAttempt, ...]:
        """The failed attempts of the present series, as far as they are kept."""
        return self.attempts[-self.tries :] if self.tries else ()


def attempted(delivery: HookDelivery, attempt: HookAttempt, *, now: datetime) -> HookDelivery:
    """The delivery after an attempt: ended, or due again later."""
    changed = replace(delivery, attempts=(*delivery.attempts, attempt)[-MAX_ATTEMPTS:])
    if attempt.succeeded:
        return ended(changed, DeliveryState.DELIVERED)
    changed = replace(changed, tries=delivery.tries + 1)
    last_at = delivery.begun_at + RETRY_PERIOD
    if attempt.is_gone or delivery.is_test or now >= last_at:
        return ended(changed, DeliveryState.FAILED)
    delay = RETRY_DELAYS[min(delivery.tries, len(RETRY_DELAYS) - 1)]
    return _due(changed, min(now + delay, last_at), now=now)


def ended(delivery: HookDelivery, state: DeliveryState) -> HookDelivery:
    """The delivery that is not attempted any more."""
    return replace(delivery, state=state, due_at=None, check_at=None)


def replayed(delivery: HookDelivery, *, now: datetime) -> HookDelivery:
    """The delivery begun again, under the same id: due at once, and as often as at first."""
    begun = replace(delivery, state=DeliveryState.PENDING, begun_at=now, tries=0)
    return _due(begun, now, now=now)


def checked_again(delivery: HookDelivery, *, now: datetime) -> datetime:
    """When reconcile, which enqueues a delivery now, must do so again.

    After a wait as long as it is late already, so that what is only late does not multiply in the
    queue.
    """
    late = now - delivery.due_at if delivery.due_at is not None else timedelta()
    return now + max(WORK_DEADLINE, late)


def _due(delivery: HookDelivery, due_at: datetime, *, now: datetime) -> HookDelivery:
    in_queue = due_at - now <= QUEUE_DELAY
    check_at = due_at + WORK_DEADLINE if in_queue else due_at
    return replace(delivery, due_at=due_at, check_at=check_at)
