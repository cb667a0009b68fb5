"""Records what SES reports about a message: events that are only ever added."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from facteur.domain.message import (
    EventDetail,
    EventKey,
    MessageEvent,
    MessageState,
    PlannedMessage,
    merge_event,
)
from facteur.ports import Store
from facteur.ports.ses_events import SesEvent
from facteur.services.delivery.caches import SendCache

_NEVER_ACCEPTED = {MessageEvent.REJECTED, MessageEvent.FAILED}
_WHOLE_MESSAGE = {MessageEvent.SENT, MessageEvent.REJECTED, MessageEvent.FAILED}


@dataclass(frozen=True, slots=True)
class Recorded:
    """The result of recording an SES event.

    ``is_new``: something was recorded. ``unmatched`` counts the addresses that are not in the
    envelope, about which nothing is recorded (for example the target of a forwarded mail).
    """

    is_new: bool
    unmatched: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSesEvent:
    """Adds to messages the events that SES reports about them."""

    store: Store
    cache: SendCache

    def record(self, ses_event: SesEvent) -> Recorded:
        """Record an SES event.

        Reads before it writes, so that a repeated event costs only a read. Raises NotFoundError for
        a message that is not ours.
        """
        planned = self.cache.get(ses_event.organization, ses_event.send).message(ses_event.message)
        sends = self.store.sends(ses_event.organization)
        state = sends.find_message(ses_event.send, ses_event.message) or MessageState(planned.n)
        events = {
            key: detail
            for key, detail in events_of(ses_event, planned).items()
            if merge_event(detail, known := state.events.get(key), event=key.event) != known
        }
        if events:
            sends.record_events(
                ses_event.send, ses_event.message, events, ses_message_id=ses_event.ses_message_id
            )
        return Recorded(bool(events), _unmatched(ses_event, planned))


def events_of(ses_event: SesEvent, planned: PlannedMessage) -> dict[EventKey, EventDetail]:
    """An SES event as events of its message; any event except a refusal proves acceptance."""
    events = {}
    if ses_event.event not in _NEVER_ACCEPTED:
        events[EventKey(MessageEvent.SENT)] = EventDetail(ses_event.accepted_at)
    if ses_event.event in _WHOLE_MESSAGE:
        events.setdefault(
            EventKey(ses_event.event), EventDetail(ses_event.at, ses_event.code, ses_event.detail)
        )
        return events
    for index, words in _concerned(ses_event, planned):
        detail = EventDetail(ses_event.at, ses_event.code, words or ses_event.detail)
        events[EventKey(ses_event.event, index)] = detail
    return events


def _concerned(ses_event: SesEvent, planned: PlannedMessage) -> Iterator[tuple[int, str]]:
    """Indexes in the envelope that an SES event concerns, with the remote server's text."""
    if _concerns_all(ses_event, planned):
        detail = ses_event.details[0] if ses_event.details else ""
        yield from ((index, detail) for index in range(len(planned.envelope)))
        return
    for address, detail in zip_longest(ses_event.addresses, ses_event.details, fillvalue=""):
        index = planned.index_of(address)
        if index is not None:
            yield index, detail


def _concerns_all(ses_event: SesEvent, planned: PlannedMessage) -> bool:
    """Does it concern the whole envelope: no address named, or only one recipient?"""
    return not ses_event.addresses or len(planned.envelope) == 1


def _unmatched(ses_event: SesEvent, planned: PlannedMessage) -> int:
    if _concerns_all(ses_event, planned):
        return 0
    return sum(planned.index_of(address) is None for address in ses_event.addresses)
