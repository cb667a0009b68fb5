"""Overdue items, in the adapter and in the fake."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from facteur.adapters.dynamodb.attributes import text
from facteur.adapters.dynamodb.campaign_items import campaign_item
from facteur.adapters.dynamodb.keys import Keys, zone_rules
from facteur.adapters.dynamodb.overdue import DynamoOverdue
from facteur.adapters.dynamodb.rules_checks import DynamoRulesChecks
from facteur.domain.campaign_transitions import paused
from facteur.domain.deadlines import SCHEDULE_GRACE
from facteur.domain.identity import CampaignId
from facteur.domain.rules_check import RulesCheck
from facteur.ports import Overdue, OverdueSend, Store
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import NOW, ORG, OTHER, a_campaign, a_notice, a_send

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

LATE = NOW + timedelta(hours=1)


@pytest.mark.feature("B3")
def test_what_is_late_is_listed_longest_wait_first_whatever_the_organization(
    store: Store, overdue: Overdue
) -> None:
    sends = [a_send(minute=n) for n in range(8)]
    for n, send in enumerate(sends):
        store.sends(ORG if n % 2 else OTHER).create(send)
    store.sends(ORG).create(a_send(minute=600))
    notice = a_notice(sends[0])
    store.sends(ORG).create(notice)

    late = overdue.list_overdue(LATE, limit=100)

    expected = [
        *((ORG if n % 2 else OTHER, send.id, False) for n, send in enumerate(sends)),
        (ORG, notice.id, True),
    ]
    assert list(late) == [
        OverdueSend(
            organization=organization,
            send=send,
            origin_is_notice=is_notice,
            overdue_at=item.overdue_at,
        )
        for item, (organization, send, is_notice) in zip(late, expected, strict=True)
    ]
    assert overdue.list_overdue(LATE, limit=3) == late[:3]
    assert list(overdue.list_overdue(NOW, limit=100)) == []


def test_a_late_send_is_taken_once(store: Store, overdue: Overdue) -> None:
    send = a_send()
    store.sends(ORG).create(send)
    (item,) = overdue.list_overdue(LATE, limit=10)
    until = LATE + timedelta(minutes=15)

    assert overdue.take(item, until=until) is True
    assert overdue.take(item, until=until) is False

    assert list(overdue.list_overdue(LATE, limit=10)) == []
    (later,) = overdue.list_overdue(until, limit=10)
    assert later.overdue_at == until


def test_a_late_notice_is_taken(store: Store, overdue: Overdue) -> None:
    store.sends(ORG).create(a_notice(a_send()))
    (item,) = overdue.list_overdue(LATE, limit=10)

    assert overdue.take(item, until=LATE) is True


def test_a_send_that_has_ended_is_late_no_more(store: Store, overdue: Overdue) -> None:
    sends = store.sends(ORG)
    send = a_send()
    sends.create(send)
    (item,) = overdue.list_overdue(LATE, limit=10)

    sends.advance(replace(sends.get_row(send.id), overdue_at=None))

    assert list(overdue.list_overdue(LATE, limit=10)) == []
    assert overdue.take(item, until=LATE) is False


def test_nothing_is_made_by_taking_what_is_not_there(store: Store, overdue: Overdue) -> None:
    gone = OverdueSend(organization=ORG, send=a_send().id, origin_is_notice=False, overdue_at=NOW)

    assert overdue.take(gone, until=LATE) is False

    assert list(overdue.list_overdue(LATE, limit=10)) == []


# --- campaigns that wait for their next occurrence ------------------------------------------------


def waiting(overdue: Overdue, since: datetime | None = None) -> list[tuple[str, CampaignId]]:
    return [(one.organization, one.campaign.id) for one in overdue.list_waiting(since)]


def test_every_campaign_with_a_deadline_is_listed_earliest_first_and_nothing_else(
    store: Store, overdue: Overdue
) -> None:
    made = [a_campaign(minute=n) for n in range(6)]
    for n, campaign in enumerate(made):
        store.campaigns(ORG if n % 2 else OTHER).create(campaign)
    store.sends(ORG).create(a_send())
    store.campaigns(ORG).begin_delete(made[1].id, now=LATE)
    still = a_campaign(minute=20)
    store.campaigns(ORG).create(still)
    store.campaigns(ORG).settle_schedule(still)
    store.campaigns(ORG).change(still, paused(still, LATE))
    store.campaigns(ORG).settle_schedule(store.campaigns(ORG).get(still.id))

    everything = [(ORG if n % 2 else OTHER, made[n].id) for n in (0, 2, 3, 4, 5)]

    assert waiting(overdue) == everything
    assert waiting(overdue, made[3].created_at + SCHEDULE_GRACE) == everything[2:]
    assert waiting(overdue, LATE) == []


def test_a_campaign_is_listed_as_it_is_stored(store: Store, overdue: Overdue) -> None:
    campaign = a_campaign()
    store.campaigns(ORG).create(campaign)

    (found,) = overdue.list_waiting(None)

    assert found.campaign == campaign
    assert found.overdue_at == campaign.created_at + SCHEDULE_GRACE


def test_more_campaigns_than_one_request_reads_are_all_listed(
    client: "DynamoDBClient",
) -> None:
    made = [a_campaign(minute=5) for _ in range(230)]
    for campaign in made:
        client.put_item(TableName=TABLE, Item=campaign_item(Keys(ORG), campaign))

    found = waiting(DynamoOverdue(client, TABLE))

    assert sorted(found) == sorted((ORG, campaign.id) for campaign in made)


def test_a_campaign_that_cannot_be_read_does_not_hide_the_others(client: "DynamoDBClient") -> None:
    broken, healthy = a_campaign(), a_campaign(minute=1)
    damaged = campaign_item(Keys(ORG), broken) | {"draft": {"B": b"not compressed"}}
    client.put_item(TableName=TABLE, Item=damaged)
    client.put_item(TableName=TABLE, Item=campaign_item(Keys(ORG), healthy))

    assert waiting(DynamoOverdue(client, TABLE)) == [(ORG, healthy.id)]


def test_a_check_of_zone_rules_is_read_as_it_was_written(client: "DynamoDBClient") -> None:
    checks = DynamoRulesChecks(client, TABLE)
    begun = RulesCheck(rules="a", seen_at=NOW, passes=1, checked_until=LATE)

    none = checks.find()
    checks.put(begun)
    first = checks.find()
    checks.put(begun.after_pass())
    second = checks.find()

    assert (none, first) == (None, begun)
    assert second == RulesCheck(rules="a", seen_at=NOW, passes=2)


def test_a_check_of_zone_rules_that_cannot_be_read_is_none(client: "DynamoDBClient") -> None:
    damaged = zone_rules() | {"rules": text("a"), "seen_at": text("yesterday")}
    client.put_item(TableName=TABLE, Item=damaged)

    assert DynamoRulesChecks(client, TABLE).find() is None
