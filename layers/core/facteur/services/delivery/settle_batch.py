"""Derives the row of a Send after a batch of its messages, if it may read otherwise.

A row shows ten recipients, what failed, and whether all messages have ended. Most batches of a
large Send change none of it, and to read all its messages after each costs reads as the square of
their number.

What is left out is decided by what is recorded of the messages, so that a batch that is received
again decides alike. What a worker that died has left is made up for as before: by the batch that is
received again, by whoever ends the last message, and by reconcile, for an unfinished Send keeps its
deadline.
"""

import heapq
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import MessageState, PlannedMessage, outcomes_of
from facteur.domain.send import ROW_RECIPIENTS
from facteur.domain.send_row import SendRow
from facteur.ports import Sends
from facteur.services.delivery.caches import LruCache
from facteur.services.delivery.deliver import DeliveryResult
from facteur.services.delivery.occasion import NOTHING_ELSE, Occasion
from facteur.services.delivery.record_ses_event import Recorded
from facteur.services.delivery.settle import SettleSend

_SENDS = 32
_PROBES = 4
"""Messages read one by one, to find one that has not ended, before all are read."""
_NOTICED_EARLY = 50
"""Messages of a Send whose notice of a failure may come before it is due, once all has been heard
of them. With more, this would be looked for after each batch, in all of them."""
_WITHOUT_EVENT = {
    DeliveryResult.UNCERTAIN,
    DeliveryResult.REPLACED,
    DeliveryResult.WAITING_FOR_QUOTA,
    DeliveryResult.PUT_BACK,
}
"""Results that leave a message queued or being sent."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What was done to message ``n``; ``state`` is its state then, None when that is not known."""

    n: int
    state: MessageState | None
    may_have_ended: bool


@dataclass(slots=True)
class _Known:
    """What this process knows of a Send: its row, and the messages not known to have ended.

    Others may have changed both. That harms nothing: an outcome only rises, what has ended has
    ended, and a deadline only moves on, except to the time at which a notice is due.
    """

    pending: set[int]
    row: SendRow | None = None


@dataclass(frozen=True, slots=True)
class SettleBatch:
    """Settles the Sends of a batch, for one process."""

    settle_send: SettleSend
    _sends: LruCache[tuple[OrgId, SendId], _Known] = field(default_factory=lambda: LruCache(_SENDS))

    def after_delivery(
        self,
        organization: OrgId,
        send_id: SendId,
        results: Collection[tuple[int, DeliveryResult]],
    ) -> None:
        """Settle a Send some of whose messages ``deliver`` has handled."""
        found = {result for _, result in results}
        occasion = Occasion(
            quota_exceeded=DeliveryResult.WAITING_FOR_QUOTA in found,
            suspended=DeliveryResult.SUSPENDED in found,
        )
        changes = [_Change(n, None, result is DeliveryResult.SENT) for n, result in results]
        is_harmless = found <= {DeliveryResult.SENT, *_WITHOUT_EVENT}
        self._settle(organization, send_id, changes, occasion, is_harmless=is_harmless)

    def after_events(
        self,
        organization: OrgId,
        send_id: SendId,
        recorded: Collection[Recorded],
    ) -> None:
        """Settle a Send about some of whose messages ``track`` has recorded events."""
        changes = [_Change(one.state.n, one.state, one.may_have_ended) for one in recorded]
        is_harmless = all(one.state.is_untroubled for one in recorded)
        self._settle(organization, send_id, changes, NOTHING_ELSE, is_harmless=is_harmless)

    def _settle(
        self,
        organization: OrgId,
        send_id: SendId,
        changes: Collection[_Change],
        occasion: Occasion,
        *,
        is_harmless: bool,
    ) -> None:
        """Derive the row, unless ``changes`` are harmless, not shown, and not the last."""
        messages = self.settle_send.cache.get(organization, send_id).messages
        known = self._sends.get(
            (organization, send_id), lambda: _Known({planned.n for planned in messages})
        )
        known.pending.difference_update(one.n for one in changes if one.may_have_ended)
        just_read = None
        if is_harmless and not any(_is_shown_unknown(messages, one) for one in changes):
            if known.row is None:
                just_read = self.settle_send.store.sends(organization).get_row(send_id)
                known.row = just_read
            if self._is_unchanged(organization, known.row, known, changes, occasion):
                return
        # Forgotten first: if this fails, the next batch derives it.
        known.row = None
        known.row = self.settle_send.settle(organization, send_id, occasion, row=just_read)

    def _is_unchanged(
        self,
        organization: OrgId,
        row: SendRow,
        known: _Known,
        changes: Collection[_Change],
        occasion: Occasion,
    ) -> bool:
        """Does a row, as far as this process knows it, remain as it is after harmless changes?"""
        messages = self.settle_send.cache.get(organization, row.id).messages
        if not all(_is_shown_already(row, messages, one) for one in changes):
            return False
        if row.notice_at is not None and len(messages) <= _NOTICED_EARLY:
            return False
        if row.progress.is_finished:
            return True
        if occasion.applied(row, row.progress, now=self.settle_send.clock.now()) != row:
            return False
        if not any(one.may_have_ended for one in changes):
            return True
        sends = self.settle_send.store.sends(organization)
        return row.progress.any_accepted and _has_pending(sends, row.id, known.pending)


def _has_pending(sends: Sends, send_id: SendId, pending: set[int]) -> bool:
    """Is a message of a Send still queued or being sent? Takes those that are not from ``pending``.

    The last ones are probably the last to end. Everybody who ends a message asks afterwards, so
    that whoever ends the last one finds none.
    """
    for n in heapq.nlargest(_PROBES, pending):
        state = sends.find_message(send_id, n)
        if state is None or state.is_pending:
            return True
        pending.discard(n)
    if pending:
        states = sends.get_messages(send_id)
        pending.difference_update(n for n, state in states.items() if not state.is_pending)
    return bool(pending)


def _first_shown(messages: Sequence[PlannedMessage], n: int) -> int | None:
    """The place of a message's first recipient in the row of its Send; None if it shows none."""
    if n >= ROW_RECIPIENTS:
        return None
    place = sum(len(planned.envelope) for planned in messages[:n])
    return place if place < ROW_RECIPIENTS else None


def _is_shown_unknown(messages: Sequence[PlannedMessage], change: _Change) -> bool:
    """Does the row show the message of a change whose state is not known?"""
    return change.state is None and _first_shown(messages, change.n) is not None


def _is_shown_already(row: SendRow, messages: Sequence[PlannedMessage], change: _Change) -> bool:
    """Does the row show the message as it is, or not at all?"""
    place = _first_shown(messages, change.n)
    if place is None:
        return True
    outcomes = outcomes_of(messages[change.n], change.state)[: ROW_RECIPIENTS - place]
    return row.progress.recipients[place : place + len(outcomes)] == tuple(outcomes)
