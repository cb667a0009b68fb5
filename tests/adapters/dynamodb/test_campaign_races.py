"""Concurrent people and workers on one campaign, and lost responses: nothing is undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.campaign_transitions import (
    edited,
    paused,
)
from facteur.domain.errors import ConflictError, NotFoundError
from facteur.domain.requests import SendFilter
from facteur.ports import Store
from tests.adapters.dynamodb.clients import one_call_at_a_time, with_lost_answers
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import IDEMPOTENCY_KEY, NOW, ORG, a_campaign, a_draft, its_send
from tests.adapters.dynamodb.test_advances import next_key, past_next
from tests.adapters.dynamodb.test_races import at_once
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

LATER = NOW + timedelta(hours=1)
LIST_DATE = date(2026, 11, 1)


@pytest.fixture
def shared(client: "DynamoDBClient", clock: FakeClock) -> DynamoStore:
    """A store that several threads may use."""
    return DynamoStore(one_call_at_a_time(client), TABLE, clock=clock)


def run_once(store: Store, campaign: Campaign) -> str:
    """Do what a worker does that has read the campaign earlier."""
    try:
        creation = store.sends(ORG).create(
            its_send(campaign), idempotency_key=next_key(campaign), advance=past_next(campaign)
        )
    except ConflictError as error:
        return error.code
    return creation.id


def edit_subject(store: Store, campaign: Campaign, subject: str) -> str:
    """Edit the subject, again and again until it is stored."""
    campaigns = store.campaigns(ORG)
    while True:
        before = campaigns.get(campaign.id)
        draft = replace(before.draft, subject=subject)
        if campaigns.change(before, edited(before, draft, list_date=LIST_DATE, now=LATER)):
            return subject


@pytest.mark.feature("B1")
def test_twenty_workers_that_run_an_occurrence_make_one_send(shared: DynamoStore) -> None:
    campaign = a_campaign()
    shared.campaigns(ORG).create(campaign)

    made = at_once([partial(run_once, shared, campaign)] * 20)

    (send,) = set(made)
    rows = shared.sends(ORG).list_page(SendFilter(), cursor=None, limit=50).items
    assert [row.id for row in rows] == [send]
    after = past_next(campaign).after
    assert shared.campaigns(ORG).get(campaign.id) == replace(after, last_send=rows[0].id)


def test_edits_and_an_occurrence_at_the_same_time_are_all_kept(shared: DynamoStore) -> None:
    campaign = a_campaign()
    shared.campaigns(ORG).create(campaign)
    edits: list[Callable[[], str]] = [
        partial(edit_subject, shared, campaign, f"Sujet {n}") for n in range(5)
    ]
    runs: list[Callable[[], str]] = [partial(run_once, shared, campaign)] * 5

    at_once([*edits, *runs])

    stored = shared.campaigns(ORG).get(campaign.id)
    assert stored.next_run_at == past_next(campaign).after.next_run_at
    assert (stored.version, stored.draft.subject[:5]) == (6, "Sujet")
    assert len(shared.sends(ORG).list_page(SendFilter(), cursor=None, limit=50).items) == 1


@pytest.mark.feature("S59")
def test_a_deletion_and_occurrences_at_the_same_time_leave_no_half_campaign(
    client: "DynamoDBClient", shared: DynamoStore
) -> None:
    for _ in range(5):
        campaign = a_campaign()
        campaigns = shared.campaigns(ORG)
        campaigns.create(campaign)

        def delete(campaign: Campaign = campaign) -> str:
            shared.campaigns(ORG).begin_delete(campaign.id, now=LATER)
            shared.campaigns(ORG).finish_delete(campaign.id)
            return ""

        def run(campaign: Campaign = campaign) -> str:
            return run_once(shared, campaign)

        outcomes = set(at_once([run, run, delete, run, run])) - {""}

        sent = shared.idempotency(ORG).find_send(next_key(campaign))
        assert outcomes - {"campaign_moved"} == ({sent} if sent else set())
        assert "Item" not in client.get_item(TableName=TABLE, Key=Keys(ORG).campaign(campaign.id))


def test_a_pause_and_an_occurrence_at_the_same_time_undo_neither(shared: DynamoStore) -> None:
    campaign = a_campaign()
    shared.campaigns(ORG).create(campaign)

    def pause() -> str:
        before = shared.campaigns(ORG).get(campaign.id)
        return str(shared.campaigns(ORG).change(before, paused(before, LATER)))

    run, was_paused = at_once([lambda: run_once(shared, campaign), pause])

    stored = shared.campaigns(ORG).get(campaign.id)
    assert (stored.status is CampaignStatus.PAUSED) is (was_paused == "True")
    assert (stored.last_send is None) is (run == "campaign_moved")
    assert stored.next_run_at in (None, past_next(campaign).after.next_run_at)


def test_a_repetition_by_the_sdk_does_not_stand_in_its_own_way(client: "DynamoDBClient") -> None:
    campaigns = DynamoStore(with_lost_answers(client), TABLE).campaigns(ORG)
    campaign = a_campaign()
    campaigns.create(campaign, idempotency_key=IDEMPOTENCY_KEY)
    off = paused(campaign, LATER)
    neuf = edited(off, a_draft(subject="Neuf"), list_date=LIST_DATE, now=LATER)

    assert campaigns.settle_schedule(campaign) is True
    assert campaigns.change(campaign, off) is True
    assert campaigns.settle_schedule(off) is True
    assert campaigns.change(off, neuf) is True
    campaigns.begin_delete(campaign.id, now=LATER)

    assert campaigns.get_sync_state(campaign.id).deleting
    with pytest.raises(NotFoundError):
        campaigns.begin_delete(campaign.id, now=LATER + timedelta(seconds=1))
