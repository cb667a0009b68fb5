"""Hands one message to SES, at most once.

A claim ensures that: a conditional write with a random owner that only this process knows. A worker
that finds another claim or any event does not send the message. Everything that can fail before the
request to SES happens before the claim.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import SystemRandom

from facteur.domain.attempts import FIRST_DELAY, MAX_DELAY, is_hopeless, pause_after
from facteur.domain.errors import (
    AmbiguousSendError,
    MailError,
    PermanentSendError,
    QuotaExceededError,
)
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent, PlannedMessage
from facteur.ports import Clock, Mailer, OutboxMessage, Redelivery, Sends, Store
from facteur.services.delivery.caches import (
    CachedSend,
    CompositionCache,
    SendCache,
    SuspensionCache,
)

_log = logging.getLogger(__name__)
MIN_TIME_LEFT = timedelta(seconds=20)
"""Time of the invocation that must be left for a claim: a POST may take 13 s."""


class DeliveryResult(StrEnum):
    """The result of a message of the queue. All but ``put_back`` are acknowledged."""

    SENT = "sent"
    REFUSED = "refused"
    """Failed for good: refused by SES, or could not be rendered."""
    UNCERTAIN = "uncertain"
    """SES may have accepted it: the claim stays until SES's event or WORK_DEADLINE decides."""
    SUSPENDED = "suspended"
    """Its organization is suspended: reconcile enqueues it again once that has ended."""
    WAITING_FOR_QUOTA = "held"  # the metric is MessagesHeld
    """The quota is used up: the claim is released, and reconcile enqueues it again."""
    ELSEWHERE = "elsewhere"
    """Another worker has claimed it, or it has ended already."""
    PUT_BACK = "put_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One reception of a message of the queue."""

    message: OutboxMessage
    receipt_handle: str
    receive_count: int
    time_left: Callable[[], timedelta]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverMessage:
    """Claims, POSTs once, records. ``chance`` gives numbers from 0 to 1, for the jitter."""

    store: Store
    cache: SendCache
    compositions: CompositionCache
    suspensions: SuspensionCache
    mailer: Mailer
    redelivery: Redelivery
    clock: Clock
    chance: Callable[[], float] = SystemRandom().random

    def begin(self) -> None:
        """Call before the first message of an invocation."""
        self.mailer.refresh()

    def deliver(self, delivery: Delivery) -> DeliveryResult:
        """Send the message unless somebody already has; put it back if it cannot be tried now.

        An unexpected exception before the claim is raised for another attempt, until
        ``is_hopeless``: then the message is failed ``render_failed``.
        """
        message = delivery.message
        cached = self.cache.get(message.organization, message.send)
        planned = cached.message(message.n)
        if self.suspensions.is_suspended(message.organization):
            return DeliveryResult.SUSPENDED
        try:
            source = self.compositions.get(message.organization, cached.send).source(planned)
        except Exception as error:
            if not is_hopeless(error, delivery.receive_count):
                raise
            return self._give_up(message, error)
        if delivery.time_left() < MIN_TIME_LEFT:
            return self._put_back(delivery, timedelta())
        sends = self.store.sends(message.organization)
        claim = Claim(uuid.uuid4().hex, self.clock.now())
        if not sends.claim(message.send, message.n, claim):
            return DeliveryResult.ELSEWHERE
        try:
            ses_message_id = self._post(message, cached, planned, source)
        except MailError as error:
            return self._settle_refusal(delivery, sends, claim, error)
        events = {EventKey(MessageEvent.SENT): EventDetail(self.clock.now())}
        sends.record_events(message.send, message.n, events, ses_message_id=ses_message_id)
        return DeliveryResult.SENT

    def _give_up(self, message: OutboxMessage, error: Exception) -> DeliveryResult:
        """Fail a message that has no claim, so was not sent to SES."""
        keys = {"organization": message.organization, "send": message.send, "message_n": message.n}
        _log.error("message given up", extra=keys, exc_info=error)
        detail = EventDetail(self.clock.now(), "render_failed", type(error).__name__)
        sends = self.store.sends(message.organization)
        failed = sends.record_if_claimed(
            message.send, message.n, EventKey(MessageEvent.FAILED), detail, claim=None
        )
        return DeliveryResult.REFUSED if failed else DeliveryResult.ELSEWHERE

    def _post(
        self, message: OutboxMessage, cached: CachedSend, planned: PlannedMessage, source: bytes
    ) -> str:
        return self.mailer.send(
            source,
            from_address=cached.send.sender.address,
            envelope=[recipient.address for recipient in planned.envelope],
            organization=message.organization,
            send=message.send,
            n=message.n,
        )

    def _settle_refusal(
        self, delivery: Delivery, sends: Sends, claim: Claim, error: MailError
    ) -> DeliveryResult:
        message = delivery.message
        match error:
            case AmbiguousSendError():
                return DeliveryResult.UNCERTAIN
            case PermanentSendError():
                detail = EventDetail(self.clock.now(), error.code, error.detail)
                events = {EventKey(MessageEvent.FAILED): detail}
                sends.record_events(message.send, message.n, events)
                return DeliveryResult.REFUSED
        sends.release(message.send, message.n, claim)
        if isinstance(error, QuotaExceededError):
            return DeliveryResult.WAITING_FOR_QUOTA
        delay = pause_after(
            delivery.receive_count, first=FIRST_DELAY, most=MAX_DELAY, chance=self.chance()
        )
        return self._put_back(delivery, delay)

    def _put_back(self, delivery: Delivery, delay: timedelta) -> DeliveryResult:
        self.redelivery.delay(delivery.receipt_handle, delay)
        return DeliveryResult.PUT_BACK
