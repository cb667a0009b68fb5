"""What was done, and what a person must decide. Names ids only: it may be kept as evidence."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from facteur.domain.identity import OrgId


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A thing of an organization, and what was done with it or why a person must decide."""

    organization: OrgId
    kind: str
    id: str
    what: str


@dataclass(slots=True)
class Report:
    """Both lists, each entry once."""

    done: list[Entry] = field(default_factory=list)
    undecided: list[Entry] = field(default_factory=list)

    def say(self, organization: OrgId, kind: str, identifier: str, what: str) -> None:
        """Note what was done."""
        self._add(self.done, Entry(organization, kind, identifier, what))

    def ask(self, organization: OrgId, kind: str, identifier: str, why: str) -> None:
        """Note what a person must decide, or what must wait."""
        self._add(self.undecided, Entry(organization, kind, identifier, why))

    def lines(self) -> Iterator[str]:
        """The report as operators read it."""
        if not self.done:
            yield "Nothing was left to change."
        for (kind, what), count in sorted(Counter((e.kind, e.what) for e in self.done).items()):
            yield f"{count} × {kind}: {what}"
        yield from (f"  {_named(entry)}" for entry in sorted(self.done))
        if self.undecided:
            yield ""
            yield "Must be decided by a person, or waits:"
            yield from (f"  {_named(entry)}" for entry in sorted(self.undecided))

    def _add(self, entries: list[Entry], entry: Entry) -> None:
        if entry not in entries:
            entries.append(entry)


def _named(entry: Entry) -> str:
    parts = (entry.organization, entry.kind, entry.id)
    return f"{' '.join(part for part in parts if part)}: {entry.what}"
