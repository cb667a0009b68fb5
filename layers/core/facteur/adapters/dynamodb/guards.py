"""Guards: items whose mere being there says that something has been done."""

import math
from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import Item, number, read_number, read_text, text
from facteur.adapters.dynamodb.expression import Expression, Put
from facteur.adapters.dynamodb.keys import EXPIRES_AT, Keys
from facteur.adapters.dynamodb.table import Table
from facteur.domain.errors import InputError, Problem
from facteur.domain.guard import REQUEST_LIFETIME, GuardHolder, RequestGuard
from facteur.ports import Clock, Creation


@dataclass(frozen=True, slots=True)
class DynamoGuards:
    """Requests of one organization that have been carried out."""

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
        if self.table.write(self.taking(guard, resource_id)) is None:
            return Creation(resource_id, created=True)
        return self.find_first(guard, resource_id) or Creation(resource_id, created=True)

    def taking(self, guard: RequestGuard, resource_id: str) -> Put:
        """The write that takes a guard, unless it is taken and its time not over."""
        now = self.clock.now()
        free = Expression()
        expired = free.compare(EXPIRES_AT, "<=", number(math.floor(now.timestamp())))
        return Put(
            item=self.keys.request(guard.user, guard.key)
            | {
                "resource_id": text(resource_id),
                "fingerprint": text(guard.fingerprint),
                EXPIRES_AT: number(math.ceil((now + REQUEST_LIFETIME).timestamp())),
            },
            condition=f"{free.absent('pk')} OR {expired}",
            expression=free,
        )

    def find_first(self, guard: RequestGuard | None, new_id: str) -> Creation | None:
        """What exists under a guard, whose taking failed or whose request may be a repetition.

        Raises InputError ``idempotency_key_reused`` when another request took it.
        """
        holder = self.find_request(guard) if guard is not None else None
        if guard is None or holder is None:
            return None
        if holder.fingerprint != guard.fingerprint:
            raise InputError([Problem("Idempotency-Key", "idempotency_key_reused")])
        return Creation(holder.resource_id, created=holder.resource_id == new_id)


def _holder(item: Item) -> GuardHolder:
    return GuardHolder(read_text(item, "resource_id"), read_text(item, "fingerprint"))
