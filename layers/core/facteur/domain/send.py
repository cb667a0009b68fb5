"""A Send: one row of the history, written before anything is e-mailed; its status is derived."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from facteur.domain.address import Recipient, Role
from facteur.domain.document import DocumentType
from facteur.domain.identity import CampaignId, DocumentId, SendId, UserId
from facteur.domain.message import (
    ACCEPTED,
    PENDING,
    EventKey,
    MessageEvent,
    MessageState,
    Outcome,
    PlannedMessage,
    RecipientOutcome,
    outcomes_of,
    plan_messages,
)
from facteur.domain.settings import Sender
from facteur.locales import DEFAULT_LOCALE, Locale

ROW_RECIPIENTS = 10
"""Recipients that a row of the history shows; the detail shows all."""
MAX_DOCUMENTS = 10
"""Documents that a Send or a campaign may have."""
MAX_ATTACHMENTS = 25 * 1024 * 1024
"""Bytes that the attachments of a message may have after base64."""
WORK_DEADLINE = timedelta(minutes=15)
"""After this time without progress, reconcile looks at a Send; a claim this old is stale."""
QUEUE_LIMIT = timedelta(hours=24)
"""A message still queued after this time is failed ``expired``."""
QUOTA_QUEUE_LIMIT = timedelta(hours=72)
"""The same while the daily quota is used up or sending is paused."""
QUOTA_RETRY_INTERVAL = timedelta(hours=1)
"""How long such a Send waits before it is tried again."""


class SendStatus(StrEnum):
    """Shown as «En attente», «Envoyé», «Erreur»."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Origin(StrEnum):
    """What made a Send. A notice tells its sender of a failure and is not in the history."""

    MANUAL = "manual"
    CAMPAIGN = "campaign"
    TEST = "test"
    RETRY = "retry"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenDocument:
    """A document as it was sent: the archive keeps the very bytes under ``sha256``.

    ``size`` is in bytes; ``date`` is the one this Send carries.
    """

    id: DocumentId
    type: DocumentType
    name: str
    number: str
    date: date
    filename: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFailure:
    """Why a Send is failed: a stable code, and the raw words of its first failed recipient."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Everything about a Send that never changes once it is written.

    ``subject`` and ``body`` have their variables replaced. ``copy`` is the address of the sender's
    own copy, or None. ``covers`` are the failed addresses of ``retry_of`` that this Send retries,
    before correction. ``drafts_to_publish`` are draft invoices and orders that become sent once a
    message has been accepted. ``failure`` is set on a Send that could not be made at all, for example
    because its document is gone: it is in the history, and nothing of it is e-mailed.
    """

    id: SendId
    origin: Origin
    created_by: UserId
    queued_at: datetime
    sender: Sender
    recipients: tuple[Recipient, ...]
    separate: bool
    copy: str | None
    subject: str
    body: str
    signature: str = ""
    locale: Locale = DEFAULT_LOCALE
    document_type: DocumentType | None = None
    documents: tuple[FrozenDocument, ...] = ()
    drafts_to_publish: tuple[DocumentId, ...] = ()
    campaign_id: CampaignId | None = None
    campaign_name: str | None = None
    occurrence_at: datetime | None = None
    late: bool = False
    retry_of: SendId | None = None
    covers: tuple[str, ...] = ()
    failure: SendFailure | None = None

    def messages(self) -> tuple[PlannedMessage, ...]:
        """The messages this Send consists of: none when it could not be made."""
        if self.failure is not None:
            return ()
        return plan_messages(self.recipients, separate=self.separate, copy=self.copy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What has become of a Send: derived from its messages, never counted up.

    ``failed_count`` leaves the sender's copy aside. ``sent_at`` is set once every message has ended
    and at least one was accepted. ``recipients`` are the first ten. ``is_finished`` means that no
    message is queued or being sent.
    """

    status: SendStatus
    recipients: tuple[RecipientOutcome, ...]
    failed_count: int = 0
    sent_at: datetime | None = None
    error: SendFailure | None = None
    is_finished: bool = False
    any_accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRow:
    """A row of the history: what it shows of a Send, and what workers keep beside it.

    ``revision`` rises with every change of ``progress``. ``overdue_at`` is when reconcile must look
    at the Send, None once all its messages have ended. ``waiting_for_quota``: the daily quota or a
    pause of the account has delayed it, so it may stay queued for longer. ``requeued_at`` is when
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
    late: bool = False
    retry_of: SendId | None = None
    retried_by: tuple[SendId, ...] = ()
    revision: int = 0
    overdue_at: datetime | None = None
    waiting_for_quota: bool = False
    requeued_at: datetime | None = None
    notified: bool = False
    drafts_published: bool = False


def row_of(send: Send) -> SendRow:
    """The row of a Send just created: everything queued, due to be looked at in 15 minutes."""
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
        late=send.late,
        retry_of=send.retry_of,
        overdue_at=send.queued_at + WORK_DEADLINE,
        drafts_published=not send.drafts_to_publish,
    )


