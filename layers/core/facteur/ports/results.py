"""Results that repositories return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Part of a list, newest first. Cursors are opaque; None means that the list ends there.

    A page with a ``next`` may be short, even empty, since one page examines a bounded number of
    items.
    """

    items: Sequence[T]
    next: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Creation:
    """The result of creating something under a key.

    ``id`` is the new thing's when ``created``; otherwise it is the one that the first request made,
    and ``facts`` are those of its idempotency record.
    """

    id: str
    created: bool
    facts: Mapping[str, str] = field(default_factory=dict)
