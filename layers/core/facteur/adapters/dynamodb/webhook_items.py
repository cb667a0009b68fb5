"""Webhooks, their secrets and their deliveries as items."""

import math
import zlib
from collections.abc import Iterable
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter

from facteur.adapters.dynamodb.attributes import (
    Item,
    binary,
    flag,
    instant_from,
    instant_text,
    number,
    read_flag,
    read_number,
    read_text,
    read_texts,
    text,
    texts,
)
from facteur.adapters.dynamodb.hook_keys import HookKeys, hook_shard_of, owner_of_hook
from facteur.adapters.dynamodb.keys import EXPIRES_AT, OVERDUE_AT, OVERDUE_SHARD, Keys
from facteur.domain.identity import HookId, WebhookId
from facteur.domain.webhook import DisabledReason, EventType, Secret, Webhook
from facteur.domain.webhook_delivery import KEPT, DeliveryState, HookAttempt, HookDelivery

REVISION = "rev"
WEBHOOK_STATE = ("version", "enabled", "failing_since", "disabled_at", "owes_notice")
"""What both people and workers change, and compare before they do."""
_WEBHOOK_INSTANTS = (
    *("created_at", "updated_at", "failing_since", "disabled_at"),
    "previous_secret_until",
)
_DELIVERY_INSTANTS = ("created_at", "begun_at", "due_at")


@cache
def _attempts() -> TypeAdapter[tuple[HookAttempt, ...]]:
    return TypeAdapter(tuple[HookAttempt, ...])


def webhook_fields(webhook: Webhook) -> Item:
    """The attributes of a webhook; those that are empty are missing."""
    fields: Item = {
        "url": text(webhook.url),
        "events": texts(webhook.events),
        "enabled": flag(webhook.enabled),
        "version": number(webhook.version),
    }
    fields |= _instants(webhook, _WEBHOOK_INSTANTS)
    if webhook.disabled_reason is not None:
        fields["disabled_reason"] = text(webhook.disabled_reason)
    if webhook.owes_notice:
        fields["owes_notice"] = flag(True)
        fields |= _deadline(webhook.id, webhook.disabled_at or webhook.updated_at)
    return fields


WEBHOOK_OPTIONAL = (
    *("failing_since", "disabled_at", "disabled_reason", "owes_notice", "previous_secret_until"),
    *(OVERDUE_SHARD, OVERDUE_AT),
)
DELIVERY_OPTIONAL = ("due_at", OVERDUE_SHARD, OVERDUE_AT)


def webhook_from(item: Item) -> Webhook:
    """The webhook stored in an item."""
    created_at, updated_at, failing_since, disabled_at, until = (
        _instant_in(item, name) for name in _WEBHOOK_INSTANTS
    )
    if created_at is None or updated_at is None:
        raise ValueError("a webhook has instants")
    reason = read_text(item, "disabled_reason")
    return Webhook(
        id=owner_of_hook(item)[1],
        url=read_text(item, "url"),
        # A newer version may have stored types that this one does not tell.
        events=tuple(EventType(one) for one in read_texts(item, "events") if one in EventType),
        enabled=read_flag(item, "enabled"),
        version=read_number(item, "version"),
        created_at=created_at,
        updated_at=updated_at,
        failing_since=failing_since,
        disabled_at=disabled_at,
        disabled_reason=DisabledReason(reason) if reason else None,
        owes_notice=read_flag(item, "owes_notice"),
        previous_secret_until=until,
    )


def secrets_item(keys: HookKeys, webhook: WebhookId, secrets: Iterable[Secret]) -> Item:
    """The item of the secrets of a webhook."""
    stored = [f"{one.text} {instant_text(one.until) if one.until else ''}" for one in secrets]
    return keys.webhook_secrets(webhook) | {"secrets": texts(stored)}


def secrets_from(item: Item) -> tuple[Secret, ...]:
    """The secrets stored in an item, newest first."""
    parts = (stored.partition(" ") for stored in read_texts(item, "secrets"))
    return tuple(Secret(one, instant_from(until) if until else None) for one, _, until in parts)


def delivery_fields(delivery: HookDelivery) -> Item:
    """The attributes of a delivery without its revision; it expires after its last attempt."""
    last_at = delivery.attempts[-1].at if delivery.attempts else delivery.begun_at
    fields: Item = {
        "type": text(delivery.type),
        "body": text(delivery.body),
        "state": text(delivery.state),
        "test": flag(delivery.is_test),
        "tries": number(delivery.tries),
        EXPIRES_AT: number(math.ceil((last_at + KEPT).timestamp())),
    }
    if delivery.attempts:
        fields["attempts"] = binary(zlib.compress(_attempts().dump_json(delivery.attempts)))
    fields |= _instants(delivery, _DELIVERY_INSTANTS)
    if delivery.check_at is not None:
        fields |= _deadline(delivery.id, delivery.check_at)
    return fields


def delivery_item(keys: Keys, delivery: HookDelivery) -> Item:
    """The item of a new delivery."""
    key = HookKeys(keys.organization).hook(delivery.webhook, delivery.id)
    return key | delivery_fields(delivery) | {REVISION: number(delivery.revision)}


def delivery_from(item: Item) -> HookDelivery:
    """The delivery stored in an item."""
    _, webhook, _ = owner_of_hook(item)
    created_at, begun_at, due_at = (_instant_in(item, name) for name in _DELIVERY_INSTANTS)
    if created_at is None or begun_at is None:
        raise ValueError("a delivery has instants")
    return HookDelivery(
        id=HookId(read_text(item, "sk")),
        webhook=webhook,
        type=read_text(item, "type"),
        body=read_text(item, "body"),
        created_at=created_at,
        begun_at=begun_at,
        due_at=due_at,
        check_at=_instant_in(item, OVERDUE_AT),
        state=DeliveryState(read_text(item, "state")),
        is_test=read_flag(item, "test"),
        tries=read_number(item, "tries"),
        attempts=_attempts_from(item),
        revision=read_number(item, REVISION),
    )


def _attempts_from(item: Item) -> tuple[HookAttempt, ...]:
    if "attempts" not in item:
        return ()
    return _attempts().validate_json(zlib.decompress(item["attempts"]["B"]))


def _deadline(identifier: WebhookId | HookId, at: datetime) -> Item:
    return {
        OVERDUE_SHARD: text(hook_shard_of(identifier)),
        OVERDUE_AT: text(instant_text(at)),
    }


def _instants(source: Webhook | HookDelivery, names: Iterable[str]) -> Item:
    values = ((name, getattr(source, name)) for name in names)
    return {name: text(instant_text(at)) for name, at in values if at is not None}


def _instant_in(item: Item, name: str) -> datetime | None:
    stored = read_text(item, name)
    return instant_from(stored) if stored else None
