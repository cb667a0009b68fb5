"""Fakes of the clock, of new ids and of the HTML cleaner."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count


@dataclass
class FakeClock:
    """A clock that moves only by ``advance``."""

    at: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        self.at += by


@dataclass
class FakeIds:
    """Ids that look like ULIDs and sort in the order they were made."""

    counter: "count[int]" = field(default_factory=lambda: count(1))

    def new_id(self, at: datetime) -> str:
        return f"{int(at.timestamp() * 1000):013d}{next(self.counter):013d}"


class FakeCleaner:
    """Removes only the tags of scripts."""

    def clean(self, html: str) -> str:
        return html.replace("<script>", "").replace("</script>", "")
