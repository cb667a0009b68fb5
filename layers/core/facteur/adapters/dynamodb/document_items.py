"""Documents as items: a summary of at most 1 KB for lists, and the content beside it."""

from datetime import date
from functools import cache

from pydantic import TypeAdapter

from facteur.adapters.dynamodb.attributes import (
    Item,
    binary,
    flag,
    instant_from,
    instant_text,
    number,
    read_flag,
    read_number,
    read_text,
    text,
)
from facteur.adapters.dynamodb.keys import Keys, document_id_in
from facteur.adapters.dynamodb.packing import compressed, expanded
from facteur.domain.content import Content, DocumentStatus, DocumentType, TaggedContent
from facteur.domain.document import Document, DocumentSummary, summary_of
from facteur.domain.errors import InputError, Problem

MAX_CONTENT = 380 * 1024
"""Bytes of a compressed content, at most: an item has 400 KB, with its key and attribute names.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""


@cache
def _contents() -> TypeAdapter[Content]:
    return TypeAdapter(TaggedContent)


def content_item(keys: Keys, document: Document) -> Item:
    """The content item of a document. Raises InputError ``document_too_large``."""
    content = compressed(_contents(), document.content)
    if len(content) > MAX_CONTENT:
        raise InputError([Problem("", "document_too_large")])
    return keys.document_content(document.id) | {
        "content": binary(content),
        "version": number(document.version),
        "updated_at": text(instant_text(document.updated_at)),
    }


def is_content(item: Item) -> bool:
    return "content" in item


def summary_item(keys: Keys, document: Document) -> Item:
    """The summary item of a new document."""
    status = {"status": text(document.status)}
    return keys.document(document.id) | summary_fields(document) | status


def summary_fields(document: Document) -> Item:
    """The attributes of a summary that an edit changes: all but the status."""
    summary = summary_of(document)
    return {
        "type": text(summary.type),
        "name": text(summary.name),
        "number": text(summary.number),
        "date": text(summary.date.isoformat()),
        "party": text(summary.party),
        "version": number(summary.version),
        "created_at": text(instant_text(summary.created_at)),
        "updated_at": text(instant_text(summary.updated_at)),
        **({"uploaded": flag(True)} if summary.uploaded else {}),
    }


def summary_from(item: Item) -> DocumentSummary:
    """The summary stored in an item."""
    return DocumentSummary(
        id=document_id_in(item),
        type=DocumentType(read_text(item, "type")),
        status=DocumentStatus(read_text(item, "status")),
        name=read_text(item, "name"),
        number=read_text(item, "number"),
        date=date.fromisoformat(read_text(item, "date")),
        party=read_text(item, "party"),
        uploaded=read_flag(item, "uploaded"),
        version=read_number(item, "version"),
        created_at=instant_from(read_text(item, "created_at")),
        updated_at=instant_from(read_text(item, "updated_at")),
    )


def document_from(summary: Item, content: Item) -> Document:
    """The document stored in its two items.

    An edit may have been written between the two reads, so only what edits do not change is taken
    from the summary.
    """
    return Document(
        id=document_id_in(summary),
        status=DocumentStatus(read_text(summary, "status")),
        content=expanded(_contents(), content["content"]["B"]),
        version=read_number(content, "version"),
        created_at=instant_from(read_text(summary, "created_at")),
        updated_at=instant_from(read_text(content, "updated_at")),
    )
