"""A row of the history: what it shows of a Send, and how workers update it."""

from collections.abc import Mapping
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
from facteur.domain.errors import ConflictError
from facteur.domain.identity import CampaignId, SendId, UserId
from facteur.domain.resolution import Resolution, failed_addresses
from facteur.domain.send import (
    FrozenDocument,
    Origin,
    Progress,
    Send,
    SendStatus,
    progress_of,
)
from facteur.domain.settings import Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRow:
    """A row of the history: what it shows of a Send, and what workers record about it.

    ``revision`` rises with every change of ``progress``. ``overdue_at`` is when reconcile must
    check the Send, None once all its messages have ended. ``waiting_for_quota``: the daily quota or
    a pause of the account has delayed it, so it may stay queued for longer. ``suspended_at`` is
    when the suspension of its organization last stopped a message of it. ``requeued_at`` is when
    reconcile last enqueued again what was queued; None before that and once all has ended.
    ``notified``: its sender has been sent a notice of its failure. ``notice_at`` is when one is
    due, None while none is owed. ``drafts_published``: its draft invoices and orders have been set
    to sent.

    ``resolved_at`` is when a person dealt with its failure. ``by_retries`` is what its
    retries have made of its failure, None while they leave it open. ``owes_original``: the row of
    the Send that it retries has yet to be derived from this one.
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
    notice_at: datetime | None = None
    drafts_published: bool = False
    resolved_at: datetime | None = None
    by_retries: Resolution | None = None
    owes_original: bool = False

    @property
    def resolution(self) -> Resolution | None:
        """What has become of a failure; None for a Send that has not failed."""
        if self.progress.status is not SendStatus.FAILED:
            return None
        return self.by_retries or (Resolution.RESOLVED if self.resolved_at else Resolution.OPEN)

    @property
    def is_over(self) -> bool:
        """Has a failure been dealt with, or made good by retries?"""
        return self.resolution not in (None, Resolution.OPEN)


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
        overdue_at, requeued_at = overdue_at if _owes(row) else None, None
    elif overdue_at is None or (
        overdue_at - now < WORK_DEADLINE / 2 and now - row.queued_at < queue_limit_of(row)
    ):
        overdue_at = now + WORK_DEADLINE
    resolved_at = None if _fails_more(row.progress, progress) else row.resolved_at
    return replace(
        row,
        progress=progress,
        overdue_at=overdue_at,
        requeued_at=requeued_at,
        resolved_at=resolved_at,
    )


def _fails_more(before: Progress, after: Progress) -> bool:
    """Has a recipient failed that had not? Of those whom a row does not show, only the number is
    known."""
    known = failed_addresses(before.recipients)
    return after.failed_count > before.failed_count or not known.issuperset(
        failed_addresses(after.recipients)
    )


def with_hand_resolution(row: SendRow, resolved: bool | None, *, now: datetime) -> SendRow:
    """The row with its failure resolved by a person, or no longer; None leaves it as it is.

    The first instant is kept. Raises ConflictError ``nothing_to_resolve``.
    """
    if resolved is None:
        return row
    if row.progress.status is not SendStatus.FAILED:
        raise ConflictError("nothing_to_resolve")
    return replace(row, resolved_at=(row.resolved_at or now) if resolved else None)


def owing(before: SendRow, after: SendRow, *, now: datetime) -> SendRow:
    """The row ``after``, which owes the Send that it retries a look if that may read otherwise.

    It is then overdue, so that reconcile pays what a worker that died has left.
    """
    if after.retry_of is None or retry_resolution(after) is retry_resolution(before):
        return after
    return replace(after, owes_original=True, overdue_at=after.overdue_at or now + WORK_DEADLINE)


def paid(row: SendRow) -> SendRow:
    """The row once that of the Send it retries has been derived."""
    return _not_overdue_for_nothing(replace(row, owes_original=False))


def owing_notice(row: SendRow, *, at: datetime) -> SendRow:
    """The row, whose sender is to be sent a notice at ``at``: reconcile looks at it then."""
    return replace(row, notice_at=at, overdue_at=min(row.overdue_at or at, at))


def without_notice(row: SendRow, *, notified: bool = False) -> SendRow:
    """The row once its notice is written (``notified``), or none is due any more."""
    row = replace(row, notice_at=None, notified=row.notified or notified)
    return _not_overdue_for_nothing(row)


def _owes(row: SendRow) -> bool:
    return row.owes_original or row.notice_at is not None


def _not_overdue_for_nothing(row: SendRow) -> SendRow:
    """The row of a Send that has ended without a deadline, unless it owes something."""
    if row.progress.is_finished and not _owes(row):
        return replace(row, overdue_at=None)
    return row


def may_be_over(row: SendRow, known: Mapping[SendId, SendRow]) -> bool:
    """May the retries of an open failure have made it good, judged by their rows alone?"""
    retries = [known.get(retry) for retry in row.retried_by]
    if row.resolution is not Resolution.OPEN or not retries:
        return False
    ended = [r for r in retries if r and retry_resolution(r) is not Resolution.OPEN]
    reached = sum(retry.recipient_count for retry in ended)
    return len(ended) == len(retries) and reached >= row.progress.failed_count


def retry_resolution(retry: SendRow) -> Resolution:
    """What a retry makes of the failure that it covers: nothing before it has reached everybody."""
    if retry.progress.status is SendStatus.SENT:
        return Resolution.RETRIED
    return retry.resolution or Resolution.OPEN


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
