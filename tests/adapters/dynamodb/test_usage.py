"""The use of a day, counted in the transaction that makes a Send: in the adapter and the fake."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.campaign_transitions import paused
from facteur.domain.errors import (
    AlreadyRetriedError,
    CampaignMovedError,
    DailyLimitError,
    NotFoundError,
)
from facteur.domain.send import Origin, SendFailure
from facteur.ports import Store
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import (
    IDEMPOTENCY_KEY,
    NOW,
    ORG,
    OTHER,
    a_campaign,
    a_notice,
    a_send,
    its_send,
    to,
)
from tests.adapters.dynamodb.test_advances import next_key, past_next

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

TODAY = NOW.date()


@pytest.mark.feature("B44")
def test_every_message_of_a_send_counts_for_its_day(store: Store) -> None:
    sends = store.sends(ORG)
    separate = a_send(
        recipients=to("a@x.example", "b@x.example"), separate=True, copy="z@y.example"
    )

    sends.create(separate, daily_limit=10)
    sends.create(a_send(), daily_limit=10)

    assert sends.used_on(TODAY) == 4
    assert sends.used_on(TODAY + timedelta(days=1)) == 0
    assert store.sends(OTHER).used_on(TODAY) == 0


@pytest.mark.feature("B44")
def test_the_last_messages_of_a_day_may_be_used_and_no_more(store: Store) -> None:
    sends = store.sends(ORG)
    two = a_send(recipients=to("a@x.example", "b@x.example"), separate=True)
    sends.create(a_send(), daily_limit=3)
    sends.create(two, daily_limit=3)

    refused = a_send()
    with pytest.raises(DailyLimitError) as raised:
        sends.create(refused, daily_limit=3)

    assert (raised.value.code, raised.value.params) == ("daily_limit_reached", {"limit": 3})
    assert raised.value.retry_after == 15 * 3_600  # from nine o'clock to midnight
    assert sends.used_on(TODAY) == 3
    with pytest.raises(NotFoundError):
        sends.get_row(refused.id)


@pytest.mark.feature("B44")
def test_a_send_larger_than_a_day_is_refused_on_an_unused_day(store: Store) -> None:
    sends = store.sends(ORG)
    send = a_send(recipients=to("a@x.example", "b@x.example"), separate=True)

    with pytest.raises(DailyLimitError):
        sends.create(send, daily_limit=1)
    with pytest.raises(DailyLimitError):
        sends.create(a_send(), daily_limit=0)

    assert sends.used_on(TODAY) == 0


@pytest.mark.feature("B44")
def test_the_next_day_begins_at_midnight_utc(store: Store) -> None:
    sends = store.sends(ORG)
    last = a_send(queued_at=datetime(2026, 11, 24, 23, 59, 59, 500_000, UTC))
    first = a_send(queued_at=datetime(2026, 11, 25, tzinfo=UTC))
    sends.create(a_send(), daily_limit=1)

    with pytest.raises(DailyLimitError) as raised:
        sends.create(last, daily_limit=1)
    sends.create(first, daily_limit=1)

    assert raised.value.retry_after == 1
    assert sends.used_on(date(2026, 11, 25)) == 1


@pytest.mark.feature("B15")
def test_a_repeated_request_gets_its_first_send_on_a_day_used_up(store: Store) -> None:
    sends = store.sends(ORG)
    first = a_send()
    sends.create(first, idempotency_key=IDEMPOTENCY_KEY, daily_limit=1)

    again = sends.create(a_send(minute=1), idempotency_key=IDEMPOTENCY_KEY, daily_limit=1)

    assert (again.id, again.created) == (first.id, False)
    assert sends.used_on(TODAY) == 1


@pytest.mark.feature("B44")
def test_a_send_that_could_not_be_made_counts_nothing(store: Store) -> None:
    sends = store.sends(ORG)

    sends.create(a_send(failure=SendFailure(code="missed")), daily_limit=0)

    assert sends.used_on(TODAY) == 0


@pytest.mark.feature("B44")
def test_a_retry_counts_and_a_refused_one_may_be_made_another_day(store: Store) -> None:
    sends = store.sends(ORG)
    original = a_send()
    sends.create(original, daily_limit=1)
    refused = a_send(minute=1, origin=Origin.RETRY, retry_of=original.id)
    later = replace(
        a_send(minute=2, origin=Origin.RETRY, retry_of=original.id),
        queued_at=NOW + timedelta(days=1),
    )

    with pytest.raises(DailyLimitError):
        sends.create(refused, daily_limit=1)
    sends.create(later, daily_limit=1)

    assert sends.get_row(original.id).retried_by == (later.id,)


@pytest.mark.feature("B44")
def test_a_retry_made_meanwhile_is_named_before_the_limit(store: Store) -> None:
    sends = store.sends(ORG)
    original = a_send()
    sends.create(original, daily_limit=2)
    sends.create(a_send(minute=1, origin=Origin.RETRY, retry_of=original.id), daily_limit=2)

    with pytest.raises(AlreadyRetriedError):
        sends.create(a_send(minute=2, origin=Origin.RETRY, retry_of=original.id), daily_limit=9)


@pytest.mark.feature("B44")
def test_a_campaign_stays_at_an_occurrence_that_the_limit_refuses(store: Store) -> None:
    campaign = a_campaign()
    store.campaigns(ORG).create(campaign)
    send = its_send(campaign)

    with pytest.raises(DailyLimitError):
        store.sends(ORG).create(
            send,
            idempotency_key=next_key(campaign),
            advance=past_next(campaign),
            daily_limit=0,
        )

    assert store.campaigns(ORG).get(campaign.id) == campaign
    assert store.idempotency(ORG).find_send(next_key(campaign)) is None


@pytest.mark.feature("B44")
def test_a_campaign_that_moved_is_read_again_whatever_is_left_of_the_day(store: Store) -> None:
    campaign = a_campaign()
    store.campaigns(ORG).create(campaign)
    store.campaigns(ORG).change(campaign, paused(campaign, NOW))

    with pytest.raises(CampaignMovedError):
        store.sends(ORG).create(its_send(campaign), advance=past_next(campaign), daily_limit=2_000)

    assert store.sends(ORG).used_on(TODAY) == 0


@pytest.mark.feature("B44")
def test_notices_are_counted_apart_and_are_bounded(store: Store) -> None:
    sends = store.sends(ORG)
    first, second = a_send(), a_send(minute=1)
    for send in (first, second):
        sends.create(send, daily_limit=2)
    row = sends.get_row(second.id)

    assert sends.advance(sends.get_row(first.id), notice=a_notice(first), notice_limit=1) is True
    with pytest.raises(DailyLimitError):
        sends.advance(row, notice=a_notice(second), notice_limit=1)

    assert sends.used_on(TODAY) == 2
    assert sends.get_row(second.id) == row


@pytest.mark.feature("B44")
def test_a_faster_worker_is_named_before_the_limit_of_notices(store: Store) -> None:
    sends = store.sends(ORG)
    send = a_send()
    sends.create(send)
    row = sends.get_row(send.id)
    sends.advance(row)

    assert sends.advance(row, notice=a_notice(send), notice_limit=0) is False


@pytest.mark.feature("B44")
def test_a_refused_send_leaves_nothing_behind(
    dynamo: DynamoStore, stored_items: Callable[[], int]
) -> None:
    dynamo.sends(ORG).create(a_send(), daily_limit=1)
    before = stored_items()

    for minute in range(5):
        with pytest.raises(DailyLimitError):
            dynamo.sends(ORG).create(a_send(minute=minute), daily_limit=1)

    assert stored_items() == before


@pytest.mark.feature("B44")
def test_the_use_of_a_day_goes_by_itself(client: "DynamoDBClient", dynamo: DynamoStore) -> None:
    dynamo.sends(ORG).create(a_send(), daily_limit=1)

    item = client.get_item(TableName=TABLE, Key=Keys(ORG).usage(TODAY))["Item"]

    expires_at = datetime.fromtimestamp(int(item["expires_at"]["N"]), UTC)
    assert timedelta(days=30) < expires_at - NOW < timedelta(days=60)
