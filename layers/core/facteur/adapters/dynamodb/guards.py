"""Guards: items whose mere being there says that something has been done."""

import json
import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import Item, number, read_number, read_text, text
from facteur.adapters.dynamodb.expression import Expression, Put, Write, put_new
from facteur.adapters.dynamodb.keys import EXPIRES_AT, Keys
from facteur.adapters.dynamodb.table import Table
from facteur.domain.errors import InputError, Problem
from facteur.domain.guard import REQUEST_LIFETIME, GuardHolder, OccurrenceGuard, RequestGuard
from facteur.domain.identity import SendId
from facteur.ports import Clock, Creation

_RESOURCE = "resource_id"
_FACTS = "facts"

type Guard = RequestGuard | OccurrenceGuard


@dataclass(frozen=True, slots=True)
class DynamoGuards:
    """Requests of one organization that have been carried out, runs that have made their Send."""

    table: Table
    keys: Keys
    clock: Clock

    def find_request(self, guard: RequestGuard) -> GuardHolder | None:
        """Who came first, read consistently, unless its time is over."""
        item = self.table.get(self.keys.request(guard.user, guard.key))
        # DynamoDB removes what has expired within some days only.
        if item is None or read_number(item, EXPIRES_AT) <= self.clock.now().timestamp():
            return None
        return _holder(item)

    def take_request(self, guard: RequestGuard, resource_id: str) -> Creation:
        """Take a guard alone. Raises InputError ``idempotency_key_reused``."""
        while self.table.write(self._taking(guard, resource_id)) is not None:
            if (first := self._find_first(guard, resource_id)) is not None:
                return first
            # What stood in the way, an expired guard, has just gone: try again.
        return Creation(resource_id, created=True)

    def create(
        self,
        writes: Sequence[Write],
        new_id: str,
        *,
        guard: Guard | None,
        explain: Callable[[Collection[int]], None],
    ) -> Creation:
        """Write a new thing, whose item is the first of ``writes``, and its guard, or none of them.

        The first one's when the guard is taken. Else ``explain`` is given the places of the writes
        that were refused and raises what that means; when it does not, they are tried again.
        Raises InputError ``idempotency_key_reused``.
        """
        # Made anew each time: a guard's time may be over by now.
        while refused := self.table.transact(
            [*writes, *([self._taking(guard, new_id)] if guard is not None else [])]
        ):
            if (first := self._find_first(guard, new_id)) is not None:
                return first
            if 0 in refused:
                return Creation(new_id, created=False)
            explain(refused)
        return Creation(new_id, created=True)

    def find_occurrence(self, guard: OccurrenceGuard) -> SendId | None:
        """The Send of a run, read consistently."""
        item = self.table.get(self.keys.occurrence(guard))
        return SendId(read_text(item, _RESOURCE)) if item is not None else None

    def _taking(self, guard: Guard, resource_id: str) -> Put:
        """The write that takes a guard, unless it is taken and its time not over."""
        if isinstance(guard, OccurrenceGuard):
            return put_new(self.keys.occurrence(guard) | {_RESOURCE: text(resource_id)})
        now = self.clock.now()
        free = Expression()
        expired = free.compare(EXPIRES_AT, "<=", number(math.floor(now.timestamp())))
        return Put(
            item=self.keys.request(guard.user, guard.key)
            | {
                _RESOURCE: text(resource_id),
                "fingerprint": text(guard.fingerprint),
                **({_FACTS: text(json.dumps(dict(guard.facts)))} if guard.facts else {}),
                EXPIRES_AT: number(math.ceil((now + REQUEST_LIFETIME).timestamp())),
            },
            condition=f"{free.absent('pk')} OR {expired}",
            expression=free,
        )

    def _find_first(self, guard: Guard | None, new_id: str) -> Creation | None:
        """What exists under a guard, whose taking failed or whose request may be a repetition.

        Raises InputError ``idempotency_key_reused`` when another request took it.
        """
        if isinstance(guard, OccurrenceGuard):
            first = self.find_occurrence(guard)
            return Creation(first, created=first == new_id) if first is not None else None
        holder = self.find_request(guard) if guard is not None else None
        if guard is None or holder is None:
            return None
        if holder.fingerprint != guard.fingerprint:
            raise InputError([Problem("Idempotency-Key", "idempotency_key_reused")])
        return Creation(holder.id, created=holder.id == new_id, facts=holder.facts)


def _holder(item: Item) -> GuardHolder:
    return GuardHolder(
        id=read_text(item, _RESOURCE),
        fingerprint=read_text(item, "fingerprint"),
        facts=json.loads(read_text(item, _FACTS) or "{}"),
    )
