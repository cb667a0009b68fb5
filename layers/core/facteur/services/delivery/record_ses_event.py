"""Records what SES reports about a message: events that are only ever added."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from facteur.domain.host_event_sources import recipient_events
from facteur.domain.message import (
    EventDetail,
    EventKey,
    MessageEvent,
    MessageState,
    PlannedMessage,
    merge_event,
)
from facteur.ports import NamedRecipient, SesEvent, Store
from facteur.services.delivery.caches import SendCache
from facteur.services.webhooks.tell import TellHosts

_NEVER_ACCEPTED = {MessageEvent.REJECTED, MessageEvent.FAILED}
_WHOLE_MESSAGE = {MessageEvent.SENT, MessageEvent.REJECTED, MessageEvent.FAILED}


@dataclass(frozen=True, slots=True)
class Recorded:
    """The result of recording an SES event.

    ``new`` are the events that were recorded. ``unmatched`` counts the addresses that are not in
    the envelope, about which nothing is recorded (for example the target of a forwarded mail).
    ``names_nobody``: it is about some recipient of several, and does not say which. ``state`` is
    that of the message afterwards. ``may_have_ended``: the message may have ended by this event.
    """

    state: MessageState
    may_have_ended: bool = False
    new: frozenset[MessageEvent] = frozenset()
    unmatched: int = 0
    names_nobody: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSesEvent:
    """Adds to messages the events that SES reports about them."""

    store: Store
    cache: SendCache
    tell: TellHosts

    def begin(self) -> None:
        """Call before the first event of an invocation."""
        self.tell.begin()

    def record(self, ses_event: SesEvent, *, is_repeated: bool = False) -> Recorded:
        """Record an SES event.

        Reads before it writes, so that a repeated event costs only a read. ``is_repeated``: the
        event has been received before, by a worker that may have died. Raises NotFoundError for a
        message that is not ours.
        """
        cached = self.cache.get(ses_event.organization, ses_event.send)
        planned = cached.message(ses_event.message)
        sends = self.store.sends(ses_event.organization)
        state = sends.find_message(ses_event.send, ses_event.message) or MessageState(planned.n)
        concerned = concerned_by(ses_event, planned)
        events = {
            key: detail
            for key, detail in events_of(ses_event, concerned).items()
            if merge_event(detail, known := state.events.get(key), event=key.event) != known
        }
        may_have_ended = state.is_pending or is_repeated
        if events:
            after = replace(state, events={**state.events, **_merged(state, events)})
            told = recipient_events(cached.send, planned, state, after)
            owed = self.tell.owed(ses_event.organization, told)
            # Before: SES has reported it, so after a crash both are repeated, under the same ids.
            self.store.webhooks(ses_event.organization).put_deliveries(owed)
            state = sends.record_events(
                ses_event.send, ses_event.message, events, ses_message_id=ses_event.ses_message_id
            )
            self.tell.enqueue(ses_event.organization, owed)
        is_on_some = ses_event.event not in _WHOLE_MESSAGE
        return Recorded(
            state=state,
            may_have_ended=may_have_ended,
            new=frozenset(key.event for key in events),
            unmatched=sum(index is None for index, _ in concerned),
            names_nobody=is_on_some and not concerned,
        )


def _merged(
    state: MessageState, events: Mapping[EventKey, EventDetail]
) -> dict[EventKey, EventDetail]:
    return {
        key: merge_event(detail, state.events.get(key), event=key.event)
        for key, detail in events.items()
    }


type Concerned = list[tuple[int | None, NamedRecipient]]
"""Whom an SES event names, each with the index in the envelope, None for an unknown address."""


def concerned_by(ses_event: SesEvent, planned: PlannedMessage) -> Concerned:
    """Whom an SES event is about: the only recipient of a message, however it is spelled.

    Of a message with several recipients, one that is not named is not guessed: what is known of the
    others would be overruled.
    """
    named = [(planned.index_of(one.address), one) for one in ses_event.named]
    if len(planned.envelope) > 1:
        return named
    unnamed = NamedRecipient(
        address=planned.envelope[0].address,
        event=ses_event.event,
        code=ses_event.code,
        detail=ses_event.detail,
    )
    known = [one for index, one in named if index is not None]
    return [(0, one) for one in known or ses_event.named or (unnamed,)]


def events_of(ses_event: SesEvent, concerned: Concerned) -> dict[EventKey, EventDetail]:
    """An SES event as events of its message; any event except a refusal proves acceptance."""
    events: dict[EventKey, EventDetail] = {}
    if ses_event.event not in _NEVER_ACCEPTED:
        events[EventKey(MessageEvent.SENT)] = EventDetail(ses_event.accepted_at)
    if ses_event.event in _WHOLE_MESSAGE:
        detail = EventDetail(ses_event.at, ses_event.code, ses_event.detail)
        events.setdefault(EventKey(ses_event.event), detail)
        return events
    for index, one in concerned:
        if index is not None:
            key = EventKey(one.event, index)
            detail = EventDetail(ses_event.at, one.code, one.detail)
            events[key] = merge_event(detail, events.get(key), event=one.event)
    return events
