"""A campaign: documents sent to the same people on a recurrence."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from facteur.domain.content import DocumentType
from facteur.domain.deadlines import MISSED_AFTER
from facteur.domain.identity import CampaignId, DocumentId, SendId, UserId
from facteur.domain.recurrence import (
    DateAnchor,
    Note,
    Occurrence,
    Periodic,
    Recurrence,
    find_occurrence,
    occurrences_after,
)
from facteur.domain.resolution import Resolution
from facteur.domain.send import SendStatus


class CampaignStatus(StrEnum):
    """«Active», «En pause», «Terminée»."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"


class PauseReason(StrEnum):
    """Why a campaign paused itself; a person's pause needs no reason."""

    REACHED_NOBODY = "reached_nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignDraft:
    """What a person decides about a campaign. ``recipients`` are checked and without duplicates."""

    name: str
    document_type: DocumentType
    document_ids: tuple[DocumentId, ...]
    recipients: tuple[str, ...]
    copy_to_sender: bool
    separate: bool
    subject: str
    body: str
    recurrence: Recurrence
    timezone: str
    auto_increment_date: bool

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def same_calendar_as(self, other: "CampaignDraft") -> bool:
        """Have both the same occurrences?"""
        return self.recurrence == other.recurrence and self.timezone == other.timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSend:
    """The latest Send of a campaign, as its row in the list shows it."""

    id: SendId
    status: SendStatus
    resolution: Resolution | None
    sent_at: dt.datetime | None
    recipient_count: int
    failed_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign of an organization.

    ``next_run_at`` is the instant of its next occurrence, None when there is none. ``anchor`` is
    set while the date of its list is incremented. ``skipped`` are the instants of skipped future
    occurrences, earliest first. ``owner`` is the person whose name, address and signature its mails
    carry. ``version`` counts edits by people; workers never raise it. ``last_send`` is its latest
    Send, tests and retries aside; the store writes it, with that Send.
    """

    id: CampaignId
    draft: CampaignDraft
    status: CampaignStatus
    owner: UserId
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    next_run_at: dt.datetime | None = None
    anchor: DateAnchor | None = None
    skipped: tuple[dt.datetime, ...] = ()
    pause_reason: PauseReason | None = None
    last_send: SendId | None = None


@dataclass(frozen=True, slots=True)
class CampaignOccurrence:
    """An occurrence of a campaign, with the date that its list will carry."""

    at: dt.datetime
    local: dt.datetime
    document_date: dt.date | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """A campaign as the API shows it, with its next document date and its last Send."""

    campaign: Campaign
    next_document_date: dt.date | None
    last_send: LastSend | None


@dataclass(frozen=True, slots=True)
class UpcomingOccurrence:
    """An occurrence in the calendar of all campaigns."""

    campaign: Campaign
    occurrence: CampaignOccurrence


def document_date_of(campaign: Campaign, at: dt.datetime) -> dt.date | None:
    """The date that the list carries at the occurrence ``at``; None: the document's own."""
    recurrence, anchor = campaign.draft.recurrence, campaign.anchor
    if anchor is None or not isinstance(recurrence, Periodic):
        return None
    occurrence = find_occurrence(recurrence, campaign.draft.zone, at)
    run_on = occurrence.local.date() if occurrence else at.astimezone(campaign.draft.zone).date()
    return recurrence.document_date(anchor, run_on)


def next_document_date(campaign: Campaign, now: dt.datetime) -> dt.date | None:
    """The date of the list at the next occurrence, also while the campaign is paused."""
    if campaign.next_run_at is not None:
        return document_date_of(campaign, campaign.next_run_at)
    occurrence = next_unskipped(campaign, now)
    return document_date_of(campaign, occurrence.at) if occurrence else None


def next_unskipped(campaign: Campaign, after: dt.datetime) -> Occurrence | None:
    """The first occurrence after an instant that is not skipped, also of a paused campaign."""
    occurrences = occurrences_after(campaign.draft.recurrence, campaign.draft.zone, after)
    return next(
        (occurrence for occurrence in occurrences if occurrence.at not in campaign.skipped), None
    )


def occurrences(campaign: Campaign, after: dt.datetime) -> Iterator[CampaignOccurrence]:
    """The occurrences strictly after an instant, skipped ones included with a note."""
    draft = campaign.draft
    for occurrence in occurrences_after(draft.recurrence, draft.zone, after):
        skipped = (Note.SKIPPED,) if occurrence.at in campaign.skipped else ()
        yield CampaignOccurrence(
            occurrence.at,
            occurrence.local,
            document_date_of(campaign, occurrence.at),
            occurrence.notes(draft.recurrence, draft.zone) + skipped,
        )


def is_missed(at: dt.datetime, now: dt.datetime) -> bool:
    """Is the occurrence at ``at`` too old to be sent late?"""
    return now - at > MISSED_AFTER
