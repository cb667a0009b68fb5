"""Whether stored instants have been compared with the zone rules that this process knows."""

import datetime as dt
from dataclasses import dataclass, replace

from facteur.domain.deadlines import WORK_DEADLINE

_PASSES = 2
"""The second comparison finds what a process with the rules before has written meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesCheck:
    """How far the instants of all campaigns have been compared with some zone rules.

    ``rules`` identifies the rules and ``seen_at`` is when they were first used. ``passes`` counts
    complete comparisons. ``checked_until`` is the deadline up to which the present one has come,
    None at its beginning.
    """

    rules: str
    seen_at: dt.datetime
    passes: int = 0
    checked_until: dt.datetime | None = None

    def is_due(self, now: dt.datetime) -> bool:
        """Is there something to compare now? The second time once no older process is left."""
        if self.passes == 0:
            return True
        return self.passes < _PASSES and now - self.seen_at >= WORK_DEADLINE

    def after_pass(self) -> "RulesCheck":
        """The check once every campaign has been compared."""
        return replace(self, passes=self.passes + 1, checked_until=None)


def check_of(stored: RulesCheck | None, rules: str, now: dt.datetime) -> RulesCheck:
    """The stored check of these rules, or a new one when the rules have changed since."""
    if stored is not None and stored.rules == rules:
        return stored
    return RulesCheck(rules=rules, seen_at=now)
