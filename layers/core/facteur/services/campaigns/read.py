"""Reads campaigns with their next document date and last Send, and the calendar of all."""

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from zoneinfo import ZoneInfo

from facteur.domain.campaign import (
    Campaign,
    CampaignStatus,
    CampaignView,
    LastSend,
    next_document_date,
)
from facteur.domain.campaign_occurrences import (
    CampaignOccurrence,
    ListedCalendar,
    Upcoming,
    UpcomingOccurrence,
    calendar_occurrences,
    occurrences,
)
from facteur.domain.document import DocumentSummary
from facteur.domain.errors import InputError, Problem, TransientError
from facteur.domain.identity import Caller, CampaignId, DocumentId, OrgId, SendId
from facteur.domain.occurrences import Calendar, Note, start_of_day
from facteur.domain.preview import SHOWN_OCCURRENCES
from facteur.domain.recurrence_changes import started
from facteur.domain.requests import CalendarRequest
from facteur.domain.send_row import SendRow
from facteur.ports import Clock, Page, Store
from facteur.services.campaigns.check import calendar_problems
from facteur.services.people import settings_of

MAX_RANGE = dt.timedelta(days=400)
"""The longest range of the calendar in one request."""
_USUAL_RANGE = dt.timedelta(days=30)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCampaigns:
    """Reads campaigns."""

    store: Store
    clock: Clock

    def get(self, caller: Caller, campaign_id: CampaignId) -> CampaignView:
        """One campaign. Raises NotFoundError."""
        campaign = self.store.campaigns(caller.organization).get(campaign_id)
        (view,) = self._views(caller.organization, [campaign], self.clock.now())
        return view

    def after_change(
        self, caller: Caller, campaign: Campaign, *, at: dt.datetime | None = None
    ) -> CampaignView:
        """The view of a campaign just changed, as of now or of ``at``.

        Without its last Send when the store fails, because an error would make people repeat a
        change that succeeded.
        """
        at = at or self.clock.now()
        try:
            (view,) = self._views(caller.organization, [campaign], at)
        except TransientError as error:
            keys = {"organization": caller.organization, "campaign": campaign.id}
            _log.warning("last send not shown", extra=keys, exc_info=error)
            return _view(campaign, {}, at)
        return view

    def list_page(
        self, caller: Caller, *, status: CampaignStatus | None, cursor: str | None, limit: int
    ) -> Page[CampaignView]:
        """Newest first, with their documents. Raises InputError ``cursor_invalid``."""
        organization = caller.organization
        page = self.store.campaigns(organization).list_page(
            status=status, cursor=cursor, limit=limit
        )
        documents = self._documents(organization, page.items)
        views = [
            replace(view, documents=_existing(view.campaign, documents))
            for view in self._views(organization, page.items, self.clock.now())
        ]
        return Page(views, next=page.next, previous=page.previous)

    def occurrences(self, caller: Caller, campaign_id: CampaignId, *, count: int) -> ListedCalendar:
        """The next occurrences; skipped ones carry a note. Raises NotFoundError."""
        campaign, now = self.store.campaigns(caller.organization).get(campaign_id), self.clock.now()
        calendar = campaign.draft.calendar
        return ListedCalendar(
            calendar=calendar,
            today=now.astimezone(calendar.zone).date(),
            occurrences=list(islice(occurrences(campaign, now), count)),
        )

    def unsaved_occurrences(self, caller: Caller, request: CalendarRequest) -> ListedCalendar:
        """The next occurrences of a calendar, without documents and their dates.

        Raises InputError with every problem of the request.
        """
        now = self.clock.now()
        area = settings_of(self.store.settings(caller.organization)).area
        wrong = calendar_problems(request.recurrence, request.timezone, area, now=now)
        parsed = {problem.field.partition(".")[0] for problem in request.problems}
        problems = [*request.problems, *(p for p in wrong if p.field not in parsed)]
        if problems or request.recurrence is None:
            raise InputError(problems)
        zone = ZoneInfo(request.timezone)
        today = now.astimezone(zone).date()
        calendar = Calendar(started(request.recurrence, today), zone, area)
        coming = islice(calendar_occurrences(calendar, now), SHOWN_OCCURRENCES)
        return ListedCalendar(calendar=calendar, today=today, occurrences=list(coming))

    def upcoming(self, caller: Caller, *, first: dt.date | None, last: dt.date | None) -> Upcoming:
        """The occurrences of all campaigns between two days, both included, earliest first.

        Days are the organization's. Without ``first``, from today on; without ``last``, a month.
        Raises InputError ``range_empty`` or ``range_too_long``.
        """
        settings = settings_of(self.store.settings(caller.organization))
        zone = ZoneInfo(settings.timezone)
        first = first or self.clock.now().astimezone(zone).date()
        last = last or first + _USUAL_RANGE
        if last < first:
            raise InputError([Problem("to", "range_empty")])
        if last - first > MAX_RANGE:
            raise InputError([Problem("to", "range_too_long", {"max": MAX_RANGE.days})])
        start, end = start_of_day(first, zone), start_of_day(last + dt.timedelta(days=1), zone)
        coming = [
            UpcomingOccurrence(campaign, occurrence)
            for campaign in self.store.campaigns(caller.organization).list_coming()
            for occurrence in _between(campaign, start, end)
        ]
        coming.sort(key=lambda item: (item.occurrence.at, item.campaign.id))
        return Upcoming(occurrences=coming, first=first, last=last, area=settings.area)

    def _views(
        self, organization: OrgId, campaigns: Sequence[Campaign], now: dt.datetime
    ) -> list[CampaignView]:
        ids = {campaign.last_send for campaign in campaigns} - {None}
        rows: Mapping[SendId, SendRow] = {}
        if ids:
            rows = self.store.sends(organization).get_rows([id_ for id_ in ids if id_ is not None])
        return [_view(campaign, rows, now) for campaign in campaigns]

    def _documents(
        self, organization: OrgId, campaigns: Sequence[Campaign]
    ) -> Mapping[DocumentId, DocumentSummary]:
        ids = {one for campaign in campaigns for one in campaign.draft.document_ids}
        found = self.store.documents(organization).find_summaries(ids)
        return {summary.id: summary for summary in found}


