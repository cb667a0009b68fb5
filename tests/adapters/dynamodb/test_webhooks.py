"""Webhooks, their secrets and their deliveries: adapter and fake behave alike."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from facteur.adapters.dynamodb.hook_keys import HookKeys
from facteur.adapters.dynamodb.overdue import DynamoOverdue
from facteur.adapters.dynamodb.overdue_hooks import DynamoOverdueHooks
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.errors import InputError, NotFoundError
from facteur.domain.host_event import delivery_to, event_id, host_event
from facteur.domain.identity import HookId, WebhookId
from facteur.domain.webhook import (
    DisabledReason,
    EventType,
    Secret,
    Webhook,
    WebhookDraft,
    disabled,
    edited,
    failing,
    new_webhook,
    rotated,
)
from facteur.domain.webhook_delivery import (
    KEPT,
    AttemptError,
    DeliveryState,
    HookAttempt,
    HookDelivery,
    attempted,
)
from facteur.ports import OverdueHook, OverdueHooks, Store
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import IDEMPOTENCY_KEY, IDS, NOW, ORG, OTHER
from tests.fakes import FakeClock, FakeOverdueHooks, FakeStore

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

DRAFT = WebhookDraft("https://erp.example/facteur", (EventType.SEND_SENT,), enabled=True)
SECRET = Secret("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")


@pytest.fixture
def overdue_hooks(store: Store, request: pytest.FixtureRequest) -> OverdueHooks:
    """The port ``OverdueHooks`` on the data of ``store``."""
    if isinstance(store, FakeStore):
        return FakeOverdueHooks(store.organizations)
    client: DynamoDBClient = request.getfixturevalue("client")
    return DynamoOverdueHooks(client, TABLE)


def a_webhook() -> Webhook:
    return new_webhook(DRAFT, id=WebhookId(IDS.new_id(NOW)), now=NOW)


def a_delivery(webhook: Webhook, *, minute: int = 0) -> HookDelivery:
    at = NOW + timedelta(minutes=minute)
    event = host_event(EventType.SEND_SENT, at, {"send_id": "1"}, key=str(minute))
    return delivery_to(webhook.id, event, now=at)


def test_webhook_is_found_as_it_was_stored_with_its_secret(store: Store) -> None:
    webhook, webhooks = a_webhook(), store.webhooks(ORG)

    creation = webhooks.create(webhook, SECRET)

    assert creation.created
    assert webhooks.get(webhook.id) == webhook
    assert list(webhooks.list_all()) == [webhook]
    assert tuple(webhooks.get_secrets(webhook.id)) == (SECRET,)


def test_another_organization_finds_nothing_of_it(store: Store) -> None:
    webhook = a_webhook()
    store.webhooks(ORG).create(webhook, SECRET)
    delivery = a_delivery(webhook)
    store.webhooks(ORG).put_deliveries([delivery])
    other = store.webhooks(OTHER)

    assert other.list_all() == []
    assert tuple(other.get_secrets(webhook.id)) == ()
    assert other.find_delivery(webhook.id, delivery.id) is None
    with pytest.raises(NotFoundError):
        other.get(webhook.id)


def test_repeated_request_creates_no_second_one(store: Store) -> None:
    webhooks, first, second = store.webhooks(ORG), a_webhook(), a_webhook()
    webhooks.create(first, SECRET, idempotency_key=IDEMPOTENCY_KEY)

    again = webhooks.create(second, SECRET, idempotency_key=IDEMPOTENCY_KEY)

    assert (again.id, again.created) == (first.id, False)
    assert list(webhooks.list_all()) == [first]


def test_change_needs_what_was_read(store: Store) -> None:
    webhook, webhooks = a_webhook(), store.webhooks(ORG)
    webhooks.create(webhook, SECRET)
    changed = edited(webhook, replace(DRAFT, enabled=False), now=NOW)

    assert webhooks.change(webhook, changed)
    assert not webhooks.change(webhook, failing(webhook, at=NOW))
    assert webhooks.get(webhook.id) == changed


def test_state_of_workers_is_stored_and_cleared(store: Store) -> None:
    webhook, webhooks = a_webhook(), store.webhooks(ORG)
    webhooks.create(webhook, SECRET)
    gone = disabled(failing(webhook, at=NOW), DisabledReason.GONE, now=NOW)

    webhooks.change(webhook, gone)
    stored = webhooks.get(webhook.id)
    webhooks.change(gone, edited(gone, DRAFT, now=NOW))
    again = webhooks.get(webhook.id)

    assert stored == gone
    assert (again.enabled, again.failing_since, again.owes_notice) == (True, None, False)


def test_secrets_are_replaced_with_the_webhook(store: Store) -> None:
    webhook, webhooks = a_webhook(), store.webhooks(ORG)
    webhooks.create(webhook, SECRET)
    both = rotated([SECRET], Secret("whsec_bmV3"), now=NOW)

    webhooks.change(webhook, edited(webhook, DRAFT, now=NOW), secrets=both)

    assert tuple(webhooks.get_secrets(webhook.id)) == both


def test_deleted_webhook_and_its_secrets_are_gone(store: Store) -> None:
    webhook, webhooks = a_webhook(), store.webhooks(ORG)
    webhooks.create(webhook, SECRET)

    webhooks.delete(webhook.id)

    assert tuple(webhooks.get_secrets(webhook.id)) == ()
    with pytest.raises(NotFoundError):
        webhooks.delete(webhook.id)


def test_delivery_keeps_its_attempts(store: Store) -> None:
    webhook, webhooks = a_webhook(), store.webhooks(ORG)
    delivery = a_delivery(webhook)
    webhooks.put_deliveries([delivery])
    failed = HookAttempt(at=NOW, duration_ms=12, status=500, answer="é" * 1_000)
    once = attempted(delivery, failed, now=NOW)
    unreachable = HookAttempt(at=NOW, duration_ms=3, error=AttemptError.UNREACHABLE)

    webhooks.change_delivery(delivery, once)
    stored = webhooks.find_delivery(webhook.id, delivery.id)
    assert stored is not None
    webhooks.change_delivery(stored, attempted(stored, unreachable, now=NOW))

    again = webhooks.find_delivery(webhook.id, delivery.id)
    assert stored == replace(once, revision=1)
    assert again is not None
    assert again.attempts == (failed, unreachable)
    assert (again.tries, again.revision) == (2, 2)


def test_delivery_that_was_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    webhook, webhooks = a_webhook(), store.webhooks(ORG)
    delivery = a_delivery(webhook)
    webhooks.put_deliveries([delivery])
    success = attempted(delivery, HookAttempt(at=NOW, duration_ms=1, status=200), now=NOW)
    failure = attempted(delivery, HookAttempt(at=NOW, duration_ms=1, status=500), now=NOW)

    assert webhooks.change_delivery(delivery, success)
    assert not webhooks.change_delivery(delivery, failure)
    stored = webhooks.find_delivery(webhook.id, delivery.id)
    assert stored is not None
    assert stored.state is DeliveryState.DELIVERED


def test_deliveries_are_paged_newest_first(store: Store) -> None:
    webhook, webhooks = a_webhook(), store.webhooks(ORG)
    deliveries = [a_delivery(webhook, minute=minute) for minute in range(5)]
    webhooks.put_deliveries(deliveries)
    webhooks.put_deliveries([a_delivery(a_webhook())])

    first = webhooks.list_deliveries(webhook.id, cursor=None, limit=3)
    second = webhooks.list_deliveries(webhook.id, cursor=first.next, limit=3)

    found = [delivery.id for delivery in [*first.items, *second.items]]
    assert found == [delivery.id for delivery in reversed(deliveries)]
    assert second.next is None
    with pytest.raises(InputError):
        webhooks.list_deliveries(webhook.id, cursor="?", limit=3)


def test_due_delivery_is_overdue_until_it_has_ended(
    store: Store, overdue_hooks: OverdueHooks
) -> None:
    webhook, webhooks = a_webhook(), store.webhooks(ORG)
    delivery = a_delivery(webhook)
    webhooks.put_deliveries([delivery])
    late = NOW + timedelta(minutes=15)

    def found() -> list[OverdueHook]:
        return list(overdue_hooks.list_overdue(late))

    [item] = found()
    assert (item.organization, item.webhook, item.hook) == (ORG, webhook.id, delivery.id)
    assert list(overdue_hooks.list_overdue(late - timedelta(seconds=1))) == []
    assert overdue_hooks.take(item, until=late + timedelta(minutes=15))
    assert not overdue_hooks.take(item, until=late + timedelta(minutes=15))
    assert found() == []
    stored = webhooks.find_delivery(webhook.id, delivery.id)
    assert stored is not None
    webhooks.change_delivery(
        stored, attempted(stored, HookAttempt(at=NOW, duration_ms=1, status=204), now=NOW)
    )
    assert list(overdue_hooks.list_overdue(late + timedelta(days=1))) == []


def test_disabled_webhook_is_overdue_until_its_notice_is_sent(
    store: Store, overdue_hooks: OverdueHooks
) -> None:
    webhook, webhooks = a_webhook(), store.webhooks(ORG)
    webhooks.create(webhook, SECRET)
    gone = disabled(webhook, DisabledReason.GONE, now=NOW)
    webhooks.change(webhook, gone)

    [item] = overdue_hooks.list_overdue(NOW)
    taken = overdue_hooks.take(item, until=NOW + timedelta(minutes=15))
    webhooks.change(gone, replace(gone, owes_notice=False))

    assert (item.webhook, item.hook, taken) == (webhook.id, None, True)
    assert list(overdue_hooks.list_overdue(NOW + timedelta(days=1))) == []


def test_sends_and_campaigns_do_not_wait_behind_deliveries(
    dynamo: DynamoStore, client: "DynamoDBClient"
) -> None:
    webhook = a_webhook()
    dynamo.webhooks(ORG).put_deliveries([a_delivery(webhook, minute=n) for n in range(30)])

    late = DynamoOverdue(client, TABLE).list_overdue(NOW + timedelta(days=1), limit=100)

    assert late == []


def test_expired_delivery_is_not_found_while_it_still_lies_there(
    dynamo: DynamoStore, clock: FakeClock
) -> None:
    webhook, webhooks = a_webhook(), dynamo.webhooks(ORG)
    delivery = a_delivery(webhook)
    webhooks.put_deliveries([delivery])

    clock.at = NOW + KEPT

    assert webhooks.find_delivery(webhook.id, delivery.id) is None
    assert webhooks.list_deliveries(webhook.id, cursor=None, limit=5).items == []


def test_id_of_an_event_follows_from_what_it_tells() -> None:
    same = {event_id(NOW, "send.sent 1") for _ in range(3)}

    assert len(same) == 1
    assert event_id(NOW, "send.sent 2") not in same
    assert event_id(NOW, "b") < event_id(NOW + timedelta(milliseconds=1), "a")
    assert all(len(one) == len(HookId(IDS.new_id(NOW))) for one in same)
    assert event_id(NOW, "x")[:10] == IDS.new_id(NOW)[:10]


def test_webhook_that_a_newer_version_wrote_or_nobody_can_read_stops_nothing(
    dynamo: DynamoStore, client: "DynamoDBClient"
) -> None:
    webhooks, newer, broken = dynamo.webhooks(ORG), a_webhook(), a_webhook()
    for webhook in (newer, broken):
        webhooks.create(webhook, SECRET)
    client.update_item(
        TableName=TABLE,
        Key=HookKeys(ORG).webhook(newer.id),
        UpdateExpression="SET events = :e",
        ExpressionAttributeValues={":e": {"L": [{"S": "send.read"}, {"S": "send.sent"}]}},
    )
    client.update_item(
        TableName=TABLE,
        Key=HookKeys(ORG).webhook(broken.id),
        UpdateExpression="SET created_at = :x",
        ExpressionAttributeValues={":x": {"S": "yesterday"}},
    )

    assert list(webhooks.list_all()) == [newer]
