"""Idempotency records: an item that exists means that something has been done."""

import json
import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import Item, number, read_number, read_text, text
from facteur.adapters.dynamodb.expression import Expression, Put, Write, put_new
from facteur.adapters.dynamodb.keys import EXPIRES_AT, Keys
from facteur.adapters.dynamodb.table import Table
from facteur.domain.errors import InputError, Problem
from facteur.domain.idempotency import (
    REQUEST_LIFETIME,
    IdempotencyKey,
    IdempotencyRecord,
    OccurrenceKey,
)
from facteur.domain.identity import SendId
from facteur.ports import Clock, Creation

_RESOURCE = "resource_id"
FACTS = "facts"

type OnceKey = IdempotencyKey | OccurrenceKey


@dataclass(frozen=True, slots=True)
class DynamoIdempotency:
    """The port ``IdempotencyRecords``, and the transactions that create a thing with its record."""

    table: Table
    keys: Keys
    clock: Clock

    def find_record(self, idempotency_key: IdempotencyKey) -> IdempotencyRecord | None:
        """The record of a request, read consistently, unless it has expired."""
        item = self.table.get(self.keys.request(idempotency_key.user, idempotency_key.key))
        # DynamoDB may take some days to remove expired items.
        if item is None or read_number(item, EXPIRES_AT) <= self.clock.now().timestamp():
            return None
        return _record(item)

    def put_record(self, idempotency_key: IdempotencyKey, resource_id: str) -> Creation:
        """Store a record alone. Raises InputError ``idempotency_key_reused``."""
        while self.table.write(self._taking(idempotency_key, resource_id)) is not None:
            if (first := self.find_first(idempotency_key, resource_id)) is not None:
                return first
            # The record that refused the write has just expired: try again.
        return Creation(resource_id, created=True)

    def create(
        self,
        writes: Sequence[Write],
        new_id: str,
        *,
        idempotency_key: OnceKey | None,
        explain: Callable[[Collection[int]], None],
    ) -> Creation:
        """Create a thing, whose item is the first of ``writes``, and its record in one transaction.

        When the key has been used, the result is what the first request made. Otherwise ``explain``
        gets the places of the refused writes and raises the matching error; if it raises none, the
        writes are tried again. Raises InputError ``idempotency_key_reused``.
        """
        # Built again at each attempt: an older record may have expired by now.
        while refused := self.table.transact(
            [
                *writes,
                *([self._taking(idempotency_key, new_id)] if idempotency_key is not None else []),
            ]
        ):
            if (first := self.find_first(idempotency_key, new_id)) is not None:
                return first
            if 0 in refused:
                return Creation(new_id, created=False)
            explain(refused)
        return Creation(new_id, created=True)

    def find_send(self, key: OccurrenceKey) -> SendId | None:
        """The Send of an occurrence or extra run, also under a key of version 0.1.0."""
        keys = [self.keys.occurrence(name) for name in key.names]
        found = self.table.get_many(keys, consistent=True)
        return SendId(read_text(found[0], _RESOURCE)) if found else None

    def _taking(self, idempotency_key: OnceKey, resource_id: str) -> Put:
        """The write of a record, if there is none under its key that has not expired."""
        if isinstance(idempotency_key, OccurrenceKey):
            return put_new(self.keys.occurrence(idempotency_key) | {_RESOURCE: text(resource_id)})
        now = self.clock.now()
        free = Expression()
        expired = free.compare(EXPIRES_AT, "<=", number(math.floor(now.timestamp())))
        return Put(
            item=self.keys.request(idempotency_key.user, idempotency_key.key)
            | {
                _RESOURCE: text(resource_id),
                "fingerprint": text(idempotency_key.fingerprint),
                **(
                    {FACTS: text(json.dumps(dict(idempotency_key.facts)))}
                    if idempotency_key.facts
                    else {}
                ),
                EXPIRES_AT: number(math.ceil((now + REQUEST_LIFETIME).timestamp())),
            },
            condition=f"{free.absent('pk')} OR {expired}",
            expression=free,
        )

    def find_first(self, idempotency_key: OnceKey | None, new_id: str) -> Creation | None:
        """What the first request or run with this key made; None when there is no record.

        Raises InputError ``idempotency_key_reused`` when a different request used it.
        """
        if isinstance(idempotency_key, OccurrenceKey):
            first = self.find_send(idempotency_key)
            return Creation(first, created=first == new_id) if first is not None else None
        record = self.find_record(idempotency_key) if idempotency_key is not None else None
        if idempotency_key is None or record is None:
            return None
        if record.fingerprint != idempotency_key.fingerprint:
            raise InputError([Problem("Idempotency-Key", "idempotency_key_reused")])
        return Creation(record.id, created=record.id == new_id, facts=record.facts)


def _record(item: Item) -> IdempotencyRecord:
    return IdempotencyRecord(
        id=read_text(item, _RESOURCE),
        fingerprint=read_text(item, "fingerprint"),
        facts=json.loads(read_text(item, FACTS) or "{}"),
    )
