"""Looks at Sends that should have made progress by now: gives up what is lost, asks again for the
rest. It never renders and never mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from facteur.domain.message import Mark, MarkKey, MessageState, Seen
from facteur.domain.send import WORK_DEADLINE, SendRow, queue_limit_of
from facteur.ports import Clock, Outbox, OutboxMessage, Overdue, OverdueSend, Sends, Store
from facteur.services.known_sends import KnownSends
from facteur.services.settle_send import Settler

_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciler:
    """Brings overdue Sends on their way again, or to their end."""

    overdue: Overdue
    store: Store
    known: KnownSends
    outbox: Outbox
    settler: Settler
    clock: Clock

    def list_overdue(self) -> Sequence[OverdueSend]:
        """Some of what is overdue, oldest first; empty when nothing is."""
        late = self.overdue.list_overdue(self.clock.now(), limit=_PAGE)
        return [item for item in late if isinstance(item, OverdueSend)]

    def reconcile(self, item: OverdueSend) -> bool:
        """Look at one Send, unless another reconciler has it: then False.

        The lease is the deadline moved on: a reconciler that dies is followed by another.
        """
        now = self.clock.now()
        if not self.overdue.take(item, until=now + WORK_DEADLINE):
            return False
        known = self.known.get(item.organization, item.send)
        sends = self.store.sends(item.organization)
        row = sends.get_row(item.send)
        states = sends.get_messages(item.send)
        again = [
            OutboxMessage(organization=item.organization, send=item.send, n=planned.n)
            for planned in known.messages
            if _must_try_again(sends, row, states.get(planned.n) or MessageState(planned.n), now)
        ]
        if again:
            self.outbox.put(again)
        self.settler.settle(item.organization, item.send)
        return True


def _must_try_again(sends: Sends, row: SendRow, state: MessageState, now: datetime) -> bool:
    """Is the message to be enqueued again? Gives it up when it has waited for too long.

    Giving up is conditional on the state seen here: a worker that claims or records meanwhile wins.
    """
    if not state.is_pending:
        return False
    if state.claim is not None:
        if now - state.claim.at >= WORK_DEADLINE:
            unconfirmed = MarkKey(Mark.UNCONFIRMED)
            seen = Seen(now, "unconfirmed")
            sends.mark_if_claimed(row.id, state.n, unconfirmed, seen, claim=state.claim)
        return False
    if now - row.queued_at < queue_limit_of(row):
        return True
    sends.mark_if_claimed(row.id, state.n, MarkKey(Mark.FAILED), Seen(now, "expired"), claim=None)
    return False
