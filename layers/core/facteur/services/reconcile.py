"""Repairs what is overdue: lost messages, lost occurrences, schedules that differ.

Called by the function ``reconcile``. It never renders a PDF and never e-mails anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from facteur.domain.campaign import Campaign, rederived
from facteur.domain.deadlines import GRACE, WORK_DEADLINE
from facteur.domain.errors import NotFoundError, TransientError
from facteur.domain.message import EventDetail, EventKey, MessageEvent, MessageState
from facteur.domain.schedule_sync import needs_schedule
from facteur.domain.send_row import SendRow, may_requeue, queue_limit_of
from facteur.ports import (
    Clock,
    DueMessage,
    DueQueue,
    Outbox,
    OutboxMessage,
    Overdue,
    OverdueCampaign,
    OverdueSend,
    Sends,
    Store,
)
from facteur.services.campaigns.rederive import RederiveInstants
from facteur.services.campaigns.sync_schedule import SyncSchedule
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.occasion import Occasion
from facteur.services.delivery.settle import SettleSend
from facteur.services.webhooks.pay import PayHooks

_PAGE = 100


class ReconcileResult(StrEnum):
    """What was done about an overdue item."""

    ELSEWHERE = "elsewhere"
    """Another invocation has leased it."""
    SEND = "send"
    RUN = "run"
    """A campaign's occurrence had no Send: triggered again."""
    SCHEDULE = "schedule"
    """A schedule that might differ from its campaign: written again, or removed with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileSend:
    """Enqueues lost messages of an overdue Send again, and fails those that waited too long."""

    store: Store
    cache: SendCache
    outbox: Outbox
    settle_send: SettleSend

    def reconcile(self, item: OverdueSend, *, now: datetime) -> None:
        """Reconcile one Send, which the caller has leased."""
        cached = self.cache.get(item.organization, item.send)
        sends = self.store.sends(item.organization)
        row = sends.get_row(item.send)
        states = sends.get_messages(item.send)
        queued = [
            OutboxMessage(organization=item.organization, send=item.send, n=planned.n)
            for planned in cached.messages
            if _is_still_queued(sends, row, states.get(planned.n) or MessageState(planned.n), now)
        ]
        account = self.store.settings(item.organization).get_account()
        suspended = bool(queued) and account.suspended
        requeue = bool(queued) and not suspended and may_requeue(row, now=now)
        if requeue:
            self.outbox.put(queued)
        occasion = Occasion(suspended=suspended, requeued=requeue)
        self.settle_send.settle(item.organization, item.send, occasion)


def _is_still_queued(sends: Sends, row: SendRow, state: MessageState, now: datetime) -> bool:
    """Is the message still queued? Fails it when it has been queued or claimed for too long.

    The write is conditional on ``state``: a worker that claims or records meanwhile wins.
    """
    if not state.is_pending:
        return False
    if state.claim is not None:
        if now - state.claim.at >= WORK_DEADLINE:
            unconfirmed = EventDetail(now, "unconfirmed")
            key = EventKey(MessageEvent.UNCONFIRMED)
            sends.record_if_claimed(row.id, state.n, key, unconfirmed, claim=state.claim)
        return False
    if now - row.queued_at < queue_limit_of(row):
        return True
    expired = EventDetail(now, "expired")
    key = EventKey(MessageEvent.FAILED)
    sends.record_if_claimed(row.id, state.n, key, expired, claim=None)
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileCampaign:
    """Triggers occurrences that were lost, writes schedules again, finishes deletions."""

    store: Store
    sync_schedule: SyncSchedule
    due: DueQueue

    def reconcile(self, item: OverdueCampaign, *, now: datetime) -> bool:
        """Reconcile one campaign, which the caller has leased; was an occurrence triggered?

        An overdue occurrence may mean that the schedule is lost, so the schedule is written again
        as well. Raises TransientError: the lease ends, and another invocation tries.
        """
        campaigns = self.store.campaigns(item.organization)
        try:
            state = campaigns.get_sync_state(item.campaign)
        except NotFoundError:
            return False
        if state.deleting:
            self.sync_schedule.remove(item.organization, item.campaign)
            campaigns.finish_delete(item.campaign)
            return False
        campaign = rederived(state.campaign)
        try:
            if campaign != state.campaign:
                # The rules of its zone have changed: it may not be due yet.
                campaigns.change(state.campaign, campaign)
        except NotFoundError:
            return False
        try:
            # Before the trigger: once the occurrence is made, the campaign is no longer overdue.
            if state.pending or needs_schedule(campaign):
                self.sync_schedule.sync(item.organization, campaign)
        except TransientError:
            self._trigger(item, campaign, now)
            raise
        return self._trigger(item, campaign, now)

    def _trigger(self, item: OverdueCampaign, campaign: Campaign, now: datetime) -> bool:
        at = campaign.next_run_at
        if at is None or at + GRACE > now:
            return False
        self.due.put(DueMessage(organization=item.organization, campaign=item.campaign, at=at))
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconcile:
    """Leases overdue items one after the other and reconciles each.

    ``instants`` brings stored instants in line with the rules of time zones, ``hooks`` pays what
    webhooks are owed.
    """

    overdue: Overdue
    sends: ReconcileSend
    campaigns: ReconcileCampaign
    instants: RederiveInstants
    hooks: PayHooks
    clock: Clock

    def list_overdue(self) -> Sequence[OverdueSend | OverdueCampaign]:
        """A page of overdue items, oldest first."""
        return self.overdue.list_overdue(self.clock.now(), limit=_PAGE)

    def reconcile(self, item: OverdueSend | OverdueCampaign) -> ReconcileResult:
        """Reconcile one item, unless another invocation has leased it.

        The lease is the item's deadline moved on: if this invocation dies, the item becomes
        overdue again.
        """
        now = self.clock.now()
        if not self.overdue.take(item, until=now + WORK_DEADLINE):
            return ReconcileResult.ELSEWHERE
        if isinstance(item, OverdueSend):
            self.sends.reconcile(item, now=now)
            return ReconcileResult.SEND
        triggered = self.campaigns.reconcile(item, now=now)
        return ReconcileResult.RUN if triggered else ReconcileResult.SCHEDULE
