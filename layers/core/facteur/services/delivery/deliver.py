"""Hands one message to SES, at most once.

A claim ensures that: a conditional write with a random owner that only this process knows. A worker
that finds another claim or any event does not send the message. Everything that can fail before the
request to SES happens before the claim.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from random import SystemRandom

from facteur.domain.attempts import FIRST_DELAY, MAX_DELAY, is_hopeless, pause_after
from facteur.domain.errors import (
    AmbiguousSendError,
    MailError,
    PermanentSendError,
    QuotaExceededError,
    TransientError,
    UnderWayError,
)
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent, PlannedMessage
from facteur.ports import (
    Clock,
    Composition,
    Mailer,
    Outbox,
    OutboxMessage,
    Redelivery,
    Sends,
    Store,
)
from facteur.services.delivery.caches import CachedSend, SendCache, SuspensionCache
from facteur.services.delivery.compose import ComposeMails

_log = logging.getLogger(__name__)
MIN_TIME_TO_SEND = timedelta(seconds=20)
"""Time of the invocation that must be left for a claim: a POST may take 13 s."""
MIN_TIME_TO_COMPOSE = timedelta(seconds=35)
"""Time that must be left to compose a Send and then send a message of it."""


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
    REPLACED = "replaced"
    """Nothing was sent, but the store did not take it: a new message of the queue tells of it."""
    PUT_BACK = "put_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One reception of a message of the queue."""

    message: OutboxMessage
    receipt_handle: str
    receive_count: int
    time_left: Callable[[], timedelta]

    def has_time(self, needed: timedelta) -> bool:
        return self.time_left() >= needed


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverMessage:
    """Composes, claims, POSTs once, records. ``chance`` gives numbers from 0 to 1, for the jitter.

    What costs little and may end the delivery comes before what costs more.
    """

    store: Store
    cache: SendCache
    compose_mails: ComposeMails
    suspensions: SuspensionCache
    mailer: Mailer
    outbox: Outbox
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
        sends = self.store.sends(message.organization)
        if message.unsent is not None:
            sends.release(message.send, message.n, message.unsent)
        if (result := self._result_at_once(delivery, sends)) is not None:
            return result
        cached = self.cache.get(message.organization, message.send)
        planned = cached.message(message.n)
        try:
            source = self._composition(delivery, cached).source(planned)
        except UnderWayError:
            return self._put_back(delivery, self._pause(delivery))
        except Exception as error:
            if not is_hopeless(error, delivery.receive_count):
                raise
            return self._give_up(message, error)
        if not delivery.has_time(MIN_TIME_TO_SEND):
            return self._put_back(delivery, timedelta())
        return self._send(delivery, cached, planned, source)

    def _result_at_once(self, delivery: Delivery, sends: Sends) -> DeliveryResult | None:
        """The result of a message that is not to be composed now, or None.

        The state is not read when there is nothing to compose: the claim tells as much.
        """
        message = delivery.message
        if self.suspensions.is_suspended(message.organization):
            return DeliveryResult.SUSPENDED
        is_composed = self.compose_mails.is_composed(message.organization, message.send)
        if not delivery.has_time(MIN_TIME_TO_SEND if is_composed else MIN_TIME_TO_COMPOSE):
            return self._put_back(delivery, timedelta())
        if not is_composed:
            state = sends.find_message(message.send, message.n)
            if state is not None and not state.is_queued:
                return DeliveryResult.ELSEWHERE
        return None

    def _composition(self, delivery: Delivery, cached: CachedSend) -> Composition:
        return self.compose_mails.compose(
            delivery.message.organization,
            cached,
            is_repeated=delivery.receive_count > 1,
            has_time=lambda: delivery.has_time(MIN_TIME_TO_SEND),
        )

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

    def _send(
        self, delivery: Delivery, cached: CachedSend, planned: PlannedMessage, source: bytes
    ) -> DeliveryResult:
        """Claim the message, POST it once, and record what came of it."""
        message = delivery.message
        sends = self.store.sends(message.organization)
        claim = Claim(uuid.uuid4().hex, self.clock.now())
        if not sends.claim(message.send, message.n, claim):
            return DeliveryResult.ELSEWHERE
        try:
            ses_message_id = self._post(message, cached, planned, source)
        except AmbiguousSendError:
            return DeliveryResult.UNCERTAIN
        except MailError as error:
            return self._settle_refusal(delivery, claim, error)
        events = {EventKey(MessageEvent.SENT): EventDetail(self.clock.now())}
        sends.record_events(message.send, message.n, events, ses_message_id=ses_message_id)
        return DeliveryResult.SENT

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

    def _settle_refusal(self, delivery: Delivery, claim: Claim, error: MailError) -> DeliveryResult:
        """Record that nothing was sent: the message has failed, or its claim is released.

        When the store does not take it, only this worker knows, and without its knowledge the
        message would end as unconfirmed. So it is told to the queue, in a message that replaces the
        one received: it releases the claim and tries again.
        """
        try:
            self._record_refusal(delivery.message, claim, error)
        except TransientError:
            self.outbox.put([replace(delivery.message, unsent=claim)])
            return DeliveryResult.REPLACED
        if isinstance(error, PermanentSendError):
            return DeliveryResult.REFUSED
        if isinstance(error, QuotaExceededError):
            return DeliveryResult.WAITING_FOR_QUOTA
        return self._put_back(delivery, self._pause(delivery))

    def _record_refusal(self, message: OutboxMessage, claim: Claim, error: MailError) -> None:
        sends = self.store.sends(message.organization)
        if isinstance(error, PermanentSendError):
            detail = EventDetail(self.clock.now(), error.code, error.detail)
            events = {EventKey(MessageEvent.FAILED): detail}
            sends.record_events(message.send, message.n, events)
        else:
            sends.release(message.send, message.n, claim)

    def _pause(self, delivery: Delivery) -> timedelta:
        return pause_after(
            delivery.receive_count, first=FIRST_DELAY, most=MAX_DELAY, chance=self.chance()
        )

    def _put_back(self, delivery: Delivery, delay: timedelta) -> DeliveryResult:
        self.redelivery.delay(delivery.receipt_handle, delay)
        return DeliveryResult.PUT_BACK
