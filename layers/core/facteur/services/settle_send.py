"""Derives what has become of a Send from its messages, and tells its sender of a failure."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import SystemRandom

from facteur.domain.backoff import pause_after
from facteur.domain.document import DocumentStatus
from facteur.domain.errors import ConflictError
from facteur.domain.identity import OrgId, SendId
from facteur.domain.notice import notice_of
from facteur.domain.send import (
    Origin,
    Send,
    SendRow,
    SendStatus,
    advanced,
    held_back,
    progress_of,
    reached_nobody,
)
from facteur.ports import Clock, Ids, Outbox, OutboxMessage, Store
from facteur.services.known_sends import KnownSends
from facteur.services.pause_failing import pause_failing

_ATTEMPTS = 20
"""Somebody else's success is the only reason to try again, so this is never reached in peace."""
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(milliseconds=20), timedelta(milliseconds=500)
"""Fifteen workers on one large Send get out of one another's way; 8 s in all at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settler:
    """Keeps rows of the history true to their messages.

    ``sleep`` waits so many seconds; ``chance`` gives numbers from 0 to 1, for the jitter.
    """

    store: Store
    known: KnownSends
    outbox: Outbox
    ids: Ids
    clock: Clock
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = SystemRandom().random

    def settle(
        self, organization: OrgId, send_id: SendId, *, hold: bool = False, asked: bool = False
    ) -> SendRow:
        """Bring the row of a Send up to date; any number of workers may do so at once.

        ``hold`` puts an unfinished Send off for an hour. ``asked``: what is queued of it has been
        enqueued again just now. A Send that is found failed, and has
        nothing more on its way but what is held, gets its one notice. Raises ConflictError
        ``send_contended`` when others keep being faster.
        """
        send = self.known.get(organization, send_id).send
        sends = self.store.sends(organization)
        for attempt in range(_ATTEMPTS):
            if attempt:
                self._pause(attempt)
            row = sends.get_row(send_id)
            states = sends.get_messages(send_id)
            now = self.clock.now()
            settled = advanced(row, progress_of(send, states), now=now)
            settled = _waiting(settled, now=now, hold=hold, asked=asked)
            settled = self._with_documents_marked(organization, send, settled)
            notice = None
            if _must_tell(settled) and _may_tell(send):
                notice = notice_of(send, states, notice_id=SendId(self.ids.new_id(now)), now=now)
                settled = replace(settled, notified=True)
            if settled == row:
                return row
            if _now_reaches_nobody(row, settled):
                # Before the row says so: nobody would look at it again.
                pause_failing(self.store, organization, settled, now=now)
            if sends.advance(settled, notice=notice):
                self._enqueue(organization, notice)
                return settled
        raise ConflictError("send_contended")

    def _pause(self, attempts: int) -> None:
        pause = pause_after(attempts, first=_FIRST_PAUSE, most=_LONGEST_PAUSE, chance=self.chance())
        self.sleep(pause.total_seconds())

    def _with_documents_marked(self, organization: OrgId, send: Send, row: SendRow) -> SendRow:
        """Mark draft invoices and orders as sent, before the row says that they are."""
        if row.marked or not row.progress.any_accepted:
            return row
        documents = self.store.documents(organization)
        for document_id in send.marks_sent:
            documents.set_status(document_id, DocumentStatus.SENT, only_from=DocumentStatus.DRAFT)
        return replace(row, marked=True)

    def _enqueue(self, organization: OrgId, notice: Send | None) -> None:
        if notice is not None:
            self.outbox.put([OutboxMessage(organization=organization, send=notice.id, n=0)])


def _waiting(row: SendRow, *, now: datetime, hold: bool, asked: bool) -> SendRow:
    """The row with what is to be remembered of an unfinished Send's waiting."""
    if row.progress.is_finished:
        return row
    if asked:
        row = replace(row, asked_at=now)
    return held_back(row, now=now) if hold else row


def _now_reaches_nobody(before: SendRow, after: SendRow) -> bool:
    """Has it come to that just now? Whatever is told of it later, a campaign that somebody resumed
    meanwhile goes on. A Send that could not be made was so from the first; it ends here."""
    is_new = not reached_nobody(before) or before.overdue_at is not None
    return reached_nobody(after) and is_new


def _must_tell(row: SendRow) -> bool:
    """One notice, and never about a notice. It waits until all messages have ended, so that it
    names every failure; what is held would keep it for days."""
    return (
        row.progress.status is SendStatus.FAILED
        and (row.progress.is_finished or row.held)
        and not row.notified
        and row.origin is not Origin.NOTICE
    )


def _may_tell(send: Send) -> bool:
    """A notice comes from the Send's own sender, whom SES may know only as unverified."""
    return send.failure is None or send.failure.code != "sender_not_verified"
