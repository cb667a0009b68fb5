"""A row of the history: what it shows of a Send, and how workers update it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from facteur.domain.content import DocumentType
from facteur.domain.deadlines import (
    QUEUE_LIMIT,
    QUOTA_QUEUE_LIMIT,
    QUOTA_RETRY_INTERVAL,
    SUSPENDED_QUEUE_LIMIT,
    WORK_DEADLINE,
)
from facteur.domain.identity import CampaignId, SendId, UserId
from facteur.domain.send import FrozenDocument, Origin, Progress, Send, progress_of
from facteur.domain.settings import Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRow:
    """A row of the history: what it shows of a Send, and what workers record about it.

    ``revision`` rises with every change of ``progress``. ``overdue_at`` is when reconcile must
    check the Send, None once all its messages have ended. ``waiting_for_quota``: the daily quota or
    a pause of the account has delayed it, so it may stay queued for longer. ``suspended_at`` is
    when the suspension of its organization last stopped a message of it. ``requeued_at`` is when
    reconcile last enqueued again what was queued; None before that and once all has ended.
    ``notified``: its sender has been sent a notice of its failure. ``drafts_published``: its draft
    invoices and orders have been set to sent.
    """

    id: SendId
    origin: Origin
    created_by: UserId
    queued_at: datetime
    sender: Sender
    separate: bool
    copy_to_sender: bool
    subject: str
    recipient_count: int
    progress: Progress
    document_type: DocumentType | None = None
    documents: tuple[FrozenDocument, ...] = ()
    campaign_id: CampaignId | None = None
    campaign_name: str | None = None
    occurrence_at: datetime | None = None
    occurrence_local: datetime | None = None
    late: bool = False
    retry_of: SendId | None = None
    retried_by: tuple[SendId, ...] = ()
    revision: int = 0
    overdue_at: datetime | None = None
    waiting_for_quota: bool = False
    suspended_at: datetime | None = None
    requeued_at: datetime | None = None
    notified: bool = False
    drafts_published: bool = False


def row_of(send: Send) -> SendRow:
    """The row of a Send just created: everything queued, to be checked after WORK_DEADLINE."""
    return SendRow(
        id=send.id,
        origin=send.origin,
        created_by=send.created_by,
        queued_at=send.queued_at,
        sender=send.sender,
        separate=send.separate,
        copy_to_sender=send.copy is not None,
        subject=send.subject,
        recipient_count=len(send.recipients),
        progress=progress_of(send, {}),
        document_type=send.document_type,
        documents=send.documents,
        campaign_id=send.campaign_id,
        campaign_name=send.campaign_name,
        occurrence_at=send.occurrence_at,
        occurrence_local=send.occurrence_local,
        late=send.late,
        retry_of=send.retry_of,
        overdue_at=send.queued_at + WORK_DEADLINE,
        drafts_published=not send.drafts_to_publish,
    )


def reached_nobody(row: SendRow) -> bool:
    """Has a Send ended with every recipient failed?"""
    return row.progress.is_finished and row.progress.failed_count == row.recipient_count


def queue_limit_of(row: SendRow) -> timedelta:
    """How long messages of a Send may stay queued before they are given up."""
    if row.suspended_at is not None:
        return SUSPENDED_QUEUE_LIMIT
    return QUOTA_QUEUE_LIMIT if row.waiting_for_quota else QUEUE_LIMIT


def is_stopped(row: SendRow) -> bool:
    """Has a suspension stopped messages that were not enqueued again since?"""
    return row.suspended_at is not None and (
        row.requeued_at is None or row.requeued_at < row.suspended_at
    )


def may_requeue(row: SendRow, *, now: datetime) -> bool:
    """May reconcile enqueue again the messages that are still queued?

    The first time after WORK_DEADLINE, then each time after a wait as long as all before, so that
    messages that are only late do not multiply in the queue. Messages that wait for the quota were
    acknowledged: they are enqueued every QUOTA_RETRY_INTERVAL. So were those that a suspension
    stopped: they are enqueued once it has ended.
    """
    if is_stopped(row):
        return True
    last = row.requeued_at or row.queued_at
    wait = (
        QUOTA_RETRY_INTERVAL if row.waiting_for_quota else max(WORK_DEADLINE, last - row.queued_at)
    )
    return now - last >= wait


def advanced(row: SendRow, progress: Progress, *, now: datetime) -> SendRow:
    """The row with new progress, and its deadline renewed while messages are unfinished.

    The deadline is renewed only when less than half of it is left, so that a Send of a thousand
    messages does not rewrite its row for every batch, and not past the time that a message may stay
    queued, so that reconcile gives up messages that are always throttled.
    """
    overdue_at, requeued_at = row.overdue_at, row.requeued_at
    if progress.is_finished:
        overdue_at = requeued_at = None
    elif overdue_at is None or (
        overdue_at - now < WORK_DEADLINE / 2 and now - row.queued_at < queue_limit_of(row)
    ):
        overdue_at = now + WORK_DEADLINE
    return replace(row, progress=progress, overdue_at=overdue_at, requeued_at=requeued_at)


def delayed_by_quota(row: SendRow, *, now: datetime) -> SendRow:
    """The row of a Send that waits for the quota: to be checked after QUOTA_RETRY_INTERVAL.

    The interval is not restarted while more than half of it is left, so that a thousand refusals do
    not rewrite the row a thousand times.
    """
    if row.overdue_at is None or (
        row.waiting_for_quota and row.overdue_at - now > QUOTA_RETRY_INTERVAL / 2
    ):
        return row
    return replace(row, waiting_for_quota=True, overdue_at=now + QUOTA_RETRY_INTERVAL)


def stopped_by_suspension(row: SendRow, *, now: datetime) -> SendRow:
    """The row of a Send of a suspended organization: to be checked after QUOTA_RETRY_INTERVAL.

    As for the quota, the interval is not restarted while more than half of it is left.
    """
    if row.overdue_at is None or (
        is_stopped(row) and row.overdue_at - now > QUOTA_RETRY_INTERVAL / 2
    ):
        return row
    return replace(row, suspended_at=now, overdue_at=now + QUOTA_RETRY_INTERVAL)
