"""Campaigns in responses."""

from facteur.domain.campaign import CampaignStatus, CampaignView, LastSend, PauseReason
from facteur.domain.content import DocumentType
from facteur.domain.recurrence_text import recurrence_text
from facteur.domain.resolution import Resolution
from facteur.domain.send import SendStatus
from facteur.http.fields import Instant, ResponseModel
from facteur.http.recurrences import RecurrenceAnswer, recurrence_body
from facteur.locales import Locale
from facteur.ports import Page


class LastSendAnswer(ResponseModel):
    """The latest Send of a campaign, tests and retries aside."""

    id: str
    status: SendStatus
    resolution: Resolution | None
    sent_at: Instant | None
    recipient_count: int
    failed_count: int


class CampaignAnswer(ResponseModel):
    """A campaign. ``skipped`` lists the future occurrences that were skipped.

    ``recurrence_text`` says the recurrence in the reader's language; ``remaining`` is the number of
    sends left when it ends after some.
    """

    id: str
    name: str
    document_type: DocumentType
    document_ids: list[str]
    recipients: list[str]
    groups: list[str]
    copy_to_sender: bool
    separate: bool
    subject: str
    body: str
    recurrence: RecurrenceAnswer
    recurrence_text: str
    timezone: str
    auto_increment_date: bool
    status: CampaignStatus
    next_run_at: Instant | None
    next_document_date: str | None
    remaining: int | None
    skipped: list[Instant]
    last_send: LastSendAnswer | None
    pause_reason: PauseReason | None
    owner: str
    version: int
    created_at: Instant
    updated_at: Instant


class CampaignDocument(ResponseModel):
    """A document of a campaign in the list."""

    id: str
    name: str
    number: str


class ListedCampaign(CampaignAnswer):
    """A campaign in the list; ``documents`` are those of ``document_ids`` that still exist."""

    documents: list[CampaignDocument]


class CampaignsPage(ResponseModel):
    """A page of campaigns, newest first."""

    items: list[ListedCampaign]
    next: str | None
    previous: str | None


def campaign_answer(view: CampaignView, locale: Locale) -> CampaignAnswer:
    """The response for a campaign."""
    campaign, draft, date = view.campaign, view.campaign.draft, view.next_document_date
    return CampaignAnswer(
        id=campaign.id,
        name=draft.name,
        document_type=draft.document_type,
        document_ids=list(draft.document_ids),
        recipients=list(draft.recipients),
        groups=list(draft.groups),
        copy_to_sender=draft.copy_to_sender,
        separate=draft.separate,
        subject=draft.subject,
        body=draft.body,
        recurrence=recurrence_body(draft.recurrence),
        recurrence_text=recurrence_text(draft.recurrence, draft.timezone, locale, today=view.today),
        timezone=draft.timezone,
        auto_increment_date=draft.auto_increment_date,
        status=campaign.status,
        next_run_at=campaign.next_run_at,
        next_document_date=date.isoformat() if date is not None else None,
        remaining=campaign.remaining,
        skipped=list(campaign.skipped_at),
        last_send=_last_send(view.last_send),
        pause_reason=campaign.pause_reason,
        owner=campaign.owner,
        version=campaign.version,
        created_at=campaign.created_at,
        updated_at=campaign.updated_at,
    )


def campaigns_page(page: Page[CampaignView], locale: Locale) -> CampaignsPage:
    """The response for a page of campaigns."""
    return CampaignsPage(
        items=[_listed(view, locale) for view in page.items],
        next=page.next,
        previous=page.previous,
    )


def _listed(view: CampaignView, locale: Locale) -> ListedCampaign:
    documents = [
        CampaignDocument(id=document.id, name=document.name, number=document.number)
        for document in view.documents
    ]
    answer = dict(campaign_answer(view, locale))
    return ListedCampaign.model_validate(answer | {"documents": documents})


def _last_send(send: LastSend | None) -> LastSendAnswer | None:
    if send is None:
        return None
    return LastSendAnswer(
        id=send.id,
        status=send.status,
        resolution=send.resolution,
        sent_at=send.sent_at,
        recipient_count=send.recipient_count,
        failed_count=send.failed_count,
    )
