"""The events of a Send in chronological order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from facteur.domain.message import STANDINGS, EventKey, MessageEvent, MessageState, PlannedMessage
from facteur.domain.send import Send

_EVENTS_IN_ORDER = tuple(MessageEvent)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An event of a Send; ``address`` is None when it concerns several recipients."""

    at: datetime
    event: str
    address: str | None = None


def timeline_of(send: Send, states: Iterable[MessageState]) -> tuple[TimelineEntry, ...]:
    """The events of a Send, oldest first; within an instant, in ``MessageEvent`` order."""
    planned = send.messages()
    found = [
        (detail.at, _EVENTS_IN_ORDER.index(key.event), _concerned(planned[state.n], key) or "")
        for state in states
        for key, detail in state.events.items()
    ]
    return (
        TimelineEntry(send.queued_at, "queued"),
        *(
            TimelineEntry(at, _shown(_EVENTS_IN_ORDER[event]), address or None)
            for at, event, address in sorted(found)
        ),
    )


def _shown(event: MessageEvent) -> str:
    """The name of an event in a timeline: of the outcome it leads to, where it leads to one."""
    standing = STANDINGS.get(event)
    return standing.outcome if standing else event.value


def _concerned(planned: PlannedMessage, key: EventKey) -> str | None:
    """The one address an event is about, if it is about one."""
    if key.index is not None:
        return planned.envelope[key.index].address
    return planned.envelope[0].address if len(planned.envelope) == 1 else None
