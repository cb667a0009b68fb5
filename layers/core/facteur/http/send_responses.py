"""Sends in responses: rows of the history, and a Send in full."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from facteur.domain.address import Role
from facteur.domain.content import DocumentType
from facteur.domain.explanations import explain
from facteur.domain.message import MessageState, Outcome, RecipientOutcome
from facteur.domain.resolution import Resolution
from facteur.domain.send import (
    FrozenDocument,
    Origin,
    Progress,
    Send,
    SendFailure,
    SendStatus,
    progress_of,
    recipient_outcomes,
)
from facteur.domain.send_row import SendRow, row_of
from facteur.domain.timeline import timeline_of
from facteur.http.fields import Instant, ResponseModel
from facteur.locales import DEFAULT_LOCALE, Locale
from facteur.ports import Page

type FindLocale = Callable[[], Locale]
"""Gets the reader's language; called only to explain a failure."""


class SentDocument(ResponseModel):
    """A document as it was sent; its bytes are the attachment of the same number.

    ``size`` and ``sha256`` are null when the Send could not be made, so that there is no PDF.
    """

    id: str
    type: DocumentType
    name: str
    number: str
    date: str
    filename: str
    size: int | None
    sha256: str | None


class RecipientAnswer(ResponseModel):
    """The outcome for a recipient; ``detail`` is the text of SES or of the remote server."""

    address: str
    role: Role
    outcome: Outcome
    code: str | None
    detail: str | None
    cause: str | None
    remedy: str | None
    at: Instant | None
    ses_message_id: str | None


class ErrorAnswer(ResponseModel):
    """Why a Send failed."""

    code: str
    detail: str | None
    cause: str
    remedy: str


class TimelineAnswer(ResponseModel):
    """Something that happened to a Send."""

    at: Instant
    event: str
    address: str | None


class SendRowAnswer(ResponseModel):
    """A row of the history, with at most ten of its recipients.

    ``resolution`` is null unless it has failed.
    """

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)

    id: str
    origin: Origin
    campaign_id: str | None
    campaign_name: str | None
    occurrence_at: Instant | None
    document_type: DocumentType | None
    documents: list[SentDocument]
    to: list[str]
    cc: list[str]
    bcc: list[str]
    separate: bool
    copy_to_sender: bool
    subject: str
    status: SendStatus
    resolution: Resolution | None
    error: ErrorAnswer | None
    queued_at: Instant
    sent_at: Instant | None
    recipients: list[RecipientAnswer]
    retry_of: str | None
    retried_by: list[str]
    from_: Annotated[str, Field(alias="from")]
    reply_to: str | None
    created_by: str
    late: bool
    recipient_count: int
    failed_count: int


class SendAnswer(SendRowAnswer):
    """A Send in full: every recipient, the message and the timeline."""

    body: str
    timeline: list[TimelineAnswer]


class SendsPage(ResponseModel):
    """A page of the history, newest first."""

    items: list[SendRowAnswer]
    next: str | None
    previous: str | None


def send_answer(
    send: Send, row: SendRow, states: Mapping[int, MessageState], locale: FindLocale
) -> SendAnswer:
    """The response for a Send in the present state of its messages, failures explained."""
    progress = progress_of(send, states)
    return SendAnswer(
        **_fields(row, progress, recipient_outcomes(send, states), locale),
        body=send.body,
        timeline=[
            TimelineAnswer(at=entry.at, event=entry.event, address=entry.address)
            for entry in timeline_of(send, states.values())
        ],
    )


def queued_answer(send: Send) -> SendAnswer:
    """The response for a Send as it was created, the same for a repeated request."""
    return send_answer(send, row_of(send), {}, lambda: DEFAULT_LOCALE)


def sends_page(page: Page[SendRow], locale: FindLocale) -> SendsPage:
    """The response for a page of the history, failures explained in the reader's language."""
    return SendsPage(
        items=[
            SendRowAnswer(**_fields(row, row.progress, row.progress.recipients, locale))
            for row in page.items
        ],
        next=page.next,
        previous=page.previous,
    )


def _fields(
    row: SendRow, progress: Progress, recipients: Sequence[RecipientOutcome], locale: FindLocale
) -> dict[str, Any]:
    def having(role: Role) -> list[str]:
        return [recipient.address for recipient in recipients if recipient.role is role]

    return {
        "id": row.id,
        "origin": row.origin,
        "campaign_id": row.campaign_id,
        "campaign_name": row.campaign_name,
        "occurrence_at": row.occurrence_at,
        "document_type": row.document_type,
        "documents": [_document(document) for document in row.documents],
        "to": having(Role.TO),
        "cc": having(Role.CC),
        "bcc": having(Role.BCC),
        "separate": row.separate,
        "copy_to_sender": row.copy_to_sender,
        "subject": row.subject,
        "status": progress.status,
        "resolution": _resolution(row, progress),
        "error": _error(progress.error, locale) if progress.error else None,
        "queued_at": row.queued_at,
        "sent_at": progress.sent_at,
        "recipients": [_recipient(recipient, locale) for recipient in recipients],
        "retry_of": row.retry_of,
        "retried_by": list(row.retried_by),
        "from_": row.sender.address,
        "reply_to": row.sender.reply_to,
        "created_by": row.created_by,
        "late": row.late,
        "recipient_count": row.recipient_count,
        "failed_count": progress.failed_count,
    }


def _resolution(row: SendRow, progress: Progress) -> Resolution | None:
    """What has become of a failure, which the row may not know yet."""
    if progress.status is not SendStatus.FAILED:
        return None
    return row.resolution or Resolution.OPEN


def _document(document: FrozenDocument) -> SentDocument:
    return SentDocument(
        id=document.id,
        type=document.type,
        name=document.name,
        number=document.number,
        date=document.date.isoformat(),
        filename=document.filename,
        size=document.size if document.sha256 else None,
        sha256=document.sha256 or None,
    )


def _error(failure: SendFailure, locale: FindLocale) -> ErrorAnswer:
    explanation = explain(failure.code, locale())
    return ErrorAnswer(
        code=failure.code,
        detail=failure.detail or None,
        cause=explanation.cause,
        remedy=explanation.remedy,
    )


def _recipient(recipient: RecipientOutcome, locale: FindLocale) -> RecipientAnswer:
    explanation = explain(recipient.code, locale()) if recipient.is_failure else None
    return RecipientAnswer(
        address=recipient.address,
        role=recipient.role,
        outcome=recipient.outcome,
        code=recipient.code or None,
        detail=recipient.detail or None,
        cause=explanation.cause if explanation else None,
        remedy=explanation.remedy if explanation else None,
        at=recipient.at,
        ses_message_id=recipient.ses_message_id,
    )