def recipient_outcomes(
    send: Send, states: Mapping[int, MessageState]
) -> tuple[RecipientOutcome, ...]:
    """What became of every recipient of a Send, its copy included, in order."""
    if send.failure is not None:
        code, detail, at = send.failure.code, send.failure.detail, send.queued_at
        return tuple(
            RecipientOutcome(r.address, r.role, Outcome.FAILED, code, detail, at)
            for r in send.recipients
        )
    return tuple(
        outcome
        for planned in send.messages()
        for outcome in outcomes_of(planned, states.get(planned.n))
    )


def progress_of(send: Send, states: Mapping[int, MessageState]) -> Progress:
    """Derive the state of a Send from the states of its messages, by number."""
    every = recipient_outcomes(send, states)
    recipients = [outcome for outcome in every if outcome.role is not Role.COPY]
    failures = [outcome for outcome in recipients if outcome.is_failure]
    finished = not any(outcome.outcome in PENDING for outcome in every)
    accepted_at = [
        seen.at
        for state in states.values()
        if (seen := state.events.get(EventKey(MessageEvent.SENT))) is not None
    ] or [outcome.at for outcome in every if outcome.outcome in ACCEPTED and outcome.at]
    status = SendStatus.QUEUED
    if failures:
        status = SendStatus.FAILED
    elif finished and all(outcome.outcome in ACCEPTED for outcome in recipients):
        status = SendStatus.SENT
    return Progress(
        status=status,
        recipients=every[:ROW_RECIPIENTS],
        failed_count=len(failures),
        sent_at=max(accepted_at) if finished and accepted_at else None,
        error=SendFailure(code=failures[0].code, detail=failures[0].detail) if failures else None,
        is_finished=finished,
        any_accepted=bool(accepted_at),
    )


def reached_nobody(row: SendRow) -> bool:
    """Has a Send ended without a single recipient's mail server having taken it?"""
    return row.progress.is_finished and row.progress.failed_count == row.recipient_count


def queue_limit_of(row: SendRow) -> timedelta:
    """How long messages of a Send may stay queued before they are given up."""
    return QUOTA_QUEUE_LIMIT if row.waiting_for_quota else QUEUE_LIMIT


def may_requeue(row: SendRow, *, now: datetime) -> bool:
    """Is it time to enqueue what is queued once more?

    What was lost comes back after a quarter of an hour; what is only late, because nobody receives
    it or the workers are behind, must not multiply: each time takes as long as all before. What is
    waits for the quota has been acknowledged, and is tried every hour.
    """
    last = row.requeued_at or row.queued_at
    wait = (
        QUOTA_RETRY_INTERVAL if row.waiting_for_quota else max(WORK_DEADLINE, last - row.queued_at)
    )
    return now - last >= wait


def advanced(row: SendRow, progress: Progress, *, now: datetime) -> SendRow:
    """The row with its progress brought up to date and its deadline renewed while work goes on.

    The deadline is moved on only when less than half of it is left, so that a Send of a thousand
    messages does not rewrite its row for every batch; and not past the time a message may stay
    queued, so that reconcile gives up what is throttled for ever.
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
    """The row of a Send that SES will not take for now: looked at again in an hour.

    The hour is not begun anew while more than half of it is left, so that each of a thousand
    refusals does not rewrite the row.
    """
    if row.overdue_at is None or (
        row.waiting_for_quota and row.overdue_at - now > QUOTA_RETRY_INTERVAL / 2
    ):
        return row
    return replace(row, waiting_for_quota=True, overdue_at=now + QUOTA_RETRY_INTERVAL)
