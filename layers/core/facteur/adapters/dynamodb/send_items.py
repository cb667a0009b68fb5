"""Sends as items: a row of about 1 KB for lists, and the content, which never changes."""

from functools import cache

from pydantic import TypeAdapter

from facteur.adapters.dynamodb.attributes import (
    Item,
    binary,
    flag,
    instant_text,
    number,
    read_flag,
    read_number,
    read_text,
    read_texts,
    text,
)
from facteur.adapters.dynamodb.keys import (
    BY_FILTER_PK,
    OVERDUE_AT,
    OVERDUE_SHARD,
    Keys,
    shard_of,
)
from facteur.adapters.dynamodb.packing import (
    Fields,
    checked,
    compressed,
    expanded,
    packed,
    unpacked,
)
from facteur.domain.send import Origin, Progress, Send
from facteur.domain.send_row import SendRow

RETRIED_BY = "retried_by"
REVISION = "rev"
SUSPENDED_AT = "suspended_at"
FIXED = "f"
PROGRESS = "p"

_STORED_APART = {
    "id",
    "progress",
    "retried_by",
    "revision",
    "overdue_at",
    "waiting_for_quota",
    "suspended_at",
    "requeued_at",
    "notified",
    "notice_at",
    "drafts_published",
    "resolved_at",
    "by_retries",
    "owes_original",
}
"""Fields stored in attributes of their own; the rest of a row is one text."""


@cache
def _sends() -> TypeAdapter[Send]:
    return TypeAdapter(Send)


@cache
def _rows() -> TypeAdapter[SendRow]:
    return TypeAdapter(SendRow)


@cache
def _progress() -> TypeAdapter[Progress]:
    return TypeAdapter(Progress)


_STORED_NAMES = {"drafts_to_publish": "marks_sent"}
"""Fields that are stored in contents under an earlier name."""


def content_item(keys: Keys, send: Send) -> Item:
    """The content item of a Send."""
    return keys.send_content(send.id) | {
        "content": binary(compressed(_sends(), send, names=_STORED_NAMES))
    }


def send_from(item: Item) -> Send:
    return expanded(_sends(), item["content"]["B"], names=_STORED_NAMES)


def row_key(keys: Keys, row: SendRow) -> Item:
    """The key of a row. Notices have their own partition, since they are not in the history."""
    is_notice = row.origin is Origin.NOTICE
    return keys.notice_row(row.id) if is_notice else keys.send_row(row.id)


def row_item(keys: Keys, row: SendRow) -> Item:
    """The row item of a new Send."""
    fixed: Fields = _rows().dump_python(
        row, mode="json", exclude=_STORED_APART, exclude_defaults=True
    )
    return (
        row_key(keys, row)
        | {FIXED: text(packed(fixed)), REVISION: number(row.revision)}
        | progress_fields(keys, row)
    )


TEMPORARY = (
    *("held", SUSPENDED_AT, "asked_at", "notified", "notice_at", "marked"),
    *("resolved_at", "by_retries", "owes_original"),
    *(OVERDUE_SHARD, OVERDUE_AT),
)
"""Attributes that a row has only while they are true or set. They keep the names that they were
first stored under."""


def progress_fields(keys: Keys, row: SendRow) -> Item:
    """The attributes that ``advance`` writes, without the revision; of ``TEMPORARY``, those set."""
    progress: Fields = _progress().dump_python(row.progress, mode="json", exclude_defaults=True)
    fields: Item = {PROGRESS: text(packed(progress))}
    flags = {
        "held": row.waiting_for_quota,
        "notified": row.notified,
        "marked": row.drafts_published,
        "owes_original": row.owes_original,
    }
    fields |= {name: flag(True) for name, holds in flags.items() if holds}
    instants = {
        SUSPENDED_AT: row.suspended_at,
        "asked_at": row.requeued_at,
        "notice_at": row.notice_at,
        "resolved_at": row.resolved_at,
    }
    fields |= {name: text(instant_text(at)) for name, at in instants.items() if at is not None}
    if row.by_retries is not None:
        fields["by_retries"] = text(row.by_retries)
    if row.overdue_at is not None:
        fields[OVERDUE_SHARD] = text(shard_of(row.id))
        fields[OVERDUE_AT] = text(instant_text(row.overdue_at))
    if row.origin is not Origin.NOTICE:
        if row.document_type is None:
            raise ValueError("a Send of the history has a document type")
        by_filter = keys.by_filter(row.document_type, row.progress.status, over=row.is_over)
        fields[BY_FILTER_PK] = text(by_filter.pk)
    return fields


def row_from(item: Item) -> SendRow:
    """The row stored in an item."""
    fields = {"separate": False, "copy_to_sender": False} | unpacked(read_text(item, FIXED))
    fields |= {
        "id": read_text(item, "sk"),
        "progress": unpacked(read_text(item, PROGRESS)),
        "retried_by": list(read_texts(item, RETRIED_BY)),
        "revision": read_number(item, REVISION),
        "overdue_at": read_text(item, OVERDUE_AT) or None,
        "waiting_for_quota": read_flag(item, "held"),
        "suspended_at": read_text(item, SUSPENDED_AT) or None,
        "requeued_at": read_text(item, "asked_at") or None,
        "notified": read_flag(item, "notified"),
        "notice_at": read_text(item, "notice_at") or None,
        "drafts_published": read_flag(item, "marked"),
        "resolved_at": read_text(item, "resolved_at") or None,
        "by_retries": read_text(item, "by_retries") or None,
        "owes_original": read_flag(item, "owes_original"),
    }
    return checked(_rows(), fields)
