"""A Send: written before anything is e-mailed; its status is derived from its messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from facteur.domain.address import Recipient, Role
from facteur.domain.content import DocumentType
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
    """A document as it was sent: the archive keeps its PDF under ``sha256``.

    ``size`` is in bytes; ``date`` is the date that it carries in this Send.
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
    """Why a Send is failed: a stable code, and the raw text about its first failed recipient."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Everything about a Send that never changes once it is written.

    ``subject`` and ``body`` have their variables replaced. ``copy`` is the address of the sender's
    own copy, or None. ``covers`` are the failed addresses of ``retry_of`` that this Send retries,
    before correction. ``drafts_to_publish`` are draft invoices and orders that become sent once a
    message has been accepted. ``occurrence_local`` is the nominal local time that identifies the
    occurrence (naive; None in Sends of version 0.1.0), ``occurrence_at`` the instant that it had
    when it was made. ``failure`` is set on a Send that could not be made at all, for
    example because its document is gone: it is in the history, and nothing of it is e-mailed.
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
    occurrence_local: datetime | None = None
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
    """The progress of a Send, derived from its messages each time.

    ``failed_count`` does not count the sender's copy. ``sent_at`` is set once every message has
    ended and at least one was accepted. ``recipients`` are the first ROW_RECIPIENTS.
    ``is_finished`` means that no message is queued or being sent, ``any_accepted`` that SES has
    accepted one and not rejected it afterwards.
    """

    status: SendStatus
    recipients: tuple[RecipientOutcome, ...]
    failed_count: int = 0
    sent_at: datetime | None = None
    error: SendFailure | None = None
    is_finished: bool = False
    any_accepted: bool = False


def recipient_outcomes(
    send: Send, states: Mapping[int, MessageState]
) -> tuple[RecipientOutcome, ...]:
    """The outcome of every recipient of a Send in order, the sender's copy included."""
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
    """The progress of a Send from the states of its messages, by number."""
    every = recipient_outcomes(send, states)
    recipients = [outcome for outcome in every if outcome.role is not Role.COPY]
    failures = [outcome for outcome in recipients if outcome.is_failure]
    finished = not any(outcome.outcome in PENDING for outcome in every)
    accepted_at = [
        detail.at
        for state in states.values()
        if (detail := state.events.get(EventKey(MessageEvent.SENT))) is not None
        and EventKey(MessageEvent.REJECTED) not in state.events
    ] or [outcome.at for outcome in every if outcome.outcome in ACCEPTED and outcome.at]
    error = send.failure
    if failures:
        error = SendFailure(code=failures[0].code, detail=failures[0].detail)
    status = SendStatus.QUEUED
    if failures or send.failure is not None:
        status = SendStatus.FAILED
    elif finished and all(outcome.outcome in ACCEPTED for outcome in recipients):
        status = SendStatus.SENT
    return Progress(
        status=status,
        recipients=every[:ROW_RECIPIENTS],
        failed_count=len(failures),
        sent_at=max(accepted_at) if finished and accepted_at else None,
        error=error,
        is_finished=finished,
        any_accepted=bool(accepted_at),
    )
