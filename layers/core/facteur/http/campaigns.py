"""Campaigns in requests."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StrictBool

from facteur.domain.campaign import CampaignStatus
from facteur.domain.content import DocumentType
from facteur.domain.content_parts import OptionalName
from facteur.domain.errors import Problem
from facteur.domain.identity import MAX_USER
from facteur.domain.preview import SHOWN_OCCURRENCES
from facteur.domain.recurrence import RecurrenceKind
from facteur.domain.requests import CalendarRequest, CampaignEdit, CampaignRequest
from facteur.domain.send import MAX_DOCUMENTS
from facteur.domain.settings import DEFAULT_TIMEZONE
from facteur.http.fields import (
    MAX_TYPED_DOCUMENTS,
    MAX_ZONE,
    Addresses,
    Day,
    Groups,
    Ignored,
    PlausibleInstant,
    Typed,
    Version,
)
from facteur.http.paging import PAGE, Cursor, Limit, ListQuery
from facteur.http.recurrences import RecurrenceBody
from facteur.http.validation import CheckedByService, RequestModel

MAX_OCCURRENCES = 60

_TAG = re.compile(rf"^recurrence\.(?:{'|'.join(RecurrenceKind)})\.")


def _untagged(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """pydantic's paths name the kind, as in `recurrence.weekly.time`: clients write none."""
    return tuple(
        replace(problem, field=_TAG.sub("recurrence.", problem.field)) for problem in problems
    )


class _Body(CheckedByService):
    """The fields of a campaign that people set; ``subject`` and ``body`` have defaults."""

    REQUIRED: ClassVar[Sequence[str]] = (
        "name",
        "document_type",
        "document_ids",
        "recurrence",
    )

    name: OptionalName = ""
    document_type: DocumentType | None = None
    document_ids: Annotated[
        tuple[str, ...],
        Field(
            max_length=MAX_TYPED_DOCUMENTS,
            description=f"1 to {MAX_DOCUMENTS} documents of that type.",
        ),
    ] = ()
    recipients: Annotated[
        Addresses, Field(description="Addresses; may be left out beside groups.")
    ] = ()
    groups: Annotated[
        Groups, Field(description="Groups of recipients, by their ids, read at each occurrence.")
    ] = ()
    copy_to_sender: StrictBool = False
    separate: StrictBool = False
    subject: Typed | None = None
    body: Typed | None = None
    recurrence: RecurrenceBody | None = None
    timezone: Annotated[str, Field(max_length=MAX_ZONE)] = DEFAULT_TIMEZONE
    auto_increment_date: StrictBool = False

    @property
    def first_date(self) -> dt.date | None:
        """What the list of the first occurrence carries, if a new campaign says so."""
        return None

    @classmethod
    def parse_partial(cls, raw: Mapping[str, object]) -> Self:
        body = super().parse_partial(raw)
        body._problems = _untagged(body.problems)
        return body

    @property
    def request(self) -> CampaignRequest:
        """The request for the service, with the problems found so far."""
        return CampaignRequest(
            name=self.name,
            document_type=self.document_type,
            document_ids=self.document_ids,
            recipients=self.recipients,
            groups=self.groups,
            recurrence=self.recurrence.recurrence if self.recurrence is not None else None,
            copy_to_sender=self.copy_to_sender,
            separate=self.separate,
            subject=self.subject,
            body=self.body,
            timezone=self.timezone,
            auto_increment_date=self.auto_increment_date,
            first_document_date=self.first_date,
            problems=self.problems,
        )


type FirstDate = Annotated[
    Day | None,
    Field(description="The date of the first list; by default the list's own."),
]


class NewCampaign(_Body):
    """A campaign to create; without recurrence it is sent at once."""

    first_document_date: FirstDate = None
    status: Literal[CampaignStatus.ACTIVE, CampaignStatus.PAUSED] = CampaignStatus.ACTIVE

    @property
    def first_date(self) -> dt.date | None:
        return self.first_document_date

    @property
    def paused(self) -> bool:
        return self.status is CampaignStatus.PAUSED


class _Changed(_Body):
    """A full replacement of a campaign. Read-only fields of GET may be sent and are ignored."""

    owner: Annotated[
        str | None,
        Field(
            max_length=MAX_USER,
            description="The owner as read, or your own id to take the campaign over.",
        ),
    ] = None
    next_run_at: Annotated[
        PlausibleInstant | None,
        Field(description="As read: the occurrence that next_document_date is for."),
    ] = None
    next_document_date: Annotated[Day | None, Field(description="The date of the next list.")] = (
        None
    )
    id: Ignored = None
    documents: Ignored = None
    status: Ignored = None
    skipped: Ignored = None
    remaining: Ignored = None
    recurrence_text: Ignored = None
    last_send: Ignored = None
    pause_reason: Ignored = None
    created_at: Ignored = None
    updated_at: Ignored = None

    def edit_of(self, version: int) -> CampaignEdit:
        """The change of a campaign read at ``version``."""
        next_at = self.next_run_at
        return CampaignEdit(
            request=self.request,
            version=version,
            owner=self.owner,
            next_run_at=next_at.astimezone(dt.UTC) if next_at is not None else None,
            next_document_date=self.next_document_date,
        )


class EditedCampaign(_Changed):
    """A full replacement of a campaign: all of its fields, and the ``version`` read."""

    REQUIRED: ClassVar[Sequence[str]] = (*_Body.REQUIRED, "version")

    version: Version = 0

    @property
    def edit(self) -> CampaignEdit:
        return self.edit_of(self.version)


class DraftCampaign(_Changed):
    """A new or changed campaign that is not saved."""

    version: Ignored = None
    first_document_date: FirstDate = None

    @property
    def first_date(self) -> dt.date | None:
        return self.first_document_date

    @property
    def edit(self) -> CampaignEdit:
        return self.edit_of(0)


class DraftCalendar(CheckedByService):
    """When a campaign would be sent that is neither saved nor has documents yet."""

    REQUIRED: ClassVar[Sequence[str]] = ("recurrence",)

    recurrence: RecurrenceBody | None = None
    timezone: Annotated[str, Field(max_length=MAX_ZONE)] = DEFAULT_TIMEZONE

    @property
    def request(self) -> CalendarRequest:
        """The request for the service, with the problems found so far."""
        return CalendarRequest(
            recurrence=self.recurrence.recurrence if self.recurrence is not None else None,
            timezone=self.timezone,
            problems=_untagged(self.problems),
        )


class CampaignsQuery(ListQuery):
    """Filter of the list of campaigns."""

    status: CampaignStatus | None = None
    cursor: Cursor = None
    limit: Limit = PAGE


class OccurrencesQuery(RequestModel):
    """How many occurrences to list."""

    count: Annotated[int, Field(ge=1, le=MAX_OCCURRENCES)] = SHOWN_OCCURRENCES


class UpcomingQuery(RequestModel):
    """First and last day in the organization's time zone, by default a month from today."""

    from_date: Annotated[Day | None, Field(alias="from")] = None
    to_date: Annotated[Day | None, Field(alias="to")] = None

    @property
    def days(self) -> Mapping[str, dt.date | None]:
        """The first and the last day, as the service takes them."""
        return {"first": self.from_date, "last": self.to_date}
