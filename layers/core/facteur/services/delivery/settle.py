"""Derives the row of a Send from its messages, and notifies its sender of a failure."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import SystemRandom

from facteur.domain.attempts import pause_after, retry_when_outrun
from facteur.domain.console import Console
from facteur.domain.content import DocumentStatus
from facteur.domain.errors import DailyLimitError
from facteur.domain.host_event_sources import send_events
from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import MessageState
from facteur.domain.resolution import (
    RetryState,
    failed_addresses,
    resolution_by_retries,
)
from facteur.domain.send import Origin, Send, SendStatus, progress_of, recipient_outcomes
from facteur.domain.send_row import (
    SendRow,
    owing,
    owing_notice,
    paid,
    reached_nobody,
    retry_resolution,
    with_hand_resolution,
    without_notice,
)
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import Clock, Ids, Outbox, OutboxMessage, Store
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.notify import notice_due_at, write_notice
from facteur.services.delivery.occasion import NOTHING_ELSE, Occasion
from facteur.services.delivery.pause_failing import pause_failing
from facteur.services.webhooks.tell import TellHosts

_log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(milliseconds=20), timedelta(milliseconds=500)
"""Spreads concurrent workers on one large Send (15 at most); 8 s in all at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleSend:
    """Derives rows of the history from their messages.

    ``sleep`` waits so many seconds; ``chance`` gives numbers from 0 to 1, for the jitter.
    """

    store: Store
    cache: SendCache
    outbox: Outbox
    ids: Ids
    clock: Clock
    console: Console
    tell: TellHosts
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = SystemRandom().random

    def settle(
        self,
        organization: OrgId,
        send_id: SendId,
        occasion: Occasion = NOTHING_ELSE,
        *,
        row: SendRow | None = None,
    ) -> SendRow:
        """Update the row of a Send, and those of the Sends whose failure it retries.

        Workers may do so concurrently. A failed Send of which no message is unfinished, except
        those waiting for the quota or the end of a suspension, owes its one notice: at once if no
        more is to be expected about its recipients, else after NOTICE_REST, when reconcile settles
        it again. The organization must have a notice left on that day. ``row`` is the row if it has
        just been read. Raises ConflictError ``send_contended`` when every attempt lost against
        other workers, or ``nothing_to_resolve``.
        """
        settled = self._settle(organization, send_id, occasion, row)
        if settled.notice_at is not None and settled.notice_at <= self.clock.now():
            settled = self._settle(organization, send_id)
        self._pay_originals(organization, settled)
        return settled

    def _settle(
        self,
        organization: OrgId,
        send_id: SendId,
        occasion: Occasion = NOTHING_ELSE,
        known: SendRow | None = None,
    ) -> SendRow:
        send = self.cache.get(organization, send_id).send
        sends = self.store.sends(organization)
        just_read = [known] if known is not None else []

        def attempt() -> SendRow | None:
            # The row first: its messages are then at least as new.
            row = just_read.pop() if just_read else sends.get_row(send_id)
            states = sends.get_messages(send_id)
            now = self.clock.now()
            settled = occasion.applied(row, progress_of(send, states), now=now)
            settled = self._with_drafts_published(organization, send, settled)
            settled = self._with_retries(organization, send, settled, states)
            settled = owing(row, with_hand_resolution(settled, occasion.resolved, now=now), now=now)
            settled, notice = self._with_notice(organization, send, row, settled, states)
            if settled == row:
                return row
            if _now_reaches_nobody(row, settled):
                # Before the row is stored: afterwards nothing would check the campaign again.
                pause_failing(self.tell, organization, settled, now=now)
            owed = self.tell.owed(organization, send_events(send, row, settled, now=now))
            if not self._store(organization, settled, notice, owed):
                return None
            self.tell.enqueue(organization, owed)
            if _now_reaches_nobody(row, settled):
                # After it too: of two stored at once, each may have missed the other before.
                pause_failing(self.tell, organization, settled, now=now)
            return replace(settled, revision=settled.revision + 1)

        return retry_when_outrun(attempt, code="send_contended", before_retry=self._pause)

    def _with_retries(
        self, organization: OrgId, send: Send, row: SendRow, states: Mapping[int, MessageState]
    ) -> SendRow:
        """The row with what its retries, whose rows are read consistently, make of its failure."""
        if not row.retried_by or row.progress.status is not SendStatus.FAILED:
            return row
        sends = self.store.sends(organization)
        failed = failed_addresses(recipient_outcomes(send, states))
        retries = [
            RetryState(
                self.cache.get(organization, retry).send.covers,
                retry_resolution(sends.get_row(retry)),
            )
            for retry in row.retried_by
        ]
        return replace(row, by_retries=resolution_by_retries(failed, retries))

    def _with_notice(
        self,
        organization: OrgId,
        send: Send,
        before: SendRow,
        row: SendRow,
        states: Mapping[int, MessageState],
    ) -> tuple[SendRow, Send | None]:
        """The row with the notice that it owes, and that notice once it is to be stored with it.

        The row of an occurrence that reached nobody is stored first: only then is it certain
        whether its campaign has paused itself, which the notice says.
        """
        now = self.clock.now()
        due_at = notice_due_at(self.store, organization, send, row, states, now=now)
        if due_at is None:
            return without_notice(row), None
        is_first = row.origin is Origin.CAMPAIGN and _now_reaches_nobody(before, row)
        if due_at > now or is_first:
            return owing_notice(row, at=due_at), None
        notice = write_notice(
            self.store,
            organization,
            send,
            states,
            console=self.console,
            notice_id=SendId(self.ids.new_id(now)),
            now=now,
        )
        return without_notice(row, notified=True), notice

    def _pay_originals(self, organization: OrgId, row: SendRow) -> None:
        """Derive the row of the Send that a retry is of, and so on upwards while they change.

        A row is no longer owing once that is done, unless it has changed meanwhile: whoever
        changed it pays.
        """
        owing_rows = []
        while row.owes_original and row.retry_of is not None:
            owing_rows.append(row)
            row = self._settle(organization, row.retry_of)
        for owing_row in reversed(owing_rows):
            self.store.sends(organization).advance(paid(owing_row))

    def _pause(self, attempts: int) -> None:
        pause = pause_after(attempts, first=_FIRST_PAUSE, most=_LONGEST_PAUSE, chance=self.chance())
        self.sleep(pause.total_seconds())

    def _with_drafts_published(self, organization: OrgId, send: Send, row: SendRow) -> SendRow:
        """Set draft invoices and orders to sent, before the row records it.

        Back to draft when every message that was accepted has been rejected since: a virus is found
        only after SES has accepted the message.
        """
        accepted = row.progress.any_accepted
        if not send.drafts_to_publish or row.drafts_published == accepted:
            return row
        before, after = DocumentStatus.DRAFT, DocumentStatus.SENT
        if not accepted:
            before, after = after, before
        documents = self.store.documents(organization)
        for document_id in send.drafts_to_publish:
            documents.set_status(document_id, after, only_from=before)
        return replace(row, drafts_published=accepted)

    def _store(
        self,
        organization: OrgId,
        row: SendRow,
        notice: Send | None,
        owed: Sequence[HookDelivery],
    ) -> bool:
        """Store a row and enqueue its notice, if the organization may make one more on this day;
        False when another worker was faster."""
        sends = self.store.sends(organization)
        if notice is None:
            return sends.advance(row, hooks=owed)
        limit = self.store.settings(organization).get_account().messages_per_day
        try:
            stored = sends.advance(row, notice=notice, notice_limit=limit, hooks=owed)
        except DailyLimitError:
            _log.warning("notice left out", extra={"organization": organization, "send": row.id})
            return sends.advance(row, hooks=owed)
        if stored:
            self.outbox.put([OutboxMessage(organization=organization, send=notice.id, n=0)])
        return stored


def _now_reaches_nobody(before: SendRow, after: SendRow) -> bool:
    """Does this change make it a Send that reached nobody?

    Only then may the campaign be paused: a later event must not pause it again after a person has
    resumed it. A Send that could not be made counts when it is settled for the first time.
    """
    is_unsettled = before.overdue_at is not None and before.notice_at is None
    is_new = not reached_nobody(before) or is_unsettled
    return reached_nobody(after) and is_new
