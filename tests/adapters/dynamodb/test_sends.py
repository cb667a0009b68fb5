"""Sends: creation and progress, in the adapter and in the fake."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.model import OperationModel

from facteur.adapters.dynamodb.attributes import text
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.send_items import row_item
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.address import Recipient, Role
from facteur.domain.content import DocumentType
from facteur.domain.errors import ConflictError, InputError, NotFoundError
from facteur.domain.idempotency import IdempotencyKey, occurrence_key
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent, MessageState, Outcome
from facteur.domain.requests import SendFilter
from facteur.domain.send import Origin, Send, SendStatus, progress_of
from facteur.domain.send_row import advanced, row_of
from facteur.domain.settings import Sender
from facteur.locales import Locale
from facteur.ports import Store
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import (
    CAMPAIGN,
    IDEMPOTENCY_KEY,
    NOW,
    ORG,
    OTHER,
    USER,
    a_notice,
    a_send,
    frozen,
    send_id,
    to,
)

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


def a_full_send() -> Send:
    """Every field has a value that is not its default."""
    return a_send(
        origin=Origin.CAMPAIGN,
        sender=Sender(name="Zoé", address="f@x.example", reply_to="z@y.example", copy_to="z@y.ex"),
        recipients=(
            Recipient("a@x.example", Role.TO),
            Recipient("b@x.example", Role.CC),
            Recipient("c@x.example", Role.BCC),
        ),
        separate=True,
        copy="z@y.example",
        signature="<p>Zoé</p>",
        locale=Locale("en"),
        document_type=DocumentType.INVOICE,
        documents=(frozen("F-1"), frozen("F-2")),
        drafts_to_publish=(frozen().id,),
        campaign_id=CAMPAIGN,
        campaign_name="Relances du lundi",
        occurrence_at=NOW,
        occurrence_local=datetime(2026, 11, 24, 10),
        late=True,
        covers=("a@x.example",),
    )


def test_a_send_and_its_row_are_read_as_they_were_written(store: Store) -> None:
    sends = store.sends(ORG)
    for send in (a_send(), a_full_send()):
        creation = sends.create(send)

        assert (creation.id, creation.created) == (send.id, True)
        assert sends.get(send.id) == send
        assert sends.get_row(send.id) == row_of(send)


@pytest.mark.feature("B20")
def test_another_organization_finds_no_send(store: Store) -> None:
    send = a_send()
    store.sends(ORG).create(send)
    other = store.sends(OTHER)

    with pytest.raises(NotFoundError, match="send_not_found"):
        other.get(send.id)
    with pytest.raises(NotFoundError, match="send_not_found"):
        other.get_row(send.id)
    for wanted in (
        SendFilter(),
        SendFilter(status=SendStatus.QUEUED),
        SendFilter(q="dupont"),
        SendFilter(recipient=send.recipients[0].address),
    ):
        assert list(other.list_page(wanted, cursor=None, limit=10).items) == []


@pytest.mark.feature("B15")
def test_the_same_request_makes_one_send(store: Store) -> None:
    sends = store.sends(ORG)
    first, second = a_send(), a_send(minute=1)
    sends.create(first, idempotency_key=IDEMPOTENCY_KEY)

    creation = sends.create(second, idempotency_key=IDEMPOTENCY_KEY)

    assert (creation.id, creation.created) == (first.id, False)
    with pytest.raises(NotFoundError):
        sends.get_row(second.id)
    page = sends.list_page(SendFilter(q="dupont"), cursor=None, limit=10)
    assert [row.id for row in page.items] == [first.id]


def test_an_idempotency_record_names_the_first_send(store: Store) -> None:
    send = a_send()
    store.sends(ORG).create(send, idempotency_key=IDEMPOTENCY_KEY)

    record = store.idempotency(ORG).find_record(IDEMPOTENCY_KEY)

    assert record is not None
    assert (record.id, record.fingerprint) == (send.id, IDEMPOTENCY_KEY.fingerprint)
    assert store.idempotency(OTHER).find_record(IDEMPOTENCY_KEY) is None
    assert store.idempotency(ORG).find_record(IdempotencyKey(USER, "key-2", "x")) is None


def test_an_idempotency_record_keeps_the_facts_of_the_first_request(store: Store) -> None:
    facts = {"at": "2026-11-24T09:00:00+00:00", "name": 'Équipe "Bercy"'}
    store.sends(ORG).create(a_send(), idempotency_key=replace(IDEMPOTENCY_KEY, facts=facts))

    record = store.idempotency(ORG).find_record(IDEMPOTENCY_KEY)
    creation = store.sends(ORG).create(a_send(minute=1), idempotency_key=IDEMPOTENCY_KEY)

    assert record is not None
    assert record.facts == creation.facts == facts


def test_another_body_under_a_used_key_is_refused(store: Store) -> None:
    sends = store.sends(ORG)
    sends.create(a_send(), idempotency_key=IDEMPOTENCY_KEY)

    with pytest.raises(InputError) as raised:
        sends.create(a_send(), idempotency_key=replace(IDEMPOTENCY_KEY, fingerprint="another"))

    (problem,) = raised.value.problems
    assert (problem.field, problem.code) == ("Idempotency-Key", "idempotency_key_reused")


def test_a_retry_is_linked_both_ways(store: Store) -> None:
    sends = store.sends(ORG)
    original = a_send()
    sends.create(original)
    first = a_send(minute=30, origin=Origin.RETRY, retry_of=original.id)
    second = a_send(minute=60, origin=Origin.RETRY, retry_of=original.id)

    sends.create(first)
    sends.create(second, after_retries=1)

    assert sends.get_row(original.id).retried_by == (first.id, second.id)
    assert sends.get_row(first.id).retry_of == original.id


@pytest.mark.parametrize("after_retries", [0, 2])
def test_of_two_retries_at_once_one_wins(store: Store, after_retries: int) -> None:
    sends = store.sends(ORG)
    original = a_send()
    sends.create(original)
    first = a_send(minute=30, origin=Origin.RETRY, retry_of=original.id)
    second = a_send(minute=30, origin=Origin.RETRY, retry_of=original.id)
    sends.create(first)

    with pytest.raises(ConflictError, match="already_retried"):
        sends.create(second, after_retries=after_retries)

    assert sends.get_row(original.id).retried_by == (first.id,)
    with pytest.raises(NotFoundError):
        sends.get_row(second.id)


def test_the_same_retry_request_again_finds_the_first(store: Store) -> None:
    sends = store.sends(ORG)
    original = a_send()
    sends.create(original)
    first = a_send(minute=30, origin=Origin.RETRY, retry_of=original.id)
    again = a_send(minute=30, origin=Origin.RETRY, retry_of=original.id)
    sends.create(first, idempotency_key=IDEMPOTENCY_KEY)

    creation = sends.create(again, idempotency_key=IDEMPOTENCY_KEY)

    assert (creation.id, creation.created) == (first.id, False)


def test_a_retry_of_nothing_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError, match="send_not_found"):
        store.sends(ORG).create(a_send(retry_of=send_id()))


def test_progress_is_stored_and_raises_the_revision(store: Store) -> None:
    sends = store.sends(ORG)
    send = a_send(recipients=to("a@x.example", "b@x.example"))
    sends.create(send)
    state = MessageState(
        0,
        claim=Claim("w", NOW),
        ses_message_id="ses-1",
        events={
            EventKey(MessageEvent.SENT): EventDetail(NOW),
            EventKey(MessageEvent.HARD_BOUNCED, 1): EventDetail(
                NOW, "address_rejected", "550 5.1.1 inconnu"
            ),
        },
    )
    row = advanced(sends.get_row(send.id), progress_of(send, {0: state}), now=NOW)

    assert (
        sends.advance(replace(row, notified=True, waiting_for_quota=True, requeued_at=NOW)) is True
    )

    stored = sends.get_row(send.id)
    assert stored == replace(
        row, notified=True, waiting_for_quota=True, requeued_at=NOW, revision=1
    )
    assert stored.overdue_at is None
    assert stored.progress.status is SendStatus.FAILED
    assert [r.outcome for r in stored.progress.recipients] == [Outcome.SENT, Outcome.BOUNCED]


def test_of_two_workers_that_bring_a_row_forward_one_wins(store: Store) -> None:
    sends = store.sends(ORG)
    send = a_send()
    sends.create(send)
    row = sends.get_row(send.id)
    sends.advance(row)

    assert sends.advance(replace(row, notified=True), notice=a_notice(send)) is False

    assert sends.get_row(send.id) == replace(row, revision=1)


def test_progress_keeps_a_retry_noted_meanwhile(store: Store) -> None:
    sends = store.sends(ORG)
    send = a_send()
    sends.create(send)
    row = sends.get_row(send.id)
    retry = a_send(minute=30, origin=Origin.RETRY, retry_of=send.id)
    sends.create(retry)

    assert sends.advance(row) is True

    assert sends.get_row(send.id).retried_by == (retry.id,)


@pytest.mark.feature("B25")
def test_a_notice_is_created_with_its_row_and_stays_out_of_the_history(store: Store) -> None:
    sends = store.sends(ORG)
    send = a_send()
    sends.create(send)
    notice = a_notice(send)

    assert sends.advance(replace(sends.get_row(send.id), notified=True), notice=notice) is True

    assert sends.get_row(send.id).notified
    assert sends.get(notice.id) == notice
    assert sends.get_row(notice.id) == row_of(notice)
    for wanted in (SendFilter(), SendFilter(q="dupont"), SendFilter(status=SendStatus.QUEUED)):
        page = sends.list_page(wanted, cursor=None, limit=10)
        assert [row.id for row in page.items] == [send.id]


def test_a_notice_is_brought_forward_like_any_send(store: Store) -> None:
    sends = store.sends(ORG)
    notice = a_notice(a_send())
    sends.create(notice)
    row = sends.get_row(notice.id)

    assert sends.advance(replace(row, overdue_at=None)) is True

    assert sends.get_row(notice.id) == replace(row, overdue_at=None, revision=1)


def test_a_deadline_comes_back_after_it_was_removed(store: Store) -> None:
    sends = store.sends(ORG)
    send = a_send()
    sends.create(send)
    sends.advance(replace(sends.get_row(send.id), overdue_at=None))
    later = NOW + timedelta(hours=2)

    sends.advance(replace(sends.get_row(send.id), overdue_at=later))

    assert sends.get_row(send.id).overdue_at == later


def test_the_rows_of_a_campaign_are_listed_newest_first(store: Store) -> None:
    sends = store.sends(ORG)
    made = [a_send(minute=n, campaign_id=CAMPAIGN) for n in range(25)]
    for send in made:
        sends.create(send)
    sends.create(a_send(minute=30))
    store.sends(OTHER).create(a_send(minute=31, campaign_id=CAMPAIGN))

    rows = list(sends.of_campaign(CAMPAIGN))

    assert rows == [sends.get_row(send.id) for send in reversed(made)]


def test_a_row_that_cannot_be_read_does_not_hide_the_others(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    made = [a_send(minute=n, campaign_id=CAMPAIGN) for n in range(3)]
    for send in made:
        dynamo.sends(ORG).create(send)
    damaged = row_item(Keys(ORG), row_of(made[1])) | {"p": text("not JSON")}
    client.put_item(TableName=TABLE, Item=damaged)

    rows = list(dynamo.sends(ORG).of_campaign(CAMPAIGN))

    assert [row.id for row in rows] == [made[2].id, made[0].id]


def test_what_workers_decide_by_is_read_consistently(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    send = a_send(campaign_id=CAMPAIGN)
    dynamo.sends(ORG).create(send)
    eventual: list[str] = []

    def note(params: dict[str, Any], model: OperationModel, **_: object) -> None:
        tables = params.get("RequestItems", {"": params}).values()
        if not all(table.get("ConsistentRead") for table in tables):
            eventual.append(model.name)

    client.meta.events.register("provide-client-params.dynamodb", note, unique_id="consistent")
    try:
        list(dynamo.sends(ORG).of_campaign(CAMPAIGN))
        dynamo.sends(ORG).get_messages(send.id)
        dynamo.sends(ORG).find_message(send.id, 0)
        dynamo.sends(ORG).get_row(send.id)
        dynamo.campaigns(ORG).find(CAMPAIGN)
        dynamo.idempotency(ORG).find_send(occurrence_key(CAMPAIGN, NOW, instants=[NOW]))
    finally:
        client.meta.events.unregister("provide-client-params.dynamodb", unique_id="consistent")

    assert eventual == []
