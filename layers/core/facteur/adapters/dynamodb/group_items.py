"""Groups of recipients as items: a summary for lists, and the addresses beside it."""

from functools import cache

from pydantic import TypeAdapter

from facteur.adapters.dynamodb.attributes import (
    Item,
    binary,
    instant_from,
    instant_text,
    number,
    read_number,
    read_text,
    text,
)
from facteur.adapters.dynamodb.document_items import MAX_CONTENT
from facteur.adapters.dynamodb.keys import Keys, group_id_in
from facteur.adapters.dynamodb.packing import compressed, expanded
from facteur.domain.errors import InputError, Problem
from facteur.domain.group import Contact, Group, GroupSummary

CONTENT = "content"


@cache
def _contents() -> TypeAdapter[dict[str, list[tuple[str, str]]]]:
    return TypeAdapter(dict[str, list[tuple[str, str]]])


def group_content_item(keys: Keys, group: Group) -> Item:
    """The content item of a group. Raises InputError ``group_too_large``."""
    contacts = [(contact.address, contact.name) for contact in group.contacts]
    content = compressed(_contents(), {"contacts": contacts})
    if len(content) > MAX_CONTENT:
        raise InputError([Problem("addresses", "group_too_large")])
    return keys.group_content(group.id) | {
        CONTENT: binary(content),
        "name": text(group.name),
        "version": number(group.version),
        "updated_at": text(instant_text(group.updated_at)),
    }


def group_fields(group: Group) -> Item:
    """The attributes of a summary."""
    return {
        "name": text(group.name),
        "count": number(len(group.contacts)),
        "version": number(group.version),
        "created_at": text(instant_text(group.created_at)),
        "updated_at": text(instant_text(group.updated_at)),
    }


def group_summary_from(item: Item) -> GroupSummary:
    """The summary stored in an item."""
    return GroupSummary(
        id=group_id_in(item),
        name=read_text(item, "name"),
        count=read_number(item, "count"),
        version=read_number(item, "version"),
        created_at=instant_from(read_text(item, "created_at")),
        updated_at=instant_from(read_text(item, "updated_at")),
    )


def group_from(summary: Item, content: Item) -> Group:
    """The group stored in its two items.

    An edit may have been written between the two reads, so only what edits do not change is taken
    from the summary.
    """
    stored = expanded(_contents(), content[CONTENT]["B"])["contacts"]
    return Group(
        id=group_id_in(summary),
        name=read_text(content, "name"),
        contacts=tuple(Contact(address, name) for address, name in stored),
        version=read_number(content, "version"),
        created_at=instant_from(read_text(summary, "created_at")),
        updated_at=instant_from(read_text(content, "updated_at")),
    )
