"""What people ask for, as they typed it: nothing here has been checked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from facteur.domain.document import DocumentType
from facteur.domain.errors import Problem
from facteur.domain.send import SendStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRequest:
    """An immediate send. ``subject`` or ``body`` None means the usual one.

    ``problems`` are those found on the way here: they are named together with all others.
    """

    document_ids: Sequence[str]
    to: Sequence[str]
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()
    subject: str | None = None
    body: str | None = None
    copy_to_sender: bool = False
    separate: bool = False
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRequest:
    """A search in the history; both dates belong to the range, in the organization's time zone."""

    type: DocumentType | None = None
    status: SendStatus | None = None
    q: str = ""
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    recipient: str = ""
    campaign_id: str = ""
    document_id: str = ""
