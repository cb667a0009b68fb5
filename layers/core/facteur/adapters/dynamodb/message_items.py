"""Messages as items of about 200 bytes: the claim, SES's id, and an attribute for each mark.

A mark is a text whose order is the order of ``Seen``, under ``<place in the envelope>.<mark>``
(``.sent`` for the whole message), so that one conditional update can keep the smaller value.
"""

from collections.abc import Mapping

from facteur.adapters.dynamodb.attributes import Item, instant_from, instant_text, read_text
from facteur.adapters.dynamodb.keys import message_number_in
from facteur.domain.message import Claim, Mark, MarkKey, MessageState, Seen

CLAIM = "claim"
SES_ID = "ses_id"
TOLD = "told"
"""Set with the first mark on the whole message: it is neither queued nor being sent any more."""


def claim_text(claim: Claim) -> str:
    return f"{instant_text(claim.at)} {claim.owner}"


def mark_name(key: MarkKey) -> str:
    """The attribute of a mark."""
    return f"{'' if key.index is None else key.index}.{key.mark}"


def is_on_whole(name: str) -> bool:
    """Is this the attribute of a mark on the whole message?"""
    return name.startswith(".")


def seen_text(seen: Seen) -> str:
    """What a mark says; neither instants nor codes have a space, the lowest of all letters."""
    return f"{instant_text(seen.at)} {seen.code} {seen.detail}"


def state_from(item: Item) -> MessageState:
    """The state of a message that an item holds."""
    return MessageState(
        n=message_number_in(item),
        claim=_claim_from(read_text(item, CLAIM)),
        ses_message_id=read_text(item, SES_ID) or None,
        marks=_marks_from(item),
    )


def _claim_from(value: str) -> Claim | None:
    if not value:
        return None
    at, _, owner = value.partition(" ")
    return Claim(owner, instant_from(at))


def _marks_from(item: Item) -> Mapping[MarkKey, Seen]:
    marks: dict[MarkKey, Seen] = {}
    for name, value in item.items():
        index, dot, mark = name.partition(".")
        if dot:
            at, code, detail = value["S"].split(" ", 2)
            key = MarkKey(Mark(mark), int(index) if index else None)
            marks[key] = Seen(instant_from(at), code, detail)
    return marks
