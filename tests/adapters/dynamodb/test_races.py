"""Concurrent workers, lost responses and crashes: one writer wins, and nothing is lost."""

import itertools
import random
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.search_index import postings_of
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.adapters.dynamodb.table import Table
from facteur.domain.errors import ConflictError, DailyLimitError
from facteur.domain.idempotency import REQUEST_LIFETIME
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent, merge_event
from facteur.domain.requests import SendFilter
from facteur.domain.send import Origin
from tests.adapters.dynamodb.clients import one_call_at_a_time, with_lost_answers
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import IDEMPOTENCY_KEY, NOW, ORG, a_send, an_invoice, send_id
from tests.adapters.dynamodb.test_settings import PROFILE, SETTINGS
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

type Events = Mapping[EventKey, EventDetail]


def at_once[T](calls: list[Callable[[], T]]) -> list[T]:
    with ThreadPoolExecutor(len(calls)) as workers:
        return [done.result() for done in [workers.submit(call) for call in calls]]


@pytest.fixture
def shared(client: "DynamoDBClient", clock: FakeClock) -> DynamoStore:
    """A store that several threads may use."""
    return DynamoStore(one_call_at_a_time(client), TABLE, clock=clock)


@pytest.mark.feature("B44")
def test_twenty_requests_at_once_use_what_is_left_of_the_day_and_no_more(
    shared: DynamoStore,
) -> None:
    def make(minute: int) -> bool:
        try:
            return shared.sends(ORG).create(a_send(minute=minute), daily_limit=12).created
        except DailyLimitError:
            return False

    made = at_once([partial(make, minute) for minute in range(20)])

    assert sum(made) == shared.sends(ORG).used_on(NOW.date()) == 12


@pytest.mark.feature("B1")
def test_of_twenty_workers_that_claim_a_message_one_wins(shared: DynamoStore) -> None:
    sends, send = shared.sends(ORG), send_id()
    claims = [Claim(f"worker-{n}", NOW) for n in range(20)]

    won = at_once([partial(sends.claim, send, 0, claim) for claim in claims])

    assert sum(won) == 1
    state = sends.find_message(send, 0)
    assert state is not None
    assert state.claim == claims[won.index(True)]


@pytest.mark.feature("B15")
def test_of_ten_equal_requests_at_once_one_makes_a_send(shared: DynamoStore) -> None:
    sends = shared.sends(ORG)

    made = at_once([lambda: sends.create(a_send(), idempotency_key=IDEMPOTENCY_KEY)] * 10)

    assert sum(creation.created for creation in made) == 1
    assert len({creation.id for creation in made}) == 1
    assert len(sends.list_page(SendFilter(), cursor=None, limit=50).items) == 1


def test_of_ten_documents_of_one_number_at_once_one_is_made(shared: DynamoStore) -> None:
    def create() -> bool:
        try:
            return shared.documents(ORG).create(an_invoice("F-1")).created
        except ConflictError:
            return False

    assert sum(at_once([create] * 10)) == 1


EVENTS = st.dictionaries(
    st.builds(EventKey, st.sampled_from(MessageEvent), st.sampled_from([None, 0, 1])),
    st.builds(
        EventDetail,
        st.integers(0, 5).map(lambda seconds: NOW + timedelta(seconds=seconds)),
        st.sampled_from(["", "a", "ab", "b"]),
        st.sampled_from(["", "x", "x y", "é", "zz"]),
    ),
    min_size=1,
    max_size=4,
)


def merged(batches: list[Events]) -> dict[EventKey, EventDetail]:
    known: dict[EventKey, EventDetail] = {}
    for events in batches:
        for key, detail in events.items():
            known[key] = merge_event(detail, known.get(key), event=key.event)
    return known


def without_sent(events: Events) -> dict[EventKey, EventDetail]:
    return {key: detail for key, detail in events.items() if key.event is not MessageEvent.SENT}


@pytest.mark.feature("B5")
@given(st.lists(EVENTS, max_size=6), st.randoms())
def test_events_in_any_order_and_number_end_the_same(
    batches: list[Events], order: random.Random
) -> None:
    again = [*batches, *batches[:2]]
    order.shuffle(again)

    once, repeated = merged(batches), merged(again)

    assert once.keys() == repeated.keys()
    assert without_sent(once) == without_sent(repeated)


_SENDS = itertools.count()


@pytest.mark.feature("B5")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(batches=st.lists(EVENTS, min_size=1, max_size=4))
def test_the_table_keeps_the_events_that_merging_keeps(
    dynamo: DynamoStore, batches: list[Events]
) -> None:
    sends, send = dynamo.sends(ORG), send_id(NOW + timedelta(seconds=next(_SENDS)))

    for events in [*batches, batches[0]]:
        sends.record_events(send, 0, events)

    state = sends.find_message(send, 0)
    assert state is not None
    assert dict(state.events) == merged(batches)


