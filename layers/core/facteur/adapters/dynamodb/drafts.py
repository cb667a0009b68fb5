"""Drafts of campaigns as compressed JSON, usually about 500 bytes."""

import json
import zlib
from typing import NotRequired, TypedDict

from facteur.adapters.dynamodb.recurrences import recurrence_from, recurrence_text
from facteur.domain.campaign import CampaignDraft
from facteur.domain.content import DocumentType
from facteur.domain.identity import DocumentId, GroupId


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
        recurrence=recurrence_text(draft.recurrence),
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
        recurrence=recurrence_from(read["recurrence"]),
        timezone=read["timezone"],
        auto_increment_date=read["increment"],
        groups=tuple(GroupId(group) for group in read.get("groups", ())),
    )