def _view(campaign: Campaign, rows: Mapping[SendId, SendRow], now: dt.datetime) -> CampaignView:
    return CampaignView(
        campaign=campaign,
        today=now.astimezone(campaign.draft.zone).date(),
        next_document_date=next_document_date(campaign, now),
        last_send=_last_send(rows, campaign.last_send),
    )


def _existing(
    campaign: Campaign, documents: Mapping[DocumentId, DocumentSummary]
) -> list[DocumentSummary]:
    return [documents[one] for one in campaign.draft.document_ids if one in documents]


def _last_send(rows: Mapping[SendId, SendRow], send_id: SendId | None) -> LastSend | None:
    row = rows.get(send_id) if send_id is not None else None
    if row is None:
        return None
    return LastSend(
        id=row.id,
        status=row.progress.status,
        resolution=row.resolution,
        sent_at=row.progress.sent_at,
        recipient_count=row.recipient_count,
        failed_count=row.progress.failed_count,
    )


def _between(
    campaign: Campaign, start: dt.datetime, end: dt.datetime
) -> Iterator[CampaignOccurrence]:
    """The occurrences of an active campaign in a range that are not made yet and not skipped."""
    if campaign.next_run_at is None:
        return
    after = max(start, campaign.next_run_at) - dt.timedelta(microseconds=1)
    for occurrence in occurrences(campaign, after):
        if occurrence.at >= end:
            return
        if not {Note.SKIPPED, Note.MERGED} & set(occurrence.notes):
            yield occurrence
