"""Requests as typed, before the services check them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from facteur.domain.content import DocumentType, Heading, Written
from facteur.domain.content_parts import MAX_LINE
from facteur.domain.errors import Problem
from facteur.domain.group import Contact
from facteur.domain.identity import ID_LENGTH
from facteur.domain.recurrence import Recurrence
from facteur.domain.resolution import Resolution
from facteur.domain.send import SendStatus
from facteur.domain.send_row import SendRow
from facteur.domain.settings import DEFAULT_TIMEZONE

MAX_RESPONSE_TEXT = 5 * 1024 * 1024
"""Bytes of a text in a response, which may have 6 MB with line ends and quotes escaped.
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRequest:
    """A document to create or replace: its content, or the heading of one whose PDF was uploaded.

    ``problems`` were found while parsing, and are reported together with those that the services
    find. When there are any, ``content`` is None, and ``type``, ``is_uploaded`` and ``upload_id``
    are set as far as they could be parsed. Without ``upload_id``, an uploaded document keeps the
    PDF it has.
    """

    content: Written | Heading | None
    type: DocumentType | None
    is_uploaded: bool
    upload_id: str | None = None
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class DocumentEdit:
    """A full replacement of a document, with the ``version`` that the client read."""

    request: DocumentRequest
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRequest:
    """When a campaign that is not saved would be sent; ``problems`` were found while parsing."""

    recurrence: Recurrence | None
    timezone: str
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRequest:
    """An immediate send. ``subject`` or ``body`` None means the default one.

    ``problems`` were found while parsing, and are reported together with those that the services
    find.
    """

    document_ids: Sequence[str]
    to: Sequence[str]
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()
    groups: Sequence[str] = ()
    subject: str | None = None
    body: str | None = None
    copy_to_sender: bool = False
    separate: bool = False
    problems: Sequence[Problem] = ()


class HistoryRequest(BaseModel):
    """A search in the history; all that is given must hold.

    The query in HTTP has these very fields. Both dates are included, in the organization's time
    zone. The store finds words (``q``), times and recipients by itself; every other filter is a
    condition in ``accepts``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    type: DocumentType | None = None
    status: SendStatus | None = None
    resolution: Resolution | None = None
    q: Annotated[str, Field(max_length=MAX_LINE)] = ""
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    recipient: str = ""
    campaign_id: Annotated[str, Field(max_length=ID_LENGTH)] = ""
    document_id: Annotated[str, Field(max_length=ID_LENGTH)] = ""

    def accepts(self, row: SendRow) -> bool:
        """Does a row fulfil every filter that can be read from it?"""
        return (
            self.type in (None, row.document_type)
            and self.status in (None, row.progress.status)
            and self.resolution in (None, row.resolution)
            and self.campaign_id in ("", row.campaign_id)
            and (
                not self.document_id
                or any(document.id == self.document_id for document in row.documents)
            )
        )


class SendFilter(HistoryRequest):
    """A search with its dates in instants: they bound ``queued_at``, end excluded."""

    since: dt.datetime | None = None
    before: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRequest:
    """A campaign to create or replace. ``subject`` or ``body`` None means the default one.

    ``document_type`` and ``recurrence`` are None when missing or wrong; ``first_document_date``
    None means the list's own date. ``problems`` were found
    while parsing, and are reported together with those that the services find.
    """

    name: str
    document_type: DocumentType | None
    document_ids: Sequence[str]
    recipients: Sequence[str]
    recurrence: Recurrence | None
    copy_to_sender: bool = False
    separate: bool = False
    subject: str | None = None
    body: str | None = None
    timezone: str = DEFAULT_TIMEZONE
    auto_increment_date: bool = False
    first_document_date: dt.date | None = None
    groups: Sequence[str] = ()
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignEdit:
    """A full replacement of a campaign, with the ``version`` that the client read.

    ``next_document_date`` is the date for the list of the occurrence at ``next_run_at``; both may
    be as read. ``owner`` is the stored owner or the caller, who then becomes the owner.
    """

    request: CampaignRequest
    version: int
    owner: str | None = None
    next_run_at: dt.datetime | None = None
    next_document_date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRequest:
    """A group of recipients to create or replace, as typed.

    ``problems`` were found while parsing, and are reported together with those that the services
    find.
    """

    name: str
    contacts: Sequence[Contact]
    problems: Sequence[Problem] = ()


class CampaignAction(StrEnum):
    """Actions on a campaign other than editing it."""

    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    UNSKIP = "unskip"
    RUN = "run"
    TEST = "test"
    DUPLICATE = "duplicate"
