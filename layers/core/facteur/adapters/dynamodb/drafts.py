"""Drafts of campaigns as compressed JSON, usually about 500 bytes."""

import datetime as dt
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, NotRequired, TypedDict

from facteur.domain.campaign import CampaignDraft
from facteur.domain.content import DocumentType
from facteur.domain.identity import DocumentId, GroupId
from facteur.domain.recurrence import RECURRENCES, Recurrence, RecurrenceKind


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
    groups: NotRequired[list[str]]


def draft_bytes(draft: CampaignDraft) -> bytes:
    """The stored form of a draft: the same bytes for the same draft."""
    written = _Fields(
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
    if draft.groups:
        written["groups"] = list(draft.groups)
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode())


def draft_from(stored: bytes) -> CampaignDraft:
    """The draft that ``draft_bytes`` wrote."""
    read: _Fields = json.loads(zlib.decompress(stored))
    return CampaignDraft(
        name=read["name"],
        document_type=DocumentType(read["type"]),
        document_ids=tuple(DocumentId(document) for document in read["documents"]),
        recipients=tuple(read["recipients"]),
        copy_to_sender=read["copy"],
        separate=read["separate"],
        subject=read["subject"],
        body=read["body"],
        recurrence=_recurrence_from(read["recurrence"]),
        timezone=read["timezone"],
        auto_increment_date=read["increment"],
        groups=tuple(GroupId(group) for group in read.get("groups", ())),
    )


def _recurrence_text(recurrence: Recurrence) -> str:
    """Its kind, then the values of its fields in order: ``monthly 31 08:00:00``."""
    values = [getattr(recurrence, field.name) for field in fields(recurrence)]
    written = [str(v) if isinstance(v, int) else v.isoformat() for v in values]
    return " ".join([recurrence.kind, *written])


_READERS: Mapping[object, Callable[[str], Any]] = {
    int: int,
    dt.time: dt.time.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
}


def _recurrence_from(stored: str) -> Recurrence:
    kind, *values = stored.split(" ")
    recurrence = RECURRENCES[RecurrenceKind(kind)]
    readers = [_READERS[field.type] for field in fields(recurrence)]
    read = [reader(value) for reader, value in zip(readers, values, strict=True)]
    return recurrence(*read)
