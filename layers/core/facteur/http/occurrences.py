"""Occurrences of campaigns in responses."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from facteur.domain.campaign import Campaign
from facteur.domain.campaign_occurrences import CampaignOccurrence, ListedCalendar, Upcoming
from facteur.domain.occurrences import Note
from facteur.domain.public_holidays import holiday_name, holidays_between
from facteur.domain.recurrence_text import recurrence_text
from facteur.http.fields import Instant, LocalTime, ResponseModel
from facteur.locales import Locale


class OccurrenceAnswer(ResponseModel):
    """An occurrence of a campaign, with the date of its list.

    ``local`` is when it is sent. ``nominal`` is what the recurrence says, from which the dates of
    lists are counted; both differ when it is ``shifted``, for a weekend or for ``holiday``.
    """

    occurrence_at: Instant
    local: LocalTime
    nominal: LocalTime
    document_date: str | None
    notes: list[Note]
    holiday: Annotated[
        str | None, Field(description="The public holiday for which it is shifted or merged.")
    ]


class OccurrencesAnswer(ResponseModel):
    """The next occurrences of a recurrence, and what it says in the reader's language."""

    occurrences: list[OccurrenceAnswer]
    recurrence_text: str


class ComingSendAnswer(ResponseModel):
    """An occurrence in the calendar of all campaigns."""

    campaign_id: str
    name: str
    occurrence_at: Instant
    local: LocalTime
    document_date: str | None
    notes: list[Note]


class HolidayAnswer(ResponseModel):
    """A public holiday of the organization's country and region."""

    date: str
    name: str


class UpcomingAnswer(ResponseModel):
    """The calendar of all campaigns, earliest first, and the public holidays of its days."""

    items: list[ComingSendAnswer]
    holidays: list[HolidayAnswer]


def occurrence_answer(occurrence: CampaignOccurrence, locale: Locale) -> OccurrenceAnswer:
    """The response for an occurrence, with its holiday named in the reader's language."""
    date, area, holiday = occurrence.document_date, occurrence.area, occurrence.holiday
    name = holiday_name(area, holiday, locale) if area and holiday else None
    return OccurrenceAnswer(
        occurrence_at=occurrence.at,
        local=_local(occurrence.local),
        nominal=_local(occurrence.nominal),
        document_date=date.isoformat() if date is not None else None,
        notes=list(occurrence.notes),
        holiday=name,
    )


def occurrences_answer(listed: ListedCalendar, locale: Locale) -> OccurrencesAnswer:
    """The response for the next occurrences of a campaign."""
    calendar = listed.calendar
    return OccurrencesAnswer(
        occurrences=[occurrence_answer(one, locale) for one in listed.occurrences],
        recurrence_text=recurrence_text(
            calendar.recurrence, calendar.zone.key, locale, today=listed.today
        ),
    )


def upcoming_answer(upcoming: Upcoming, locale: Locale) -> UpcomingAnswer:
    """The response for the calendar."""
    holidays = holidays_between(upcoming.area, upcoming.first, upcoming.last, locale)
    return UpcomingAnswer(
        items=[_coming_send(one.campaign, one.occurrence) for one in upcoming.occurrences],
        holidays=[HolidayAnswer(date=day.isoformat(), name=name) for day, name in holidays.items()],
    )


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
