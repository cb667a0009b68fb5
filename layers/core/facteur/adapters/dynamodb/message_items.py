"""Messages as items of about 200 bytes: the claim, SES's id, and an attribute for each event.

The value of an event is a text that sorts as ``EventDetail`` does, so that one conditional update
keeps the smaller one. Its name is ``<index in the envelope>.<event>`` (``.sent`` for the whole
message).
"""

from collections.abc import Mapping

from facteur.adapters.dynamodb.attributes import Item, instant_from, instant_text, read_text
from facteur.adapters.dynamodb.keys import message_number_in
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent, MessageState

CLAIM = "claim"
SES_ID = "ses_id"
DECIDED = "told"
"""Set with the first event about the whole message, which is then no longer queued or sending. The
attribute keeps the name that it was first stored under."""


def claim_text(claim: Claim) -> str:
    return f"{instant_text(claim.at)} {claim.owner}"


def event_name(key: EventKey) -> str:
    """The attribute name of an event."""
    return f"{'' if key.index is None else key.index}.{key.event}"


def is_on_whole(name: str) -> bool:
    """Is this the attribute name of an event about the whole message?"""
    return name.startswith(".")


def detail_text(detail: EventDetail) -> str:
    """The value of an event. Instants and codes contain no space, which sorts first."""
    return f"{instant_text(detail.at)} {detail.code} {detail.detail}"


def state_from(item: Item) -> MessageState:
    """The state of a message, from its item."""
    return MessageState(
        n=message_number_in(item),
        claim=_claim_from(read_text(item, CLAIM)),
        ses_message_id=read_text(item, SES_ID) or None,
        events=_events_from(item),
    )


def _claim_from(value: str) -> Claim | None:
    if not value:
        return None
    at, _, owner = value.partition(" ")
    return Claim(owner, instant_from(at))


def _events_from(item: Item) -> Mapping[EventKey, EventDetail]:
    events: dict[EventKey, EventDetail] = {}
    for name, value in item.items():
        index, dot, event = name.partition(".")
        if dot:
            at, code, detail = value["S"].split(" ", 2)
            key = EventKey(MessageEvent(event), int(index) if index else None)
            events[key] = EventDetail(instant_from(at), code, detail)
    return events
