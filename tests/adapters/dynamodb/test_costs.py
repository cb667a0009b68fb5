"""Items are small, and the cost of reads and writes does not grow with the history."""

import random
import string
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from moto.backends import get_backend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.dynamo_type import Item as StoredItem

from facteur.adapters.dynamodb.attributes import Item
from facteur.adapters.dynamodb.document_items import content_item as document_content_item
from facteur.adapters.dynamodb.document_items import summary_item
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.packing import SHORT_NAMES
from facteur.adapters.dynamodb.search_index import MOST_TERMS, postings_of
from facteur.adapters.dynamodb.send_items import content_item, row_item
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.content import DocumentType, StaffList
from facteur.domain.errors import InputError
from facteur.domain.identity import Caller, OrgId, UserId
from facteur.domain.message import Claim, EventDetail, EventKey, MessageEvent, MessageState
from facteur.domain.requests import SendFilter
from facteur.domain.resolution import Resolution
from facteur.domain.send import SendStatus, progress_of
from facteur.domain.send_row import advanced, row_of
from facteur.ports import DocumentFilter, Sends
from facteur.services.documents.propose import ProposeFields
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.meter import Meter, size_of
from tests.adapters.dynamodb.samples import (
    CAMPAIGN,
    NOW,
    ORG,
    OTHER,
    a_list,
    a_send,
    an_invoice,
    frozen,
    to,
)
from tests.adapters.dynamodb.thin_table import ThinTable
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

KEYS = Keys(ORG)
KB = 1024
SES_ID = "01020192f3a4b5c6-0a1b2c3d-4e5f-6789-abcd-ef0123456789-000000"
RANDOM = random.Random(1)  # noqa: S311 - the same at every run


def text(length: int) -> str:
    return "".join(RANDOM.choices(string.ascii_letters + string.digits, k=length))


def test_the_row_of_an_ordinary_send_has_at_most_a_kilobyte() -> None:
    send = a_send(
        campaign_id=CAMPAIGN,
        campaign_name="Relances du lundi matin",
        occurrence_at=NOW,
    )
    state = MessageState(
        0,
        claim=Claim("w", NOW),
        ses_message_id=SES_ID,
        events={
            EventKey(MessageEvent.SENT): EventDetail(NOW),
            EventKey(MessageEvent.DELIVERED, 0): EventDetail(
                NOW, "", "250 2.0.0 OK 1764000000 d9443c01a7336"
            ),
        },
    )
    row = advanced(row_of(send), progress_of(send, {0: state}), now=NOW)

    assert size_of(row_item(Keys(OrgId("01JDEXAMPLEORGANIZATION001")), row)) <= KB


def test_short_names_are_distinct_and_hide_no_long_name() -> None:
    shorts = list(SHORT_NAMES.values())
    in_full = {"at", "late"}

    assert len(set(shorts)) == len(shorts)
    assert not (set(SHORT_NAMES) | in_full) & set(shorts)


