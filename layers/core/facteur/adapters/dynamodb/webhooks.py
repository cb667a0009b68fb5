"""The webhooks of one organization: one item each, one for its secrets, one for each delivery."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from facteur.adapters.dynamodb.attributes import Item, number, read_number, read_text
from facteur.adapters.dynamodb.cursor import Found, read_page
from facteur.adapters.dynamodb.expression import Delete, Expression, Put, Update, Write, put_new
from facteur.adapters.dynamodb.hook_keys import HookKeys
from facteur.adapters.dynamodb.idempotency import DynamoIdempotency
from facteur.adapters.dynamodb.keys import ALL_IDS, EXPIRES_AT, Span
from facteur.adapters.dynamodb.table import Table
from facteur.adapters.dynamodb.webhook_items import (
    DELIVERY_OPTIONAL,
    REVISION,
    WEBHOOK_OPTIONAL,
    WEBHOOK_STATE,
    delivery_fields,
    delivery_from,
    delivery_item,
    secrets_from,
    secrets_item,
    webhook_fields,
    webhook_from,
)
from facteur.domain.errors import NotFoundError
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import HookId, WebhookId
from facteur.domain.webhook import Secret, Webhook
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import Clock, Creation, Page

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DynamoWebhooks:
    """The port ``Webhooks``."""

    table: Table
    keys: HookKeys
    idempotency: DynamoIdempotency
    clock: Clock

    def create(
        self, webhook: Webhook, secret: Secret, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        writes: list[Write] = [
            put_new(self.keys.webhook(webhook.id) | webhook_fields(webhook)),
            Put(item=secrets_item(self.keys, webhook.id, [secret])),
        ]
        return self.idempotency.create(
            writes, webhook.id, idempotency_key=idempotency_key, explain=lambda _: None
        )

    def list_all(self) -> Sequence[Webhook]:
        items = self.table.query(self.keys.webhooks(), ALL_IDS, newest_first=False, consistent=True)
        return [webhook for item in items if (webhook := _readable(item)) is not None]

    def get(self, webhook_id: WebhookId) -> Webhook:
        item = self.table.get(self.keys.webhook(webhook_id))
        if item is None:
            raise NotFoundError("webhook_not_found")
        return webhook_from(item)

    def change(
        self, before: Webhook, after: Webhook, *, secrets: Sequence[Secret] | None = None
    ) -> bool:
        old, new = webhook_fields(before), webhook_fields(after)
        expression = Expression()
        changed = _update(
            self.keys.webhook(before.id),
            new,
            WEBHOOK_OPTIONAL,
            condition=" AND ".join(_unchanged(expression, old, WEBHOOK_STATE)),
            expression=expression,
        )
        if secrets is None:
            refusal = self.table.write(changed)
            # After a lost response the SDK repeats the write: the stored item is then our own.
            return refusal is None or new.items() <= refusal.stored.items()
        put = Put(item=secrets_item(self.keys, before.id, secrets))
        return not self.table.transact([changed, put])

    def delete(self, webhook_id: WebhookId) -> None:
        expression = Expression()
        webhook = Delete(
            key=self.keys.webhook(webhook_id),
            condition=expression.present("pk"),
            expression=expression,
        )
        if self.table.transact([webhook, Delete(key=self.keys.webhook_secrets(webhook_id))]):
            raise NotFoundError("webhook_not_found")

    def get_secrets(self, webhook_id: WebhookId) -> Sequence[Secret]:
        item = self.table.get(self.keys.webhook_secrets(webhook_id))
        return secrets_from(item) if item is not None else ()

    def put_deliveries(self, deliveries: Collection[HookDelivery]) -> None:
        self.table.put_many([delivery_item(self.keys, delivery) for delivery in deliveries])

    def find_delivery(self, webhook_id: WebhookId, hook_id: HookId) -> HookDelivery | None:
        item = self.table.get(self.keys.hook(webhook_id, hook_id))
        return delivery_from(item) if item is not None and not self._is_over(item) else None

    def change_delivery(self, before: HookDelivery, after: HookDelivery) -> bool:
        expression = Expression()
        fields = delivery_fields(after) | {REVISION: number(before.revision + 1)}
        refusal = self.table.write(
            _update(
                self.keys.hook(before.webhook, before.id),
                fields,
                DELIVERY_OPTIONAL,
                condition=expression.compare(REVISION, "=", number(before.revision)),
                expression=expression,
            )
        )
        return refusal is None or fields.items() <= refusal.stored.items()

    def list_deliveries(
        self, webhook_id: WebhookId, *, cursor: str | None, limit: int
    ) -> Page[HookDelivery]:
        partition = self.keys.hooks(webhook_id)

        def source(span: Span, *, newest_first: bool) -> Found[HookDelivery]:
            items = self.table.query(
                partition, span, newest_first=newest_first, at_once=limit + 1, consistent=True
            )
            for item in items:
                yield (
                    read_text(item, "sk"),
                    None if self._is_over(item) else delivery_from(item),
                )

        return read_page(source, cursor=cursor, limit=limit)

    def _is_over(self, item: Item) -> bool:
        """DynamoDB may take some days to remove expired items."""
        return read_number(item, EXPIRES_AT) <= self.clock.now().timestamp()


def _readable(item: Item) -> Webhook | None:
    try:
        return webhook_from(item)
    except (KeyError, ValueError):
        # What happens to mail must be recorded, whatever one webhook looks like.
        _log.exception("webhook not readable", extra={"webhook": read_text(item, "sk")})
        return None


def _unchanged(expression: Expression, fields: Item, names: Iterable[str]) -> list[str]:
    return [
        expression.compare(name, "=", fields[name]) if name in fields else expression.absent(name)
        for name in names
    ]


def _update(
    key: Item,
    fields: Item,
    optional: Iterable[str],
    *,
    condition: str,
    expression: Expression,
) -> Update:
    """The write that sets the fields, and removes those of ``optional`` that are missing."""
    changes = expression.set_all(fields)
    if over := [expression.name(name) for name in optional if name not in fields]:
        changes += " REMOVE " + ", ".join(over)
    return Update(key=key, changes=changes, condition=condition, expression=expression)
