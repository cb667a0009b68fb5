"""Attempts to compose: as many as are allowed, until one ends; adapter and fake alike."""

from datetime import timedelta
from typing import TYPE_CHECKING

from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.composing import MAX_UNFINISHED, ComposingAttempt
from facteur.domain.identity import SendId
from facteur.ports import Store
from tests.adapters.dynamodb.clients import with_lost_answers
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import NOW, ORG, OTHER
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

SEND = SendId("01M86CH3M0KGFGWTNQT91RGNDA")
ATTEMPTS = [
    ComposingAttempt(NOW + timedelta(milliseconds=n), f"owner-{n}") for n in range(MAX_UNFINISHED)
]
ONE_MORE = ComposingAttempt(NOW + timedelta(minutes=1), "one-more")


def test_as_many_attempts_begin_as_are_allowed(store: Store) -> None:
    sends = store.sends(ORG)

    assert all(sends.begin_composing(SEND, attempt) for attempt in ATTEMPTS)

    assert not sends.begin_composing(SEND, ONE_MORE)
    assert sorted(sends.get_unfinished(SEND)) == ATTEMPTS


def test_one_that_ends_ends_all(store: Store) -> None:
    sends = store.sends(ORG)
    for attempt in ATTEMPTS:
        sends.begin_composing(SEND, attempt)

    sends.end_composing(SEND)

    assert not sends.get_unfinished(SEND)
    assert sends.begin_composing(SEND, ONE_MORE)
    assert list(sends.get_unfinished(SEND)) == [ONE_MORE]


def test_what_was_never_begun_can_be_ended(store: Store) -> None:
    sends = store.sends(ORG)

    sends.end_composing(SEND)

    assert not sends.get_unfinished(SEND)


def test_attempts_of_another_send_or_organization_do_not_count(store: Store) -> None:
    for attempt in ATTEMPTS:
        store.sends(ORG).begin_composing(SEND, attempt)

    assert store.sends(ORG).begin_composing(SendId("01M86CH3M0KGFGWTNQT91RGNDB"), ONE_MORE)
    assert store.sends(OTHER).begin_composing(SEND, ONE_MORE)


def test_attempts_are_no_messages(store: Store) -> None:
    store.sends(ORG).begin_composing(SEND, ONE_MORE)

    assert not store.sends(ORG).get_messages(SEND)


def test_a_lost_answer_counts_an_attempt_once(client: "DynamoDBClient") -> None:
    sends = DynamoStore(with_lost_answers(client), TABLE, clock=FakeClock()).sends(ORG)

    assert all(sends.begin_composing(SEND, attempt) for attempt in ATTEMPTS)

    assert sorted(sends.get_unfinished(SEND)) == ATTEMPTS


def test_attempts_are_forgotten_when_no_message_can_be_queued_any_more(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    dynamo.sends(ORG).begin_composing(SEND, ONE_MORE)

    item = client.get_item(TableName=TABLE, Key=Keys(ORG).composing(SEND))["Item"]
    expires_at = int(item["expires_at"]["N"])
    assert timedelta(days=3).total_seconds() < expires_at - NOW.timestamp()
