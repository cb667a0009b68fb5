"""A Send that should have made progress by now: what is lost is given up, the rest asked again."""

from dataclasses import dataclass
from datetime import datetime

from facteur.domain.message import Mark, MarkKey, MessageState, Seen
from facteur.domain.send import WORK_DEADLINE, SendRow, may_ask_again, queue_limit_of
from facteur.ports import Outbox, OutboxMessage, OverdueSend, Sends, Store
from facteur.services.known_sends import KnownSends
from facteur.services.settle_send import Settler


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReconciler:
    """Brings overdue Sends on their way again, or to their end."""

    store: Store
    known: KnownSends
    outbox: Outbox
    settler: Settler

    def reconcile(self, item: OverdueSend, *, now: datetime) -> None:
        """Look at one Send, whose lease the caller has taken."""
        known = self.known.get(item.organization, item.send)
        sends = self.store.sends(item.organization)
        row = sends.get_row(item.send)
        states = sends.get_messages(item.send)
        queued = [
            OutboxMessage(organization=item.organization, send=item.send, n=planned.n)
            for planned in known.messages
            if _is_still_queued(sends, row, states.get(planned.n) or MessageState(planned.n), now)
        ]
        again = bool(queued) and may_ask_again(row, now=now)
        if again:
            self.outbox.put(queued)
        self.settler.settle(item.organization, item.send, asked=again)


def _is_still_queued(sends: Sends, row: SendRow, state: MessageState, now: datetime) -> bool:
    """Does the message still wait for a worker? Gives it up when it has waited for too long.

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
