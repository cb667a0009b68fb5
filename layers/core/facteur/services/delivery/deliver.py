"""Hands one message to SES, at most once.

The claim is what makes it once: a conditional write with an owner that exists only in this
process's memory. Whoever finds a claim that is not their own, or any event, leaves the message
alone. Everything that can fail without SES being asked happens before the claim.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import SystemRandom

from facteur.domain.attempts import is_hopeless, pause_after
from facteur.domain.errors import (
    AmbiguousSendError,
    MailError,
    PermanentSendError,
    QuotaExceededError,
)
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent, PlannedMessage
from facteur.ports import Clock, Mailer, OutboxMessage, Redelivery, Sends, Store
from facteur.services.delivery.caches import CachedSend, CompositionCache, SendCache

_log = logging.getLogger(__name__)
MIN_TIME_LEFT = timedelta(seconds=20)
"""A claim is taken only with so much of the invocation left: a POST may take 13 s."""
FIRST_DELAY = timedelta(seconds=2)
MAX_DELAY = timedelta(minutes=5)
"""Well under half a Send's deadline: what is put back comes again before reconcile asks for it."""


class DeliveryResult(StrEnum):
    """What became of a message of the queue. All but ``put_back`` are acknowledged."""

    SENT = "sent"
    REFUSED = "refused"
    """Failed for good: by SES, or because it could never be made."""
    UNCERTAIN = "uncertain"
    """SES may have it: the claim stays, and its own Send event or time will tell."""
    WAITING_FOR_QUOTA = "held"
    """SES takes nothing more for now: released, and reconcile brings it back."""
    ELSEWHERE = "elsewhere"
    """Another worker has it, or its fate is cached already."""
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
    mailer: Mailer
    redelivery: Redelivery
    clock: Clock
    chance: Callable[[], float] = SystemRandom().random

    def begin(self) -> None:
        """To be called before the first message of an invocation."""
        self.mailer.refresh()

    def deliver(self, delivery: Delivery) -> DeliveryResult:
        """Send the message unless somebody already has; put it back if it cannot be tried now.

        What breaks before SES is asked, for no reason we know, is raised, to be tried again, until
        that is hopeless: then the message is failed ``render_failed``.
        """
        message = delivery.message
        cached = self.cache.get(message.organization, message.send)
        planned = cached.message(message.n)
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
        seen = {EventKey(MessageEvent.SENT): EventDetail(self.clock.now())}
        sends.record_events(message.send, message.n, seen, ses_message_id=ses_message_id)
        return DeliveryResult.SENT

    def _give_up(self, message: OutboxMessage, error: Exception) -> DeliveryResult:
        """Fail a message that nobody has claimed: SES was never asked."""
        keys = {"organization": message.organization, "send": message.send, "message_n": message.n}
        _log.error("message given up", extra=keys, exc_info=error)
        seen = EventDetail(self.clock.now(), "render_failed", type(error).__name__)
        sends = self.store.sends(message.organization)
        failed = sends.record_if_claimed(
            message.send, message.n, EventKey(MessageEvent.FAILED), seen, claim=None
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
                seen = EventDetail(self.clock.now(), error.code, error.detail)
                sends.record_events(message.send, message.n, {EventKey(MessageEvent.FAILED): seen})
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
