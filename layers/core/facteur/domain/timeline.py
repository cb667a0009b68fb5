"""What happened to a Send, in the order in which it happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from facteur.domain.message import Mark, MarkKey, MessageState, PlannedMessage
from facteur.domain.send import Send

_MARKS = tuple(Mark)
_EVENTS = {Mark.SOFT_BOUNCED: "bounced", Mark.HARD_BOUNCED: "bounced"}


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened to a Send; ``address`` is None when it concerns several."""

    at: datetime
    event: str
    address: str | None = None


def timeline_of(send: Send, states: Iterable[MessageState]) -> tuple[TimelineEntry, ...]:
    """All that happened to a Send, oldest first; at the same instant, in the order of ``Mark``."""
    planned = send.messages()
    told = [
        (seen.at, _MARKS.index(key.mark), _concerned(planned[state.n], key) or "")
        for state in states
        for key, seen in state.marks.items()
    ]
    return (
        TimelineEntry(send.queued_at, "queued"),
        *(
            TimelineEntry(at, _EVENTS.get(_MARKS[mark], _MARKS[mark].value), address or None)
            for at, mark, address in sorted(told)
        ),
    )


def _concerned(planned: PlannedMessage, key: MarkKey) -> str | None:
    """The one address a mark is about, if it is about one."""
    if key.index is not None:
        return planned.envelope[key.index].address
    return planned.envelope[0].address if len(planned.envelope) == 1 else None
