"""Occurrences of campaigns in responses."""

from collections.abc import Iterable
from datetime import datetime

from facteur.domain.campaign import Campaign, CampaignOccurrence, UpcomingOccurrence
from facteur.domain.recurrence import Note
from facteur.http.fields import Instant, LocalTime, ResponseModel


class OccurrenceAnswer(ResponseModel):
    """An occurrence of a campaign, with the date of its list."""

    occurrence_at: Instant
    local: LocalTime
    document_date: str | None
    notes: list[Note]


class OccurrencesAnswer(ResponseModel):
    """The next occurrences of a campaign."""

    occurrences: list[OccurrenceAnswer]


class ComingSendAnswer(ResponseModel):
    """An occurrence in the calendar of all campaigns."""

    campaign_id: str
    name: str
    occurrence_at: Instant
    local: LocalTime
    document_date: str | None
    notes: list[Note]


class UpcomingAnswer(ResponseModel):
    """The calendar of all campaigns, earliest first."""

    items: list[ComingSendAnswer]


def occurrence_answer(occurrence: CampaignOccurrence) -> OccurrenceAnswer:
    """The response for an occurrence."""
    date = occurrence.document_date
    return OccurrenceAnswer(
        occurrence_at=occurrence.at,
        local=_local(occurrence.local),
        document_date=date.isoformat() if date is not None else None,
        notes=list(occurrence.notes),
    )


def occurrences_answer(occurrences: Iterable[CampaignOccurrence]) -> OccurrencesAnswer:
    """The response for the next occurrences of a campaign."""
    return OccurrencesAnswer(occurrences=[occurrence_answer(one) for one in occurrences])


def upcoming_answer(coming: Iterable[UpcomingOccurrence]) -> UpcomingAnswer:
    """The response for the calendar."""
    return UpcomingAnswer(items=[_coming_send(one.campaign, one.occurrence) for one in coming])


def _coming_send(campaign: Campaign, occurrence: CampaignOccurrence) -> ComingSendAnswer:
    date = occurrence.document_date
    return ComingSendAnswer(
        campaign_id=campaign.id,
        name=campaign.draft.name,
        occurrence_at=occurrence.at,
        local=_local(occurrence.local),
        document_date=date.isoformat() if date is not None else None,
        notes=list(occurrence.notes),
    )


def _local(local: datetime) -> str:
    """A local time, to the minute."""
    return local.strftime("%Y-%m-%dT%H:%M")
