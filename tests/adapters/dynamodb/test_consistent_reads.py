"""What the ports promise to read consistently, read beside a replica that lags behind."""

from typing import TYPE_CHECKING

import pytest

from facteur.adapters.dynamodb.attributes import text
from facteur.adapters.dynamodb.expression import Put
from facteur.adapters.dynamodb.keys import Partition, Span
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.adapters.dynamodb.table import Table
from facteur.domain.composing import ComposingAttempt
from facteur.domain.content import DocumentStatus
from facteur.domain.idempotency import extra_run_key
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent
from tests.adapters.dynamodb.clients import lagging
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import (
    CAMPAIGN,
    IDEMPOTENCY_KEY,
    NOW,
    ORG,
    a_campaign,
    a_notice,
    a_send,
    an_invoice,
)
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


@pytest.fixture
def late(client: "DynamoDBClient", clock: FakeClock) -> DynamoStore:
    return DynamoStore(lagging(client), TABLE, clock=clock)


def test_the_replica_of_these_tests_has_nothing(client: "DynamoDBClient") -> None:
    table, item = Table(lagging(client), TABLE), {"pk": text("p"), "sk": text("1")}
    table.write(Put(item=item))

    assert list(table.query(Partition("p"), Span("0", "9"))) == []
    assert table.get_many([item]) == []
    assert table.get_many([item], consistent=True) == [item]


def test_an_item_is_what_was_written_last(client: "DynamoDBClient") -> None:
    table, item = Table(lagging(client), TABLE), {"pk": text("p"), "sk": text("1")}
    table.write(Put(item=item))

    assert table.get(item) == item


@pytest.mark.feature("B5")
def test_messages_are_what_was_written_last(late: DynamoStore) -> None:
    send, sends = a_send(), late.sends(ORG)
    claim = Claim("owner", NOW)
    sent = {EventKey(MessageEvent.SENT): EventDetail(NOW)}
    sends.claim(send.id, 0, claim)
    sends.record_events(send.id, 1, sent)

    states = sends.get_messages(send.id)
    first = sends.find_message(send.id, 0)

    assert states[0].claim == claim
    assert states[1].events == sent
    assert first == states[0]


def test_sends_and_their_rows_are_what_was_written_last(late: DynamoStore) -> None:
    send, sends = a_send(), late.sends(ORG)
    notice = a_notice(send)
    sends.create(send, idempotency_key=extra_run_key(CAMPAIGN, "01JDEXAMPLERUN000000000001"))
    sends.advance(sends.get_row(send.id), notice=notice)

    assert sends.get(send.id) == send
    assert sends.get_row(send.id).revision == 1
    assert sends.get_row(notice.id).id == notice.id


def test_attempts_to_compose_are_what_was_written_last(late: DynamoStore) -> None:
    attempt, send = ComposingAttempt(NOW, "owner"), a_send()
    late.sends(ORG).begin_composing(send.id, attempt)

    assert list(late.sends(ORG).get_unfinished(send.id)) == [attempt]


def test_what_was_done_once_is_known_at_once(late: DynamoStore) -> None:
    run = extra_run_key(CAMPAIGN, "01JDEXAMPLERUN000000000001")
    first, other = a_send(), a_send()
    late.sends(ORG).create(first, idempotency_key=run)
    late.sends(ORG).create(other, idempotency_key=IDEMPOTENCY_KEY)

    record = late.idempotency(ORG).find_record(IDEMPOTENCY_KEY)
    again = late.sends(ORG).create(a_send(), idempotency_key=run)

    assert late.idempotency(ORG).find_send(run) == first.id
    assert record is not None
    assert record.id == other.id
    assert (again.id, again.created) == (first.id, False)


def test_documents_and_campaigns_are_what_was_written_last(late: DynamoStore) -> None:
    document = an_invoice()
    campaign = a_campaign(document_ids=(document.id,))
    late.documents(ORG).create(document)
    late.documents(ORG).set_status(document.id, DocumentStatus.SENT, only_from=DocumentStatus.DRAFT)
    late.campaigns(ORG).create(campaign)

    assert late.documents(ORG).get(document.id).status is DocumentStatus.SENT
    assert late.campaigns(ORG).get(campaign.id).id == campaign.id
    assert late.campaigns(ORG).find(campaign.id) is not None
    assert [used.id for used in late.campaigns(ORG).using(document.id)] == [campaign.id]