@pytest.mark.feature("B5")
def test_events_at_once_lose_none(shared: DynamoStore) -> None:
    sends, send = shared.sends(ORG), send_id()
    events: list[Events] = [
        {
            EventKey(MessageEvent.SENT): EventDetail(NOW),
            EventKey(MessageEvent.DELIVERED, n % 5): EventDetail(NOW + timedelta(seconds=n)),
            EventKey(MessageEvent.DELAYED, 0): EventDetail(NOW - timedelta(seconds=n)),
        }
        for n in range(10)
    ]

    at_once([partial(sends.record_events, send, 0, events) for events in events])

    state = sends.find_message(send, 0)
    assert state is not None
    assert dict(state.events) == merged(events)


def test_a_repetition_by_the_sdk_does_not_stand_in_its_own_way(client: "DynamoDBClient") -> None:
    store = DynamoStore(with_lost_answers(client), TABLE)
    sends, send, claim = store.sends(ORG), send_id(), Claim("mine", NOW)
    failed = EventKey(MessageEvent.FAILED)

    assert sends.claim(send, 0, claim) is True
    sends.release(send, 0, claim)
    assert sends.claim(send, 0, claim) is True
    assert sends.record_if_claimed(send, 0, failed, EventDetail(NOW), claim=claim) is True
    assert sends.record_if_claimed(send, 1, failed, EventDetail(NOW), claim=None) is True
    sends.record_events(send, 2, {failed: EventDetail(NOW)})
    store.settings(ORG).put_settings(SETTINGS)
    store.settings(ORG).put_settings(replace(SETTINGS, name="Autre", version=2))
    store.settings(ORG).put_profile(PROFILE)

    assert sends.claim(send, 0, Claim("theirs", NOW)) is False
    assert len(sends.get_messages(send)) == 3


def test_postings_that_a_crash_left_without_their_send_are_ignored(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    sends = dynamo.sends(ORG)
    orphans = [a_send(minute=n) for n in range(5)]
    for orphan in orphans:
        Table(client, TABLE).put_many(postings_of(Keys(ORG), orphan))
    made = [a_send(minute=-1), a_send(minute=2), a_send(minute=10)]
    for send in made:
        sends.create(send)

    page = sends.list_page(SendFilter(q="dupont"), cursor=None, limit=2)
    rest = sends.list_page(SendFilter(q="dupont"), cursor=page.next, limit=2)

    assert [row.id for row in page.items] == [made[2].id, made[1].id]
    assert [row.id for row in rest.items] == [made[0].id]
    assert rest.next is None


@pytest.mark.feature("B15")
def test_a_key_may_be_used_again_after_a_day_even_before_dynamodb_removes_it(
    dynamo: DynamoStore, clock: FakeClock
) -> None:
    sends = dynamo.sends(ORG)
    sends.create(a_send(), idempotency_key=IDEMPOTENCY_KEY)
    clock.advance(REQUEST_LIFETIME - timedelta(seconds=1))
    early = sends.create(a_send(), idempotency_key=IDEMPOTENCY_KEY)
    clock.advance(timedelta(seconds=1))
    forgotten = dynamo.idempotency(ORG).find_record(IDEMPOTENCY_KEY)
    late = a_send()

    creation = sends.create(late, idempotency_key=IDEMPOTENCY_KEY)

    assert early.created is False
    assert forgotten is None
    assert (creation.id, creation.created) == (late.id, True)


class RunningClock(FakeClock):
    """A clock that advances by a second at each reading."""

    def now(self) -> datetime:
        self.advance(timedelta(seconds=1))
        return self.at


@pytest.mark.parametrize("looks_left", range(4))
def test_a_key_whose_time_ends_while_it_is_being_taken_is_taken(
    client: "DynamoDBClient", dynamo: DynamoStore, looks_left: int
) -> None:
    dynamo.sends(ORG).create(a_send(), idempotency_key=IDEMPOTENCY_KEY)
    clock = RunningClock(FakeClock.at + REQUEST_LIFETIME - timedelta(seconds=looks_left))
    running = DynamoStore(client, TABLE, clock=clock)
    late = a_send()

    creation = running.sends(ORG).create(late, idempotency_key=IDEMPOTENCY_KEY)
    taken = running.idempotency(ORG).put_record(IDEMPOTENCY_KEY, "another")

    first = creation.id if looks_left < 3 else taken.id
    assert creation.created is (looks_left < 3)
    assert taken.created is (looks_left == 3)
    record = running.idempotency(ORG).find_record(IDEMPOTENCY_KEY)
    assert record is not None
    assert record.id == first


def test_a_send_created_twice_is_there_once(dynamo: DynamoStore) -> None:
    sends, send = dynamo.sends(ORG), a_send(origin=Origin.MANUAL)
    sends.create(send)

    assert sends.create(send).created is False
    assert dynamo.documents(ORG).create(an_invoice()).created


def test_a_document_created_twice_is_there_once(dynamo: DynamoStore) -> None:
    documents, invoice = dynamo.documents(ORG), an_invoice()
    documents.create(invoice)

    assert documents.create(invoice).created is False
