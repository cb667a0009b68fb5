"""Attempts one delivery of an event to a webhook."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from facteur.domain.errors import NotFoundError
from facteur.domain.webhook import (
    DisabledReason,
    Webhook,
    disabled,
    failing,
    reached,
    signing,
)
from facteur.domain.webhook_delivery import (
    QUEUE_DELAY,
    AttemptError,
    DeliveryState,
    HookAttempt,
    HookDelivery,
    attempted,
    ended,
)
from facteur.domain.webhook_signature import signed_headers
from facteur.domain.webhook_url import parse_url
from facteur.ports import (
    Clock,
    HookMessage,
    HookQueue,
    ReceiverAnswer,
    Receivers,
    Store,
    Webhooks,
)

EARLY = timedelta(seconds=1)
"""Tolerated clock skew between us and the queue."""
_ATTEMPTS = 5
_USER_AGENT = "Facteur-Webhooks/1"


class NotifyResult(StrEnum):
    """The result of a message of the queue; all are acknowledged."""

    DELIVERED = "delivered"
    RETRIED = "retried"
    """Failed; it is attempted again later."""
    GIVEN_UP = "given_up"
    DISABLED = "disabled"
    """The webhook has been disabled or deleted: nothing was sent."""
    NOT_DUE = "not_due"
    """Nothing to do: delivered already, expired, or to be attempted later."""


@dataclass(frozen=True, slots=True)
class Notified:
    """The result, and the attempt if there was one."""

    result: NotifyResult
    attempt: HookAttempt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyHost:
    """Signs an event and POSTs it once to the receiver of a webhook.

    ``receivers_clock`` is the time of signatures, which receivers compare with their own: nobody
    moves it.
    """

    store: Store
    receivers: Receivers
    queue: HookQueue
    clock: Clock
    receivers_clock: Clock

    def attempt(self, message: HookMessage) -> Notified:
        """Attempt a delivery, unless it is not due.

        The attempt is recorded after the answer: a worker that dies before leaves the delivery due,
        and it is attempted again under the same id.
        """
        webhooks = self.store.webhooks(message.organization)
        delivery = webhooks.find_delivery(message.webhook, message.hook)
        due_at = delivery.due_at if delivery is not None else None
        if delivery is None or due_at is None or due_at - EARLY > self.clock.now():
            return Notified(NotifyResult.NOT_DUE)
        webhook = _find(webhooks, delivery)
        if webhook is None or not (webhook.enabled or delivery.is_test):
            webhooks.change_delivery(delivery, ended(delivery, DeliveryState.FAILED))
            return Notified(NotifyResult.DISABLED)
        attempt = self._post(webhooks, webhook, delivery)
        now = self.clock.now()
        after = attempted(delivery, attempt, now=now)
        if not delivery.is_test:
            # Before the delivery: once that has ended, nothing would disable the webhook.
            _change(webhooks, webhook, lambda stored: _judged(stored, after, attempt, now))
        if webhooks.change_delivery(delivery, after):
            self._enqueue(message, after, now)
        return Notified(_result_of(after), attempt)

    def _post(self, webhooks: Webhooks, webhook: Webhook, delivery: HookDelivery) -> HookAttempt:
        begun = self.clock.now()
        target, body = parse_url(webhook.url), delivery.body.encode()
        headers = {"content-type": "application/json", "user-agent": _USER_AGENT}
        secrets = signing(webhooks.get_secrets(webhook.id), begun)
        headers |= signed_headers(delivery.id, body, secrets, now=self.receivers_clock.now())
        answer = ReceiverAnswer(error=AttemptError.NOT_PUBLIC)
        if target is not None:
            answer = self.receivers.post(target, headers=headers, body=body)
        return HookAttempt(
            at=begun,
            duration_ms=(self.clock.now() - begun) // timedelta(milliseconds=1),
            status=answer.status,
            error=answer.error,
            answer=answer.text,
        )

    def _enqueue(self, message: HookMessage, delivery: HookDelivery, now: datetime) -> None:
        """Leave a short wait to the queue; reconcile enqueues what is due later."""
        if delivery.due_at is not None and delivery.due_at - now <= QUEUE_DELAY:
            self.queue.put([message], delay=delivery.due_at - now)


def _find(webhooks: Webhooks, delivery: HookDelivery) -> Webhook | None:
    try:
        return webhooks.get(delivery.webhook)
    except NotFoundError:
        return None


def _judged(
    webhook: Webhook, delivery: HookDelivery, attempt: HookAttempt, now: datetime
) -> Webhook:
    """The webhook after an attempt, which may disable it."""
    if attempt.succeeded:
        return reached(webhook)
    if attempt.is_gone:
        return disabled(failing(webhook, at=attempt.at), DisabledReason.GONE, now=now)
    after = failing(webhook, at=attempt.at)
    first = delivery.series[0].at if delivery.series else attempt.at
    is_over = delivery.state is DeliveryState.FAILED
    if is_over and after.failing_since is not None and after.failing_since <= first:
        return disabled(after, DisabledReason.UNREACHABLE, now=now)
    return after


def _change(webhooks: Webhooks, webhook: Webhook, change: Callable[[Webhook], Webhook]) -> None:
    """Store a change, unless people change or delete the webhook meanwhile: it begins anew then."""
    for _ in range(_ATTEMPTS):
        after = change(webhook)
        if after == webhook or webhooks.change(webhook, after):
            return
        try:
            stored = webhooks.get(webhook.id)
        except NotFoundError:
            return
        if stored.version != webhook.version or not stored.enabled:
            return
        webhook = stored


def _result_of(delivery: HookDelivery) -> NotifyResult:
    match delivery.state:
        case DeliveryState.DELIVERED:
            return NotifyResult.DELIVERED
        case DeliveryState.FAILED:
            return NotifyResult.GIVEN_UP
        case _:
            return NotifyResult.RETRIED
