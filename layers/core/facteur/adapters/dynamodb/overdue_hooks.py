"""Overdue deliveries and webhooks of all organizations, from their shards of ``overdue``."""

import heapq
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from facteur.adapters.dynamodb.attributes import Item, instant_from, instant_text, read_text, text
from facteur.adapters.dynamodb.expression import Expression, Update
from facteur.adapters.dynamodb.hook_keys import HOOK_SHARDS, HookKeys, owner_of_hook
from facteur.adapters.dynamodb.keys import OVERDUE, OVERDUE_AT, Partition, Span
from facteur.adapters.dynamodb.table import Table
from facteur.ports import OverdueHook

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


class DynamoOverdueHooks:
    """The port ``OverdueHooks``. The index is eventually consistent, so ``take`` decides."""

    def __init__(self, client: "DynamoDBClient", table_name: str) -> None:
        self._table = Table(client, table_name)

    def list_overdue(self, now: datetime) -> Iterator[OverdueHook]:
        span = Span("0", instant_text(now))
        shards = [
            self._table.query(Partition(shard, OVERDUE), span, newest_first=False)
            for shard in HOOK_SHARDS
        ]
        late = heapq.merge(*shards, key=lambda item: read_text(item, OVERDUE_AT))
        return map(_overdue_from, late)

    def take(self, item: OverdueHook, *, until: datetime) -> bool:
        keys, expression = HookKeys(item.organization), Expression()
        key = keys.webhook(item.webhook)
        if item.hook is not None:
            key = keys.hook(item.webhook, item.hook)
        moved = Update(
            key=key,
            changes=expression.set_all({OVERDUE_AT: text(instant_text(until))}),
            condition=expression.compare(OVERDUE_AT, "=", text(instant_text(item.overdue_at))),
            expression=expression,
        )
        return self._table.write(moved) is None


def _overdue_from(item: Item) -> OverdueHook:
    organization, webhook, hook = owner_of_hook(item)
    return OverdueHook(
        organization=organization,
        webhook=webhook,
        hook=hook,
        overdue_at=instant_from(read_text(item, OVERDUE_AT)),
    )
