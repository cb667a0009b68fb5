"""Pages of lists. A cursor is valid only for the list and the filters it was given for."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, TypedDict

from pydantic import Field, ValidationInfo, field_validator

from facteur.domain.errors import Problem
from facteur.domain.validators import refuse_if
from facteur.http.validation import RequestModel
from facteur.ports import Page

PAGE = 50

type Cursor = Annotated[
    str | None,
    Field(
        max_length=2_000,
        description="``next`` or ``previous`` of the same list with the same filters.",
    ),
]
type Limit = Annotated[int, Field(ge=1, le=100)]

_DIGEST_LENGTH = 12
_CURSOR = re.compile(rf"[\w-]{{{_DIGEST_LENGTH}}}[\w-]+", re.ASCII)
_PLACE = {"cursor", "limit"}


class PageRequest(TypedDict):
    """Which page of a list: the keyword arguments that every ``list_page`` takes."""

    cursor: str | None
    limit: int


class ListQuery(RequestModel):
    """Filters of a list; after them, ``cursor`` and ``limit``.

    A cursor is a digest of its list and filters, followed by the cursor of the store.
    """

    if TYPE_CHECKING:  # each list declares them last: the cursor is checked after its filters
        cursor: str | None
        limit: int

    @property
    def page(self) -> PageRequest:
        """The page to read."""
        return {"cursor": self.cursor, "limit": self.limit}

    @field_validator("cursor", check_fields=False)
    @classmethod
    def _belongs_here(cls, value: str | None, info: ValidationInfo) -> str | None:
        """Check the digest of a cursor; returns the store's part."""
        if value is None:
            return None
        is_cursor = _CURSOR.fullmatch(value) is not None
        # Invalid filters are missing from info.data: only they are reported, not the cursor.
        if is_cursor and info.data.keys() == cls.model_fields.keys() - _PLACE:
            is_cursor = value.startswith(_digest(info.data))
        refuse_if([] if is_cursor else [Problem("", "cursor_invalid")])
        return value[_DIGEST_LENGTH:]

    def with_digest[T](self, page: Page[T]) -> Page[T]:
        """``page`` with the digest of this list and its filters put before its cursors."""
        digest = _digest({name: getattr(self, name) for name in type(self).model_fields})
        return Page(
            page.items,
            next=digest + page.next if page.next is not None else None,
            previous=digest + page.previous if page.previous is not None else None,
        )


def _digest(fields: Mapping[str, object]) -> str:
    """A short digest of the names and values of the filters; no two lists have the same names."""
    filters = {name: str(value) for name, value in fields.items() if name not in _PLACE}
    sha256 = hashlib.sha256(json.dumps(filters, sort_keys=True).encode()).digest()
    return base64.urlsafe_b64encode(sha256)[:_DIGEST_LENGTH].decode()
