"""Attempts to compose a Send that have not ended: a set in an item beside its messages."""

import math
from collections.abc import Collection
from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import (
    Item,
    instant_from,
    instant_text,
    number,
    read_text_set,
    text_set,
)
from facteur.adapters.dynamodb.expression import Expression, Update
from facteur.adapters.dynamodb.keys import EXPIRES_AT, Keys
from facteur.adapters.dynamodb.table import Table
from facteur.domain.composing import MAX_UNFINISHED, ComposingAttempt
from facteur.domain.deadlines import QUOTA_QUEUE_LIMIT
from facteur.domain.identity import SendId

_ATTEMPTS = "attempts"
_LIFETIME = 2 * QUOTA_QUEUE_LIMIT
"""No message of a Send is still queued by then."""


@dataclass(frozen=True)
class DynamoComposing:
    """The part of the port ``Sends`` that concerns attempts to compose."""

    table: Table
    keys: Keys

    def begin_composing(self, send_id: SendId, attempt: ComposingAttempt) -> bool:
        expression = Expression()
        attempts = expression.name(_ATTEMPTS)
        own = expression.value(text_set([_text(attempt)]))
        most = expression.value(number(MAX_UNFINISHED))
        expires_at = number(math.ceil((attempt.at + _LIFETIME).timestamp()))
        refusal = self.table.write(
            Update(
                key=self.keys.composing(send_id),
                changes=f"{expression.set_all({EXPIRES_AT: expires_at})} ADD {attempts} {own}",
                condition=f"{expression.absent(_ATTEMPTS)} OR size({attempts}) < {most}",
                expression=expression,
            )
        )
        # After a lost response the SDK repeats the write: the stored attempt is then our own.
        return refusal is None or attempt in _attempts_in(refusal.stored)

    def end_composing(self, send_id: SendId) -> None:
        expression = Expression()
        self.table.write(
            Update(
                key=self.keys.composing(send_id),
                changes=f"REMOVE {expression.name(_ATTEMPTS)}",
                condition=expression.present(_ATTEMPTS),
                expression=expression,
            )
        )

    def get_unfinished(self, send_id: SendId) -> Collection[ComposingAttempt]:
        return _attempts_in(self.table.get(self.keys.composing(send_id)) or {})


def _text(attempt: ComposingAttempt) -> str:
    return f"{instant_text(attempt.at)} {attempt.owner}"


def _attempts_in(item: Item) -> Collection[ComposingAttempt]:
    parts = (value.split(" ", 1) for value in read_text_set(item, _ATTEMPTS))
    return [ComposingAttempt(instant_from(at), owner) for at, owner in parts]
