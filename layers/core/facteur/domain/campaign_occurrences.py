"""The coming occurrences of campaigns, as they are listed to people."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from facteur.domain.campaign import Campaign, document_date_of, first_remaining
from facteur.domain.occurrences import Calendar, Note
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import Periodic, Recurrence


@dataclass(frozen=True, slots=True)
class CampaignOccurrence:
    """An occurrence of a campaign, with the date that its list will carry.

    ``local`` is when it is sent, ``nominal`` what it is known by; they differ when it is shifted,
    perhaps for a ``holiday`` of the ``area``.
    """

    at: dt.datetime
    local: dt.datetime
    nominal: dt.datetime
    document_date: dt.date | None
    notes: tuple[Note, ...]
    holiday: dt.date | None = None
    area: HolidayArea | None = None


@dataclass(frozen=True, slots=True)
class UpcomingOccurrence:
    """An occurrence in the calendar of all campaigns."""

    campaign: Campaign
    occurrence: CampaignOccurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCalendar:
    """The next occurrences of a calendar; ``today`` is the date in its zone."""

    calendar: Calendar
    today: dt.date
    occurrences: Sequence[CampaignOccurrence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """The calendar of all campaigns from ``first`` to ``last``, in the organization's area."""

    occurrences: Sequence[UpcomingOccurrence]
    first: dt.date
    last: dt.date
    area: HolidayArea


def occurrences(campaign: Campaign, after: dt.datetime) -> Iterator[CampaignOccurrence]:
    """The occurrences strictly after an instant that are still to come, earliest first.

    Skipped ones, and those that merge into the one before, are included with a note.
    """
    calendar = campaign.draft.calendar
    listed = (
        _noted(campaign, occurrence)
        for occurrence in _listed(calendar, after)
        if occurrence.nominal in campaign.skipped or not _is_past(campaign, occurrence.nominal)
    )
    return _until_end(listed, campaign.draft.recurrence, campaign.remaining)


def calendar_occurrences(calendar: Calendar, after: dt.datetime) -> Iterator[CampaignOccurrence]:
    """The occurrences strictly after an instant of a campaign that is not saved, without dates."""
    remaining = first_remaining(calendar.recurrence)
    return _until_end(_listed(calendar, after), calendar.recurrence, remaining)


def _listed(calendar: Calendar, after: dt.datetime) -> Iterator[CampaignOccurrence]:
    for occurrence, is_merged in calendar.listed_after(after):
        local = occurrence.local
        notes = calendar.notes(local)
        yield CampaignOccurrence(
            at=occurrence.at,
            local=calendar.sent_local(local),
            nominal=local,
            document_date=None,
            notes=(*notes, Note.MERGED) if is_merged else notes,
            holiday=calendar.holiday_of(local),
            area=calendar.area,
        )


def _noted(campaign: Campaign, occurrence: CampaignOccurrence) -> CampaignOccurrence:
    """With the date of the list, and whether it is skipped."""
    notes = occurrence.notes
    if occurrence.nominal in campaign.skipped:
        notes = (*notes, Note.SKIPPED)
    date = document_date_of(campaign, occurrence.nominal)
    return replace(occurrence, document_date=date, notes=notes)


def _until_end(
    listed: Iterable[CampaignOccurrence], recurrence: Recurrence, remaining: int | None
) -> Iterator[CampaignOccurrence]:
    """A list up to the last send of a recurrence that ends, which says so."""
    waiting: list[CampaignOccurrence] = []
    left = remaining
    for occurrence in listed:
        if _is_sent(occurrence):
            if left == 0:
                break
            yield from waiting
            waiting = []
            left = left - 1 if left is not None else None
        waiting.append(occurrence)
    yield from _with_last(waiting, recurrence)


def _is_sent(occurrence: CampaignOccurrence) -> bool:
    return Note.SKIPPED not in occurrence.notes and Note.MERGED not in occurrence.notes


def _with_last(
    ending: Sequence[CampaignOccurrence], recurrence: Recurrence
) -> Iterator[CampaignOccurrence]:
    """The end of a list, from the last occurrence that is sent on: with a note if a rule ends."""
    has_end = isinstance(recurrence, Periodic) and recurrence.ends is not None
    for occurrence in ending:
        is_last = has_end and _is_sent(occurrence)
        notes = (*occurrence.notes, Note.LAST) if is_last else occurrence.notes
        yield replace(occurrence, notes=notes)


def _is_past(campaign: Campaign, local: dt.datetime) -> bool:
    """Has the campaign left an occurrence behind, whatever its instant is by the present rules?"""
    coming, over = campaign.next_run, campaign.over_until
    return (coming is not None and local < coming.local) or (over is not None and local <= over)
