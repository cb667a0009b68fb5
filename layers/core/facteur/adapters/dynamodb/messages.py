"""The messages of Sends: claims, of which one wins, and events, which are only added."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import batched

from facteur.adapters.dynamodb.attributes import Item, flag, read_text, text
from facteur.adapters.dynamodb.expression import Expression, Update
from facteur.adapters.dynamodb.keys import ALL_MESSAGES, Keys
from facteur.adapters.dynamodb.message_items import (
    CLAIM,
    DECIDED,
    SES_ID,
    claim_text,
    detail_text,
    event_name,
    is_on_whole,
    state_from,
)
from facteur.adapters.dynamodb.table import Refusal, Table
from facteur.domain.identity import SendId
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent, MessageState

_EVENTS_AT_ONCE = 30
"""Events in one update: an expression has at most 4 KB, too little for two events of each of 50
recipients. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""


@dataclass(frozen=True)
class DynamoMessages:
    """The part of the port ``Sends`` that concerns messages."""

    table: Table
    keys: Keys

    def get_messages(self, send_id: SendId) -> Mapping[int, MessageState]:
        items = self.table.query(self.keys.messages(send_id), ALL_MESSAGES, consistent=True)
        return {state.n: state for state in map(state_from, items)}

    def find_message(self, send_id: SendId, n: int) -> MessageState | None:
        item = self.table.get(self.keys.message(send_id, n))
        return state_from(item) if item is not None else None

    def claim(self, send_id: SendId, n: int, claim: Claim) -> bool:
        expression = Expression()
        refusal = self.table.write(
            Update(
                key=self.keys.message(send_id, n),
                changes=expression.set_all({CLAIM: text(claim_text(claim))}),
                condition=f"{expression.absent(CLAIM)} AND {expression.absent(DECIDED)}",
                expression=expression,
            )
        )
        # After a lost response the SDK repeats the claim: the stored item is then our own.
        return refusal is None or (
            _is_claimed_by(refusal.stored, claim) and DECIDED not in refusal.stored
        )

    def release(self, send_id: SendId, n: int, claim: Claim) -> None:
        expression = Expression()
        self.table.write(
            Update(
                key=self.keys.message(send_id, n),
                changes=f"REMOVE {expression.name(CLAIM)}",
                condition=_pending_under(claim, expression),
                expression=expression,
            )
        )

    def record_events(
        self,
        send_id: SendId,
        n: int,
        events: Mapping[EventKey, EventDetail],
        *,
        ses_message_id: str | None = None,
    ) -> MessageState:
        key = self.keys.message(send_id, n)
        first = {SES_ID: ses_message_id} if ses_message_id is not None else {}
        first |= {
            event_name(k): detail_text(v) for k, v in events.items() if k.event is MessageEvent.SENT
        }
        least = {
            event_name(k): detail_text(v)
            for k, v in events.items()
            if k.event is not MessageEvent.SENT
        }
        stored = key
        for part in [*batched(least.items(), _EVENTS_AT_ONCE, strict=False)] or [()]:
            stored = self._add(key, first=first, least=dict(part))
            first = {}
        return state_from(stored)

    def _add(self, key: Item, *, first: Mapping[str, str], least: Mapping[str, str]) -> Item:
        """Set the texts ``first`` that are missing, and ``least`` unless a lower one is stored.

        The update has one condition for all: when it is refused, it is repeated without the events
        that caused it. This ends, because stored values only become lower. Returns the item as it
        is then.
        """
        stored = key
        while first or least:
            done = self.table.update(_adding(key, first=first, least=least))
            if not isinstance(done, Refusal):
                return done
            stored = done.stored
            first = {name: value for name, value in first.items() if name not in stored}
            least = {
                name: value
                for name, value in least.items()
                if name not in stored or value < stored[name]["S"]
            }
        return stored

    def record_if_claimed(
        self, send_id: SendId, n: int, key: EventKey, detail: EventDetail, *, claim: Claim | None
    ) -> bool:
        expression = Expression()
        event = {event_name(key): text(detail_text(detail))}
        decided = {DECIDED: flag(True)} if key.index is None else {}
        refusal = self.table.write(
            Update(
                key=self.keys.message(send_id, n),
                changes=expression.set_all(event | decided),
                condition=_pending_under(claim, expression),
                expression=expression,
            )
        )
        if refusal is None:
            return True
        # As in ``claim``: our own event is stored, and no other about the whole message.
        ours = _is_claimed_by(refusal.stored, claim) and event.items() <= refusal.stored.items()
        return ours and set(filter(is_on_whole, refusal.stored)) <= event.keys()


def _is_claimed_by(stored: Item, claim: Claim | None) -> bool:
    return read_text(stored, CLAIM) == (claim_text(claim) if claim is not None else "")


def _pending_under(claim: Claim | None, expression: Expression) -> str:
    claimed = expression.absent(CLAIM)
    if claim is not None:
        claimed = expression.compare(CLAIM, "=", text(claim_text(claim)))
    return f"{claimed} AND {expression.absent(DECIDED)}"


def _adding(key: Item, *, first: Mapping[str, str], least: Mapping[str, str]) -> Update:
    expression = Expression()
    changes = [
        f"{expression.name(name)} = if_not_exists({expression.name(name)}, "
        f"{expression.value(text(value))})"
        for name, value in first.items()
    ]
    conditions = []
    for name, value in least.items():
        attribute, lower = expression.name(name), expression.value(text(value))
        changes.append(f"{attribute} = {lower}")
        conditions.append(f"({expression.absent(name)} OR {attribute} > {lower})")
    if any(map(is_on_whole, (*first, *least))):
        changes.append(expression.compare(DECIDED, "=", flag(True)))
    return Update(
        key=key,
        changes="SET " + ", ".join(changes),
        condition=" AND ".join(conditions),
        expression=expression,
    )
