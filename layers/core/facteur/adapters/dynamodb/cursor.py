"""Cursors: a position between the ids of a list, and the direction to read from there."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from facteur.adapters.dynamodb.keys import ALL_IDS, Span
from facteur.domain.errors import InputError, Problem
from facteur.ports import Page

MOST_EXAMINED = 500
"""Items that a page with filters examines at most; it may then be short, even empty."""

_OPPOSITES = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_CURSOR = re.compile(r"([<>]=?)([0-9A-Z]{1,40})")

type Found[T] = Iterator[tuple[str, T | None]]
"""The ids of the items examined, in order, each with its value, or None if a filter rejects it."""


class Source[T](Protocol):
    """Reads the ids of a span, newest or oldest first."""

    def __call__(self, span: Span, *, newest_first: bool) -> Found[T]: ...


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: at ids older ("<", "<=") or newer (">", ">=") than ``id``."""

    operator: str
    id: str

    @property
    def goes_newer(self) -> bool:
        return self.operator.startswith(">")

    def opposite(self) -> "Cursor":
        """The cursor at the same position in the other direction."""
        return Cursor(_OPPOSITES[self.operator], self.id)

    def narrowed(self, span: Span) -> Span:
        """The part of a span that this cursor reads."""
        match self.operator:
            case "<":
                return Span(span.low, min(span.high, just_below(self.id)))
            case "<=":
                return Span(span.low, min(span.high, self.id))
            case ">":
                return Span(max(span.low, self.id + "!"), span.high)
            case _:
                return Span(max(span.low, self.id), span.high)

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.operator}{self.id}".encode()).decode().rstrip("=")


def parse_cursor(value: str) -> Cursor:
    """Parse what ``str(cursor)`` returned. Raises InputError ``cursor_invalid``."""
    try:
        text = base64.b64decode(value + "=" * (-len(value) % 4), altchars="-_", validate=True)
        match = _CURSOR.fullmatch(text.decode("ascii"))
    except (binascii.Error, ValueError):
        match = None
    if match is None:
        raise InputError([Problem("cursor", "cursor_invalid")])
    return Cursor(match[1], match[2])


def just_below(identifier: str) -> str:
    """A bound below this id and above every lower id."""
    return f"{identifier[:-1]}{chr(ord(identifier[-1]) - 1)}~"


def read_page[T](
    source: Source[T], *, cursor: str | None, limit: int, span: Span = ALL_IDS
) -> Page[T]:
    """A page of the items of ``source`` in a span: ``limit`` items, or fewer when ``MOST_EXAMINED``
    have been examined.

    While nothing changes, the cursor back from a page leads to the same items again.
    """
    start = parse_cursor(cursor) if cursor is not None else None
    newer = start is not None and start.goes_newer
    within = start.narrowed(span) if start is not None else span
    items: list[T] = []
    examined, last, ended = 0, "", True
    for identifier, item in source(within, newest_first=not newer):
        if len(items) == limit or examined == MOST_EXAMINED:
            ended = False
            break
        examined, last = examined + 1, identifier
        if item is not None:
            items.append(item)
    far = None if ended else str(Cursor(">" if newer else "<", last))
    near = str(start.opposite()) if start else None
    if newer:
        return Page(items[::-1], next=near, previous=far)
    return Page(items, next=far, previous=near)