def test_a_message_has_at_most_three_hundred_bytes(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    send = a_send()
    sends = dynamo.sends(ORG)
    sends.claim(send.id, 0, Claim("5b1c7a34-8f0e-4a43-9d1b-2f6f0f3f9a11", NOW))
    sends.record_events(
        send.id, 0, {EventKey(MessageEvent.SENT): EventDetail(NOW)}, ses_message_id=SES_ID
    )

    item = client.get_item(TableName=TABLE, Key=KEYS.message(send.id, 0))["Item"]

    assert size_of(item) <= 300


def test_the_content_of_the_largest_send_fits_an_item() -> None:
    addresses = [f"{text(24)}@{text(16)}.example" for _ in range(1_000)]
    send = a_send(
        recipients=to(*addresses),
        covers=tuple(addresses),
        body=text(20_000),
        signature=text(10_000),
        documents=tuple(frozen(text(50), text(200)) for _ in range(10)),
    )

    assert size_of(content_item(KEYS, send)) < 400 * KB


def test_postings_are_bounded_and_small() -> None:
    words = " ".join(text(20) for _ in range(12))
    send = a_send(
        subject=words,
        campaign_id=CAMPAIGN,
        documents=tuple(frozen(text(50), text(200)) for _ in range(10)),
    )

    postings = postings_of(KEYS, send)

    assert len(postings) <= MOST_TERMS + 3
    assert max(map(size_of, postings)) <= 500


def test_words_that_a_posting_has_no_room_for_are_found_all_the_same(dynamo: DynamoStore) -> None:
    names = [f"{text(40)} fin{n}" for n in range(10)]
    send = a_send(documents=tuple(frozen(f"F-{n}", name) for n, name in enumerate(names)))
    dynamo.sends(ORG).create(send)
    dynamo.sends(ORG).create(a_send())

    page = dynamo.sends(ORG).list_page(SendFilter(q="dupont fin9"), cursor=None, limit=5)

    assert [row.id for row in page.items] == [send.id]


def test_the_summary_of_an_ordinary_document_has_at_most_a_kilobyte() -> None:
    assert size_of(summary_item(KEYS, an_invoice())) <= KB
    assert size_of(summary_item(KEYS, a_list())) <= KB


def test_the_longest_ordinary_list_fits_an_item_with_room_to_spare() -> None:
    assert size_of(document_content_item(KEYS, a_list(entries=1_000))) <= 100 * KB


def test_a_content_too_large_for_an_item_is_refused(dynamo: DynamoStore) -> None:
    document = a_list(entries=1_000)
    assert isinstance(document.content, StaffList)
    entries = tuple(
        entry.model_copy(update={name: text(200) for name in ("first_name", "position", "email")})
        for entry in document.content.entries
    )
    large = replace(document, content=document.content.model_copy(update={"entries": entries}))

    with pytest.raises(InputError) as raised:
        dynamo.documents(ORG).create(large)

    assert raised.value.problems[0].code == "document_too_large"


def test_a_send_to_one_recipient_costs_a_counted_number_of_units(
    meter: Meter, dynamo: DynamoStore
) -> None:
    sends, send = dynamo.sends(ORG), a_send()

    with meter.counting() as creation:
        sends.create(send, daily_limit=2_000)
    with meter.counting() as delivery:
        sends.claim(send.id, 0, Claim("w", NOW))
        sends.record_events(
            send.id, 0, {EventKey(MessageEvent.SENT): EventDetail(NOW)}, ses_message_id=SES_ID
        )

    # Facture, 2026, 0142, F-2026-0142, 2026-0142, Dupont, SARL: 10 terms; recipient, document; row
    # and content twice, and the row's two index entries; the use of the day, read once before.
    assert creation.written == 10 + 2 + 2 * 2 + 2 + 2
    assert creation.read == 1
    assert creation.requests == ["GetItem", "BatchWriteItem", "TransactWriteItems"]
    assert (delivery.written, delivery.read) == (2, 0)


@pytest.mark.parametrize("events", [0, 1])
def test_each_further_separate_recipient_costs_three_units_and_one_an_event(
    meter: Meter, dynamo: DynamoStore, events: int
) -> None:
    sends = dynamo.sends(ORG)

    def cost(recipients: int) -> int:
        addresses = [f"client-{n}@dupont.example" for n in range(recipients)]
        send = a_send(recipients=to(*addresses), separate=True)
        with meter.counting() as units:
            sends.create(send)
            for n in range(recipients):
                sends.claim(send.id, n, Claim("5b1c7a34-8f0e-4a43-9d1b-2f6f0f3f9a11", NOW))
                sends.record_events(
                    send.id,
                    n,
                    {EventKey(MessageEvent.SENT): EventDetail(NOW)},
                    ses_message_id=SES_ID,
                )
                for _ in range(events):
                    delivered = EventDetail(NOW, "", "250 2.0.0 OK " + "x" * 80)
                    sends.record_events(
                        send.id, n, {EventKey(MessageEvent.DELIVERED, 0): delivered}
                    )
        return units.written

    ten, sixty = cost(10), cost(60)

    # Some hundreds of recipients may take the content, compressed, to its next kilobyte.
    assert sixty - ten <= (3 + events) * 50 + 2 * 2


def put_directly(items: Iterable[Item]) -> None:
    """Put items into moto's memory, since ten thousand requests would take half a minute."""
    ((_, regions),) = get_backend("dynamodb").items()
    stored = regions["eu-west-3"].tables[TABLE].items
    for item in items:
        pk, sk = (DynamoType(dict(item[name])) for name in ("pk", "sk"))
        stored[pk][sk] = StoredItem(pk, sk, item)


def history_of(count: int, keys: Keys) -> Iterator[Item]:
    """Rows and the postings that the tests read, put directly."""
    for n in range(count):
        at = NOW + timedelta(seconds=n)
        document = frozen(f"F-2026-{n:05d}", id=f"01JDEXAMPLEDOCUMENT{n % 7:07d}")
        send = a_send(
            queued_at=at,
            subject=f"Facture F-2026-{n:05d} - Dupont SARL",
            documents=(document,),
            recipients=to(f"client-{n % 3}@dupont.example"),
        )
        row = row_of(send)
        status = (SendStatus.QUEUED, SendStatus.SENT, SendStatus.FAILED)[n % 3]
        row = replace(row, progress=replace(row.progress, status=status))
        yield row_item(keys, replace(row, resolved_at=at if n % 6 == 5 else None))
        yield from (
            posting
            for posting in postings_of(keys, send)
            if posting["pk"]["S"].endswith(("#dupont", "@dupont.example"))
        )


@pytest.mark.feature("S78")
def test_a_page_of_ten_thousand_sends_reads_what_a_page_of_two_hundred_reads(
    dynamo: DynamoStore, meter: Meter
) -> None:
    small, large = list(history_of(200, KEYS)), history_of(10_000, Keys(OTHER))
    put_directly(small)
    thin = ThinTable(TABLE, [*small, *large]).as_client()
    thin_store = DynamoStore(thin, TABLE, clock=FakeClock())
    thin_meter = Meter(thin, thin, TABLE)

    of_moto = units_of_pages(dynamo.sends(ORG), meter)
    of_small, of_large = (
        units_of_pages(thin_store.sends(organization), thin_meter) for organization in (ORG, OTHER)
    )

    assert of_moto == of_small == of_large
    assert max(of_large.values()) <= 25


def units_of_pages(sends: Sends, meter: Meter) -> dict[SendFilter, float]:
    """Read units of the second page of ten items, by filter."""
    client = "client-1@dupont.example"
    reads = {}
    for wanted in (
        SendFilter(),
        SendFilter(status=SendStatus.FAILED),
        SendFilter(resolution=Resolution.OPEN),
        SendFilter(resolution=Resolution.RESOLVED, type=DocumentType.INVOICE),
        SendFilter(type=DocumentType.INVOICE),
        SendFilter(type=DocumentType.INVOICE, status=SendStatus.SENT),
        SendFilter(q="dupont sarl"),
        SendFilter(recipient=client),
        SendFilter(recipient=client, status=SendStatus.SENT, q="facture"),
    ):
        first = sends.list_page(wanted, cursor=None, limit=10)
        with meter.counting() as units:
            second = sends.list_page(wanted, cursor=first.next, limit=10)
        assert len(second.items) == 10
        reads[wanted] = units.read
    return reads


def test_a_search_for_what_hardly_exists_stops_after_five_hundred_postings(
    dynamo: DynamoStore, meter: Meter
) -> None:
    put_directly(history_of(1_200, KEYS))
    sends = dynamo.sends(ORG)
    wanted = SendFilter(q="dupont", status=SendStatus.QUEUED, type=DocumentType.STAFF_LIST)

    with meter.counting() as units:
        first = sends.list_page(wanted, cursor=None, limit=50)
    second = sends.list_page(wanted, cursor=first.next, limit=50)
    third = sends.list_page(wanted, cursor=second.next, limit=50)
    back = sends.list_page(wanted, cursor=third.previous, limit=50)

    assert [len(page.items) for page in (first, second, third)] == [0, 0, 0]
    assert first.next is not None
    assert second.next is not None
    assert third.next is None
    assert back.next == second.next
    assert units.read <= 30


def test_a_page_of_documents_with_filters_looks_at_five_hundred(
    dynamo: DynamoStore, meter: Meter
) -> None:
    drafts = [summary_item(KEYS, an_invoice(f"F-{n}", minute=n)) for n in range(700)]
    put_directly(drafts)
    wanted = DocumentFilter(type=DocumentType.STAFF_LIST)

    with meter.counting() as units:
        page = dynamo.documents(ORG).list_page(wanted, cursor=None, limit=50)
    rest = dynamo.documents(ORG).list_page(wanted, cursor=page.next, limit=50)

    assert (list(page.items), list(rest.items)) == ([], [])
    assert page.next is not None
    assert rest.next is None
    assert units.read <= 100


@pytest.mark.feature("B40")
def test_proposals_cost_at_most_one_page_whatever_there_is(
    dynamo: DynamoStore, meter: Meter
) -> None:
    caller = Caller(ORG, UserId("u1"), "a@x.example", "A")
    propose = ProposeFields(store=dynamo, clock=FakeClock())
    put_directly(summary_item(KEYS, an_invoice(f"F-{n}", minute=n)) for n in range(700))

    with meter.counting() as numbering:
        number = propose.next_number(caller, DocumentType.INVOICE)
    with meter.counting() as without_any:
        none = propose.next_number(caller, DocumentType.PURCHASE_ORDER)
    with meter.counting() as parties:
        propose.parties(caller, DocumentType.INVOICE, "nobody")

    assert (number, none) == ("F-700", "")
    assert numbering.read <= 30
    assert without_any.read <= 100
    assert parties.read <= 100
    assert numbering.written + without_any.written + parties.written == 0
