"""Items of version 0.1.0, which knew occurrences by their instants, keep their meaning."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from facteur.adapters.dynamodb.attributes import Item, read_text, read_texts, text, texts
from facteur.adapters.dynamodb.campaign_items import campaign_item
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.campaign import Campaign, key_of_next, rederived
from facteur.domain.campaign_transitions import (
    advanced,
    edited,
    paused,
    skipped,
    unskipped,
)
from facteur.domain.identity import SendId
from facteur.domain.occurrences import Occurrence
from facteur.domain.recurrence import NoRecurrence, Once, Recurrence
from facteur.ports import CampaignAdvance
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import DRAFT, NOW, ORG, a_campaign, a_draft, a_send, its_send
from tests.support.zone_rules import ZONE, ZoneRules, changing_rules, midnight

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

KEYS = Keys(ORG)
HOUR = timedelta(hours=1)
LATER = NOW + HOUR


@pytest.fixture
def rules(tmp_path: Path) -> Iterator[ZoneRules]:
    """An hour ahead of UTC, at first."""
    with changing_rules(tmp_path) as rules:
        rules.become(HOUR)
        yield rules


def put_as_version_0_1_0(client: "DynamoDBClient", campaign: Campaign) -> Item:
    """The item of a campaign, as that version wrote it."""
    item = campaign_item(KEYS, campaign)
    item.pop("next_local", None)
    item.pop("over_until", None)
    if campaign.skipped:
        instants = (f"{at:%Y-%m-%dT%H:%M:%S}.000Z" for at in campaign.skipped_at)
        item["skipped"] = texts(instants)
    client.put_item(TableName=TABLE, Item=item)
    return item


@pytest.mark.parametrize(
    "recurrence", [DRAFT.recurrence, NoRecurrence(), Once(datetime(2026, 12, 31, 8))], ids=str
)
def test_the_next_occurrence_is_the_one_of_its_instant(
    client: "DynamoDBClient", dynamo: DynamoStore, recurrence: Recurrence
) -> None:
    campaign = a_campaign(recurrence=recurrence, auto_increment_date=False)
    put_as_version_0_1_0(client, campaign)

    assert dynamo.campaigns(ORG).get(campaign.id) == campaign


def test_the_skipped_occurrences_are_those_of_their_instants(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    campaign = skipped(skipped(a_campaign(), NOW), NOW)
    item = put_as_version_0_1_0(client, campaign)

    assert item["skipped"] != campaign_item(KEYS, campaign)["skipped"]
    assert dynamo.campaigns(ORG).get(campaign.id) == campaign
    assert list(dynamo.campaigns(ORG).list_coming()) == [campaign]


@pytest.mark.parametrize("offset", [timedelta(0), 2 * HOUR], ids=["later", "earlier"])
def test_by_new_rules_too(
    client: "DynamoDBClient", dynamo: DynamoStore, rules: ZoneRules, offset: timedelta
) -> None:
    campaign = skipped(a_campaign(timezone=ZONE), NOW)
    put_as_version_0_1_0(client, campaign)

    rules.become(HOUR, (midnight("2026-11-26"), offset))
    found = dynamo.campaigns(ORG).get(campaign.id)

    assert found == campaign
    assert found.next_run is not None
    assert rederived(found).next_run == Occurrence(
        found.next_run.local, found.next_run.at + HOUR - offset
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda campaign: paused(campaign, LATER),
        lambda campaign: skipped(campaign, LATER),
        lambda campaign: unskipped(campaign, LATER),
        lambda campaign: edited(
            campaign, a_draft(subject="Neuf"), list_date=date(2026, 11, 1), now=LATER
        ),
        lambda campaign: edited(
            campaign, a_draft(timezone="Asia/Tokyo"), list_date=date(2026, 11, 1), now=LATER
        ),
    ],
    ids=["pause", "skip", "unskip", "subject", "zone"],
)
def test_people_change_them(
    client: "DynamoDBClient", dynamo: DynamoStore, change: Callable[[Campaign], Campaign]
) -> None:
    campaign = skipped(a_campaign(), NOW)
    put_as_version_0_1_0(client, campaign)
    campaigns = dynamo.campaigns(ORG)
    before = campaigns.get(campaign.id)
    after = change(before)

    assert campaigns.change(before, after) is True

    assert campaigns.get(campaign.id) == after


def test_a_change_of_what_was_changed_meanwhile_is_refused(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    campaign = skipped(a_campaign(), NOW)
    put_as_version_0_1_0(client, campaign)
    campaigns = dynamo.campaigns(ORG)
    before = campaigns.get(campaign.id)
    other = replace(unskipped(before, LATER), next_run=before.next_run)
    put_as_version_0_1_0(client, replace(campaign, next_run=unskipped(before, LATER).next_run))

    assert campaigns.change(before, other) is False

    stored = campaigns.get(campaign.id)
    assert stored.skipped == campaign.skipped


@pytest.mark.parametrize("change", [skipped, unskipped], ids=["skip", "unskip"])
def test_skips_stored_before_a_change_of_rules_are_changed_after_it(
    dynamo: DynamoStore, rules: ZoneRules, change: Callable[[Campaign, datetime], Campaign]
) -> None:
    campaign = skipped(a_campaign(timezone=ZONE), NOW)
    campaigns = dynamo.campaigns(ORG)
    campaigns.create(campaign)
    rules.become(HOUR, (midnight("2026-11-26"), 2 * HOUR))
    before = campaigns.get(campaign.id)
    after = change(before, LATER)

    assert campaigns.change(before, after) is True

    assert before == campaign
    assert campaigns.get(campaign.id) == after


def test_an_earlier_version_reads_the_instants_that_it_expects(dynamo: DynamoStore) -> None:
    campaign = skipped(a_campaign(), NOW)

    item = campaign_item(KEYS, campaign)

    # As version 0.1.0 reads them.
    assert [datetime.fromisoformat(at) for at in read_texts(item, "skipped")] == [
        datetime(2026, 11, 30, 5, 30, tzinfo=UTC)
    ]
    assert read_text(item, "next_run_at") == "2026-12-07T05:30:00.000Z"


def test_an_item_that_an_earlier_version_has_moved_on_again_is_read_by_its_instant(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    campaign = a_campaign()
    item = campaign_item(KEYS, campaign) | {"next_run_at": text("2026-12-07T05:30:00.000Z")}
    client.put_item(TableName=TABLE, Item=item)

    found = dynamo.campaigns(ORG).get(campaign.id).next_run

    assert found == Occurrence(
        datetime(2026, 12, 7, 6, 30), datetime(2026, 12, 7, 5, 30, tzinfo=UTC)
    )


def test_an_occurrence_is_made_and_the_campaign_moves_on(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    campaign = skipped(a_campaign(), NOW)
    put_as_version_0_1_0(client, campaign)
    before = dynamo.campaigns(ORG).get(campaign.id)
    send = its_send(before)

    creation = dynamo.sends(ORG).create(
        send,
        idempotency_key=key_of_next(before),
        advance=CampaignAdvance(before=before, after=advanced(before)),
    )

    assert creation.created
    stored = dynamo.campaigns(ORG).get(campaign.id)
    assert stored == replace(advanced(before), last_send=send.id)
    item = client.get_item(TableName=TABLE, Key=KEYS.campaign(campaign.id))["Item"]
    assert item["next_local"] == text("2026-12-14T06:30:00")
    assert item["over_until"] == text("2026-12-07T06:30:00")


@pytest.mark.parametrize("offset", [timedelta(0), HOUR, 2 * HOUR], ids=["later", "same", "earlier"])
def test_a_key_of_an_instant_is_found_under_the_nominal_time(
    client: "DynamoDBClient", dynamo: DynamoStore, rules: ZoneRules, offset: timedelta
) -> None:
    campaign = a_campaign(timezone=ZONE)
    assert campaign.next_run is not None
    name = campaign.next_run.at.astimezone(UTC).isoformat(timespec="milliseconds")
    old = {
        "pk": text(f"ORG#{ORG}#ONCE#OCCURRENCE#{campaign.id}#{name}"),
        "sk": text("ONCE"),
        "resource_id": text("the first send"),
    }
    client.put_item(TableName=TABLE, Item=old)
    rules.become(HOUR, (midnight("2026-11-26"), offset))
    known = dynamo.idempotency(ORG)
    as_known_now = rederived(campaign)

    assert known.find_send(key_of_next(as_known_now)) == SendId("the first send")
    assert known.find_send(key_of_next(advanced(as_known_now))) is None


def test_the_key_is_the_nominal_time(client: "DynamoDBClient", dynamo: DynamoStore) -> None:
    campaign = a_campaign()

    dynamo.sends(ORG).create(a_send(), idempotency_key=key_of_next(campaign))

    pk = f"ORG#{ORG}#ONCE#OCCURRENCE#{campaign.id}#2026-11-30T06:30:00"
    assert "Item" in client.get_item(TableName=TABLE, Key={"pk": text(pk), "sk": text("ONCE")})
