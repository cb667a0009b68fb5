"""What repositories answer with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Part of a list, newest first. Cursors are opaque; None means that the list ends there.

    A page may be short, even empty, with a ``next``: one page examines a bounded number of items.
    """

    items: Sequence[T]
    next: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Creation:
    """The result of creating something under a key.

    ``id`` is what exists now: ours when ``created``, else the first request's, with the ``facts``
    that its idempotency record keeps.
    """

    id: str
    created: bool
    facts: Mapping[str, str] = field(default_factory=dict)
