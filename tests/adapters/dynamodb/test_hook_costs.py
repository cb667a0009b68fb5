"""What telling hosts costs: nothing written for an organization without webhooks."""

from datetime import timedelta

import pytest

from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.message import EventDetail, EventKey, MessageEvent
from facteur.domain.webhook import EventType, WebhookDraft
from facteur.ports import NamedRecipient, SesEvent
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.record_ses_event import RecordSesEvent
from facteur.services.delivery.settle import SettleSend
from facteur.services.webhooks.edit import EditWebhooks
from tests.adapters.dynamodb.meter import Meter, Units
from tests.adapters.dynamodb.samples import NOW, ORG, a_send
from tests.fakes import CONSOLE, FakeClock, FakeHookQueue, FakeIds, FakeOutbox, telling
from tests.unit.services.webhooks.world import CLAIRE


def told(dynamo: DynamoStore, clock: FakeClock, meter: Meter, queue: FakeHookQueue) -> Units:
    """The units of a Send that becomes sent, then delivered."""
    send = a_send(copy=None)
    dynamo.sends(ORG).create(send)
    sent = {EventKey(MessageEvent.SENT): EventDetail(NOW)}
    dynamo.sends(ORG).record_events(send.id, 0, sent, ses_message_id="ses-1")
    tell = telling(dynamo, clock, queue)
    cache = SendCache(dynamo)
    settle = SettleSend(
        store=dynamo,
        cache=cache,
        outbox=FakeOutbox(),
        ids=FakeIds(),
        clock=clock,
        tell=tell,
        console=CONSOLE,
    )
    event = SesEvent(
        organization=ORG,
        send=send.id,
        message=0,
        ses_message_id="ses-1",
        event=MessageEvent.DELIVERED,
        at=NOW + timedelta(seconds=2),
        accepted_at=NOW,
        named=(NamedRecipient(address=send.recipients[0].address, event=MessageEvent.DELIVERED),),
    )
    with meter.counting() as units:
        settle.settle(ORG, send.id)
        RecordSesEvent(store=dynamo, cache=cache, tell=tell).record(event)
    return units


@pytest.mark.feature("B41")
def test_without_a_webhook_nothing_more_is_written(
    dynamo: DynamoStore, clock: FakeClock, meter: Meter
) -> None:
    queue = FakeHookQueue()

    units = told(dynamo, clock, meter, queue)

    assert units.requests.count("UpdateItem") == 2
    assert {"TransactWriteItems", "BatchWriteItem", "PutItem"}.isdisjoint(units.requests)
    assert queue.messages == []


@pytest.mark.feature("B41")
def test_with_a_webhook_each_event_is_one_item_more(
    dynamo: DynamoStore, clock: FakeClock, meter: Meter
) -> None:
    edit = EditWebhooks(store=dynamo, clock=clock, ids=FakeIds())
    without = told(dynamo, clock, meter, FakeHookQueue())
    caller = CLAIRE.__class__(ORG, CLAIRE.user, CLAIRE.email, CLAIRE.name, CLAIRE.role)
    edit.create(caller, WebhookDraft("https://e.example/", tuple(EventType), enabled=True))
    queue = FakeHookQueue()

    units = told(dynamo, clock, meter, queue)

    # A transaction doubles the row and its delivery; a delivery stands in the index "overdue" too.
    assert len(queue.messages) == 2
    assert units.written - without.written <= 10
