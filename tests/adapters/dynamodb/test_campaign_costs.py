"""Campaigns are small, and the cost of a page does not depend on their number."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from facteur.adapters.dynamodb.campaign_items import campaign_item
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.overdue import DynamoOverdue
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.campaign import CampaignStatus
from facteur.domain.campaign_transitions import edited, paused
from facteur.domain.identity import DocumentId, SendId
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.meter import Meter, size_of
from tests.adapters.dynamodb.samples import (
    IDEMPOTENCY_KEY,
    NOW,
    ORG,
    OTHER,
    a_campaign,
    a_draft,
    a_list,
    a_send,
    its_send,
    to,
)
from tests.adapters.dynamodb.test_advances import next_key, past_next
from tests.adapters.dynamodb.test_costs import put_directly, text

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

KB = 1024
LATER = NOW + timedelta(hours=1)


def test_an_ordinary_campaign_has_at_most_a_kilobyte() -> None:
    people = tuple(f"prenom.nom{n}@entreprise-{n}.example" for n in range(12))
    campaign = a_campaign(recipients=people, body="Bonjour,\n\n" + "Voici la liste. " * 20)

    item = campaign_item(Keys(ORG), campaign) | {"last_send": {"S": campaign.id}}

    assert size_of(item) <= KB


def test_the_largest_campaign_fits_an_item(dynamo: DynamoStore) -> None:
    campaign = a_campaign(
        recipients=tuple(f"{text(64)}@{text(60)}.{text(60)}.{text(60)}.fr" for _ in range(1_000)),
        body="".join(chr(0x4E00 + n) for n in range(20_000)),
        document_ids=tuple(DocumentId(f"01JDEXAMPLEDOCUMENT00000{n:02d}") for n in range(10)),
    )

    dynamo.campaigns(ORG).create(campaign)

    assert dynamo.campaigns(ORG).get(campaign.id) == campaign
    assert size_of(campaign_item(Keys(ORG), campaign)) <= 380 * KB


def test_creating_a_campaign_costs_a_counted_number_of_units(
    meter: Meter, dynamo: DynamoStore
) -> None:
    campaigns, campaign = dynamo.campaigns(ORG), a_campaign()

    with meter.counting() as creation:
        campaigns.create(campaign, idempotency_key=IDEMPOTENCY_KEY)
    with meter.counting() as settlement:
        campaigns.settle_schedule(campaign)

    # Campaign, idempotency record and the use of one document, twice each; two index entries. Then
    # the campaign, its entry by status, and its entry by deadline, which moves: two.
    assert creation.written == 3 * 2 + 2
    assert creation.requests == ["TransactWriteItems"]
    assert (settlement.written, settlement.read) == (1 + 1 + 2, 0)


def test_an_occurrence_costs_eight_units_more_than_a_send_by_hand(
    meter: Meter, dynamo: DynamoStore
) -> None:
    campaign = a_campaign()
    dynamo.campaigns(ORG).create(campaign)
    dynamo.campaigns(ORG).settle_schedule(campaign)
    by_campaign = its_send(campaign, recipients=to("comptabilite@dupont.example"))

    with meter.counting() as by_hand:
        dynamo.sends(ORG).create(a_send(), daily_limit=2_000)
    with meter.counting() as run:
        dynamo.sends(ORG).create(
            by_campaign,
            idempotency_key=next_key(campaign),
            advance=past_next(campaign),
            daily_limit=2_000,
        )

    # The posting of the campaign; the occurrence key, twice; the campaign, twice, its entry by
    # status, and its entry by deadline, which moves: two.
    assert run.written - by_hand.written == 1 + 2 + (2 + 1 + 2)
    assert run.requests == by_hand.requests == ["GetItem", "BatchWriteItem", "TransactWriteItems"]
    assert run.read == by_hand.read == 1


def test_an_edit_is_one_write_unless_it_takes_other_documents(
    meter: Meter, dynamo: DynamoStore
) -> None:
    campaigns, campaign = dynamo.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    neuf = edited(campaign, a_draft(subject="Neuf"), list_date=date(2026, 11, 1), now=LATER)
    other = a_draft(document_ids=(DocumentId("01JDEXAMPLEDOCUMENT0000002"),))

    with meter.counting() as subject:
        campaigns.change(campaign, neuf)
    with meter.counting() as documents:
        campaigns.change(neuf, edited(neuf, other, list_date=date(2026, 11, 1), now=LATER))

    assert subject.requests == ["UpdateItem"]
    assert documents.requests == ["TransactWriteItems"]


@pytest.mark.feature("S56")
def test_a_page_of_two_thousand_campaigns_reads_what_a_page_of_a_hundred_reads(
    dynamo: DynamoStore, meter: Meter
) -> None:
    for organization, count in ((ORG, 100), (OTHER, 2_000)):
        keys = Keys(organization)
        made = [a_campaign(minute=n, paused=n % 2 == 0) for n in range(count)]
        put_directly(campaign_item(keys, campaign) for campaign in made)

    reads = {}
    for organization in (ORG, OTHER):
        for status in (None, CampaignStatus.ACTIVE):
            campaigns = dynamo.campaigns(organization)
            first = campaigns.list_page(status=status, cursor=None, limit=10)
            with meter.counting() as units:
                second = campaigns.list_page(status=status, cursor=first.next, limit=10)
            assert len(second.items) == 10
            reads[organization, status] = units.read

    for status in (None, CampaignStatus.ACTIVE):
        assert reads[ORG, status] == reads[OTHER, status] <= 3


def test_the_users_of_a_document_are_read_without_the_other_campaigns(
    dynamo: DynamoStore, meter: Meter
) -> None:
    put_directly(campaign_item(Keys(ORG), a_campaign(minute=n)) for n in range(500))
    user = a_campaign(document_ids=(DocumentId("01JDEXAMPLEDOCUMENT0000009"),))
    dynamo.campaigns(ORG).create(user)

    with meter.counting() as units:
        using = dynamo.campaigns(ORG).using(DocumentId("01JDEXAMPLEDOCUMENT0000009"))

    assert list(using) == [user]
    assert (units.read, units.requests) == (2, ["Query", "BatchGetItem"])


def test_what_is_late_is_read_without_the_campaigns_that_are_not(
    client: "DynamoDBClient", dynamo: DynamoStore, meter: Meter
) -> None:
    late = a_campaign()
    dynamo.campaigns(ORG).create(late)
    for n in range(60):
        quiet = a_campaign(minute=600 + n)
        dynamo.campaigns(ORG).create(quiet)
        dynamo.campaigns(ORG).change(quiet, paused(quiet, quiet.created_at))

    with meter.counting() as units:
        found = DynamoOverdue(client, TABLE).list_overdue(LATER, limit=100)

    assert len(found) == 1
    assert (units.read, units.requests) == (2, ["Query"] * 4)


def test_rows_of_last_sends_are_read_in_one_request(dynamo: DynamoStore, meter: Meter) -> None:
    made = [a_send(minute=n) for n in range(50)]
    for send in made:
        dynamo.sends(ORG).create(send)

    with meter.counting() as units:
        rows = dynamo.sends(ORG).get_rows([SendId(send.id) for send in made])

    assert len(rows) == 50
    assert (units.read, units.requests) == (25, ["BatchGetItem"])


def test_documents_of_a_page_of_campaigns_cost_no_more_than_their_rows(
    dynamo: DynamoStore, meter: Meter
) -> None:
    made = [a_list(entries=100) for _ in range(50)]
    for document in made:
        dynamo.documents(ORG).create(document)

    with meter.counting() as units:
        rows = dynamo.documents(ORG).find_summaries({document.id for document in made})

    assert len(rows) == 50
    assert (units.read, units.requests) == (25, ["BatchGetItem"])


def test_an_occurrence_of_a_large_campaign_rewrites_its_row_only_once(
    meter: Meter, dynamo: DynamoStore
) -> None:
    people = tuple(f"{text(12)}@{text(10)}.example" for _ in range(1_000))
    campaign = a_campaign(recipients=people)
    dynamo.campaigns(ORG).create(campaign)
    kilobytes = -(-size_of(campaign_item(Keys(ORG), campaign)) // KB)
    send = its_send(campaign)

    with meter.counting() as alone:
        dynamo.sends(ORG).create(replace(send, id=a_send().id))
    with meter.counting() as run:
        dynamo.sends(ORG).create(
            send, idempotency_key=next_key(campaign), advance=past_next(campaign)
        )

    assert kilobytes <= 40
    assert run.written - alone.written <= 3 * (kilobytes + 1) + 3
