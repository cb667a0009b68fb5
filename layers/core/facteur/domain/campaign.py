"""A campaign: documents sent to the same people on a recurrence."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from facteur.domain.content import DocumentType
from facteur.domain.deadlines import MISSED_AFTER
from facteur.domain.document import DocumentSummary
from facteur.domain.idempotency import OccurrenceKey, occurrence_key
from facteur.domain.identity import CampaignId, DocumentId, GroupId, SendId, UserId
from facteur.domain.occurrences import Calendar, Occurrence, instants_by_any_rules
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import DateAnchor, EndsAfter, NoRecurrence, Periodic, Recurrence
from facteur.domain.recurrence_changes import same_occurrences
from facteur.domain.resolution import Resolution
from facteur.domain.send import SendStatus


class CampaignStatus(StrEnum):
    """«Active», «En pause», «Terminée»."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"


MAX_FAILURES = 3
"""Occurrences in a row that reached nobody before a campaign pauses itself."""


class PauseReason(StrEnum):
    """Why a campaign paused itself; a person's pause needs no reason."""

    REACHED_NOBODY = "reached_nobody"
    NO_RECIPIENTS = "no_recipients"
    """Its only recipients asked to be forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignDraft:
    """What a person decides about a campaign.

    ``recipients`` are checked and without duplicates; ``groups`` are read at each occurrence.
    ``area`` is that of the organization's settings when the campaign was read, not the person's:
    set as long as the recurrence depends on working days.
    """

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
    groups: tuple[GroupId, ...] = ()
    area: HolidayArea | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.recurrence, self.zone, self.area)

    def same_calendar_as(self, other: "CampaignDraft") -> bool:
        """Are both sent at the same times, whatever the area?"""
        return self.recurrence == other.recurrence and self.timezone == other.timezone

    def same_occurrences_as(self, other: "CampaignDraft") -> bool:
        """Have both the same nominal times, apart from when they end?"""
        same = same_occurrences(self.recurrence, other.recurrence)
        return same and self.timezone == other.timezone


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

    ``next_run`` is its next occurrence as stored, None when there is none: its instant is that of
    the zone's rules when it was written, and ``next_run_at`` that of the present ones. ``anchor``
    is set while the date of its list is incremented. ``skipped`` are the nominal times of skipped
    occurrences, earliest first. ``remaining`` is the number of sends left of a recurrence that ends
    after some. ``over_until`` is the nominal time of the latest occurrence that is
    over, made or skipped: none up to it comes again. ``owner`` is the person whose name, address
    and signature its mails carry. ``version`` counts edits by people; workers never raise it.
    ``last_send`` is its latest Send, tests and retries aside; the store writes it, with that Send.
    """

    id: CampaignId
    draft: CampaignDraft
    status: CampaignStatus
    owner: UserId
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    next_run: Occurrence | None = None
    anchor: DateAnchor | None = None
    skipped: tuple[dt.datetime, ...] = ()
    over_until: dt.datetime | None = None
    remaining: int | None = None
    pause_reason: PauseReason | None = None
    last_send: SendId | None = None

    @property
    def next_run_at(self) -> dt.datetime | None:
        """The instant of the next occurrence by the present rules of its zone."""
        coming = rederived(self).next_run
        return coming.at if coming is not None else None

    @property
    def skipped_at(self) -> tuple[dt.datetime, ...]:
        """The instants of the skipped occurrences by the present rules of the zone."""
        calendar = self.draft.calendar
        return tuple(calendar.occurrence_of(local).at for local in self.skipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """A campaign as the API shows it, with its next document date and its last Send.

    ``today`` is the date in its zone; ``documents`` are those of its documents that exist, in its
    order; only lists have them.
    """

    campaign: Campaign
    today: dt.date
    next_document_date: dt.date | None
    last_send: LastSend | None
    documents: Sequence[DocumentSummary] = ()


def rederived(campaign: Campaign) -> Campaign:
    """The campaign with the instant of its next occurrence by the present rules of its zone.

    One without recurrence keeps the instant at which it was to be sent at once.
    """
    stored = campaign.next_run
    if stored is None or isinstance(campaign.draft.recurrence, NoRecurrence):
        return campaign
    return replace(campaign, next_run=campaign.draft.calendar.occurrence_of(stored.local))


def key_of_next(campaign: Campaign) -> OccurrenceKey:
    """The key under which the next occurrence makes one Send. Raises ValueError without one."""
    occurrence = campaign.next_run
    if occurrence is None:
        raise ValueError("no next occurrence")
    instants = instants_by_any_rules(occurrence.local, campaign.draft.zone) | {occurrence.at}
    return occurrence_key(campaign.id, occurrence.local, instants=instants)


def nominal_time(draft: CampaignDraft, at: dt.datetime) -> dt.datetime:
    """The nominal time of the occurrence that had the instant ``at``, by any rules of the zone."""
    occurrence = draft.calendar.nearest(at)
    if occurrence is None:
        return at.astimezone(draft.zone).replace(tzinfo=None)
    return occurrence.local


def document_date_of(campaign: Campaign, local: dt.datetime) -> dt.date | None:
    """The date that the list carries at the occurrence of a nominal time; None: its own."""
    recurrence, anchor = campaign.draft.recurrence, campaign.anchor
    if anchor is None or not isinstance(recurrence, Periodic):
        return None
    return recurrence.document_date(anchor, local.date())


def next_document_date(campaign: Campaign, now: dt.datetime) -> dt.date | None:
    """The date of the list at the next occurrence, also while the campaign is paused."""
    occurrence = campaign.next_run or next_unskipped(campaign, now)
    return document_date_of(campaign, occurrence.local) if occurrence else None


def next_unskipped(campaign: Campaign, after: dt.datetime) -> Occurrence | None:
    """The first occurrence after an instant that is neither skipped nor over, also while paused."""
    if campaign.remaining == 0:
        return None
    occurrences = campaign.draft.calendar.after(after)
    over = campaign.over_until
    return next(
        (
            occurrence
            for occurrence in occurrences
            if occurrence.local not in campaign.skipped
            and (over is None or occurrence.local > over)
        ),
        None,
    )


def first_remaining(recurrence: Recurrence) -> int | None:
    """The sends of a recurrence that begins; None when their number does not end it."""
    ends = recurrence.ends if isinstance(recurrence, Periodic) else None
    return ends.sends if isinstance(ends, EndsAfter) else None


def is_missed(at: dt.datetime, now: dt.datetime) -> bool:
    """Is a run that was due at ``at`` too old to be sent late?"""
    return now - at > MISSED_AFTER
