"""Drafts of campaigns as compressed JSON, usually about 500 bytes."""

import datetime as dt
import json
import zlib
from typing import TypedDict

from facteur.domain.campaign import CampaignDraft
from facteur.domain.document import DocumentType
from facteur.domain.identity import DocumentId
from facteur.domain.recurrence import (
    Monthly,
    NoRecurrence,
    Once,
    Recurrence,
    RecurrenceKind,
    Weekly,
)


class _Fields(TypedDict):
    name: str
    type: str
    documents: list[str]
    recipients: list[str]
    copy: bool
    separate: bool
    subject: str
    body: str
    recurrence: str
    timezone: str
    increment: bool


def draft_bytes(draft: CampaignDraft) -> bytes:
    """The stored form of a draft: the same bytes for the same draft."""
    fields = _Fields(
        name=draft.name,
        type=draft.document_type,
        documents=list(draft.document_ids),
        recipients=list(draft.recipients),
        copy=draft.copy_to_sender,
        separate=draft.separate,
        subject=draft.subject,
        body=draft.body,
        recurrence=_recurrence_text(draft.recurrence),
        timezone=draft.timezone,
        increment=draft.auto_increment_date,
    )
    written = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(written.encode())


def draft_from(stored: bytes) -> CampaignDraft:
    """The draft that ``draft_bytes`` wrote."""
    fields: _Fields = json.loads(zlib.decompress(stored))
    return CampaignDraft(
        name=fields["name"],
        document_type=DocumentType(fields["type"]),
        document_ids=tuple(DocumentId(document) for document in fields["documents"]),
        recipients=tuple(fields["recipients"]),
        copy_to_sender=fields["copy"],
        separate=fields["separate"],
        subject=fields["subject"],
        body=fields["body"],
        recurrence=_recurrence_from(fields["recurrence"]),
        timezone=fields["timezone"],
        auto_increment_date=fields["increment"],
    )


def _recurrence_text(recurrence: Recurrence) -> str:
    match recurrence:
        case NoRecurrence(kind=kind):
            return kind
        case Weekly(weekday=day, time=time, kind=kind) | Monthly(day=day, time=time, kind=kind):
            return f"{kind} {day} {time.isoformat()}"
        case Once(at=at, kind=kind):
            return f"{kind} {at.isoformat()}"


def _recurrence_from(stored: str) -> Recurrence:
    kind, *values = stored.split(" ")
    match RecurrenceKind(kind), values:
        case RecurrenceKind.WEEKLY, [day, time]:
            return Weekly(int(day), dt.time.fromisoformat(time))
        case RecurrenceKind.MONTHLY, [day, time]:
            return Monthly(int(day), dt.time.fromisoformat(time))
        case RecurrenceKind.ONCE, [at]:
            return Once(dt.datetime.fromisoformat(at))
        case RecurrenceKind.NONE, []:
            return NoRecurrence()
    raise ValueError("not a stored recurrence")
