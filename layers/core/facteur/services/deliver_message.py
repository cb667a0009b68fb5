"""Hands one message to SES, at most once.

The claim is what makes it once: a conditional write with an owner that exists only in this
process's memory. Whoever finds a claim that is not their own, or any mark, leaves the message
alone. Everything that can fail without SES being asked happens before the claim.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import SystemRandom

from facteur.domain.backoff import pause_after
from facteur.domain.errors import (
    AmbiguousSendError,
    MailError,
    PermanentSendError,
    QuotaExceededError,
)
from facteur.domain.message import Claim, Mark, MarkKey, PlannedMessage, Seen
from facteur.ports import Clock, Mailer, OutboxMessage, Redelivery, Sends, Store
from facteur.services.compose_send import ComposedSends
from facteur.services.give_up import is_hopeless
from facteur.services.known_sends import KnownSend, KnownSends

_log = logging.getLogger(__name__)
MIN_TIME_LEFT = timedelta(seconds=20)
"""A claim is taken only with so much of the invocation left: a POST may take 13 s."""
FIRST_DELAY = timedelta(seconds=2)
MAX_DELAY = timedelta(minutes=5)
"""Well under half a Send's deadline: what is put back comes again before reconcile asks for it."""


class Verdict(StrEnum):
    """What became of a message of the queue. All but ``put_back`` are acknowledged."""

    SENT = "sent"
    REFUSED = "refused"
    """Failed for good: by SES, or because it could never be made."""
    UNCERTAIN = "uncertain"
    """SES may have it: the claim stays, and its own Send event or time will tell."""
    HELD = "held"
    """SES takes nothing more for now: released, and reconcile brings it back."""
    ELSEWHERE = "elsewhere"
    """Another worker has it, or its fate is known already."""
    PUT_BACK = "put_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One reception of a message of the queue."""

    message: OutboxMessage
    receipt: str
    receive_count: int
    time_left: Callable[[], timedelta]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverer:
    """Claims, POSTs once, records. ``chance`` gives numbers from 0 to 1, for the jitter."""

    store: Store
    known: KnownSends
    composed: ComposedSends
    mailer: Mailer
    redelivery: Redelivery
    clock: Clock
    chance: Callable[[], float] = SystemRandom().random

    def begin(self) -> None:
        """To be called before the first message of an invocation."""
        self.mailer.refresh()

    def deliver(self, delivery: Delivery) -> Verdict:
        """Send the message unless somebody already has; put it back if it cannot be tried now.

        What breaks before SES is asked, for no reason we know, is raised, to be tried again, until
        that is hopeless: then the message is failed ``render_failed``.
        """
        message = delivery.message
        known = self.known.get(message.organization, message.send)
        planned = known.message(message.n)
        try:
            source = self.composed.get(message.organization, known.send).source(planned)
        except Exception as error:
            if not is_hopeless(error, delivery.receive_count):
                raise
            return self._give_up(message, error)
        if delivery.time_left() < MIN_TIME_LEFT:
            return self._put_back(delivery, timedelta())
        sends = self.store.sends(message.organization)
        claim = Claim(uuid.uuid4().hex, self.clock.now())
        if not sends.claim(message.send, message.n, claim):
            return Verdict.ELSEWHERE
        try:
            ses_message_id = self._post(message, known, planned, source)
        except MailError as error:
            return self._settle_refusal(delivery, sends, claim, error)
        seen = {MarkKey(Mark.SENT): Seen(self.clock.now())}
        sends.mark(message.send, message.n, seen, ses_message_id=ses_message_id)
        return Verdict.SENT

    def _give_up(self, message: OutboxMessage, error: Exception) -> Verdict:
        """Fail a message that nobody has claimed: SES was never asked."""
        keys = {"organization": message.organization, "send": message.send, "message_n": message.n}
        _log.error("message given up", extra=keys, exc_info=error)
        seen = Seen(self.clock.now(), "render_failed", type(error).__name__)
        sends = self.store.sends(message.organization)
        failed = sends.mark_if_claimed(
            message.send, message.n, MarkKey(Mark.FAILED), seen, claim=None
        )
        return Verdict.REFUSED if failed else Verdict.ELSEWHERE

    def _post(
        self, message: OutboxMessage, known: KnownSend, planned: PlannedMessage, source: bytes
    ) -> str:
        return self.mailer.send(
            source,
            from_address=known.send.sender.address,
            envelope=[recipient.address for recipient in planned.envelope],
            organization=message.organization,
            send=message.send,
            n=message.n,
        )

    def _settle_refusal(
        self, delivery: Delivery, sends: Sends, claim: Claim, error: MailError
    ) -> Verdict:
        message = delivery.message
        match error:
            case AmbiguousSendError():
                return Verdict.UNCERTAIN
            case PermanentSendError():
                seen = Seen(self.clock.now(), error.code, error.detail)
                sends.mark(message.send, message.n, {MarkKey(Mark.FAILED): seen})
                return Verdict.REFUSED
        sends.release(message.send, message.n, claim)
        if isinstance(error, QuotaExceededError):
            return Verdict.HELD
        delay = pause_after(
            delivery.receive_count, first=FIRST_DELAY, most=MAX_DELAY, chance=self.chance()
        )
        return self._put_back(delivery, delay)

    def _put_back(self, delivery: Delivery, delay: timedelta) -> Verdict:
        self.redelivery.delay(delivery.receipt, delay)
        return Verdict.PUT_BACK
