"""Campaigns: stored, changed, deleted, listed; in the adapter and in the fake."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from facteur.domain.campaign import Campaign, CampaignStatus, PauseReason
from facteur.domain.campaign_transitions import (
    advanced,
    edited,
    paused,
    resumed,
    skipped,
    unskipped,
    with_next_document_date,
)
from facteur.domain.errors import InputError, NotFoundError
from facteur.domain.identity import CampaignId, DocumentId, UserId
from facteur.domain.recurrence import Monthly, NoRecurrence, Once, Weekly
from facteur.ports import Store
from tests.adapters.dynamodb.samples import (
    IDEMPOTENCY_KEY,
    NOW,
    ORG,
    OTHER,
    a_campaign,
    a_draft,
    send_id,
)

LATER = NOW + timedelta(hours=1)
DRAFTS = [
    a_draft(),
    a_draft(recurrence=Monthly((31,), time(6, 0, 30)), timezone="America/Martinique"),
    a_draft(recurrence=Once(datetime(2026, 12, 31, 8, 0)), auto_increment_date=False),
    a_draft(recurrence=NoRecurrence(), separate=True, copy_to_sender=False),
    a_draft(
        name="Œuvre « été » 日本",
        recipients=tuple(f"n{n}@x.example" for n in range(1000)),
        body="ligne\n" * 3_000,
        document_ids=tuple(DocumentId(f"01JDEXAMPLEDOCUMENT00000{n:02d}") for n in range(10)),
    ),
]


def test_a_campaign_is_read_as_it_was_written(store: Store) -> None:
    campaigns = store.campaigns(ORG)
    made = [a_campaign(draft, minute=n) for n, draft in enumerate(DRAFTS)]

    creations = [campaigns.create(campaign) for campaign in made]

    assert [creation.created for creation in creations] == [True] * 5
    assert [campaigns.get(campaign.id) for campaign in made] == made
    assert store.campaigns(OTHER).find(made[0].id) is None


def test_a_campaign_that_is_not_there_is_not_found(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()

    assert campaigns.find(campaign.id) is None
    for reach in (
        lambda: campaigns.get(campaign.id),
        lambda: campaigns.get_sync_state(campaign.id),
        lambda: campaigns.change(campaign, paused(campaign, LATER)),
        lambda: campaigns.settle_schedule(campaign),
        lambda: campaigns.begin_delete(campaign.id, now=NOW),
    ):
        with pytest.raises(NotFoundError, match="campaign_not_found"):
            reach()
    campaigns.finish_delete(campaign.id)


@pytest.mark.feature("B15")
def test_the_same_request_makes_one_campaign(store: Store) -> None:
    campaigns = store.campaigns(ORG)
    first, second = a_campaign(), a_campaign(minute=1)
    campaigns.create(first, idempotency_key=IDEMPOTENCY_KEY)

    creation = campaigns.create(second, idempotency_key=IDEMPOTENCY_KEY)

    assert (creation.id, creation.created) == (first.id, False)
    assert campaigns.find(second.id) is None
    assert campaigns.create(first).created is False


def test_another_body_under_a_used_key_makes_no_campaign(store: Store) -> None:
    campaigns = store.campaigns(ORG)
    campaigns.create(a_campaign(), idempotency_key=IDEMPOTENCY_KEY)

    with pytest.raises(InputError):
        campaigns.create(
            a_campaign(), idempotency_key=replace(IDEMPOTENCY_KEY, fingerprint="another")
        )


CHANGES: dict[str, Callable[[Campaign], Campaign]] = {
    "subject": lambda c: edited(c, a_draft(subject="Neuf"), list_date=date(2026, 11, 1), now=LATER),
    "recurrence": lambda c: edited(
        c, a_draft(recurrence=Monthly((30,), time(7))), list_date=date(2026, 11, 1), now=LATER
    ),
    "once": lambda c: edited(
        c,
        a_draft(recurrence=Once(datetime(2026, 12, 24, 9, 0)), auto_increment_date=False),
        list_date=date(2026, 11, 1),
        now=LATER,
    ),
    "documents": lambda c: edited(
        c,
        a_draft(document_ids=(DocumentId("01JDEXAMPLEDOCUMENT0000002"),)),
        list_date=date(2026, 11, 3),
        now=LATER,
    ),
    "pause": lambda c: paused(c, LATER),
    "pause by itself": lambda c: paused(c, LATER, PauseReason.REACHED_NOBODY),
    "resumed": lambda c: resumed(paused(c, LATER, PauseReason.REACHED_NOBODY), LATER),
    "skip": lambda c: skipped(c, LATER),
    "unskip": lambda c: unskipped(skipped(c, LATER), LATER),
    "date": lambda c: with_next_document_date(c, date(2026, 12, 31), LATER),
    "owner": lambda c: replace(c, owner=UserId("other"), version=c.version + 1, updated_at=LATER),
    "completed": lambda c: advanced(replace(c, draft=a_draft(recurrence=NoRecurrence()))),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_read_as_it_was_written(store: Store, change: str) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    after = CHANGES[change](campaign)

    assert campaigns.change(campaign, after) is True

    assert campaigns.get(campaign.id) == after
    assert campaigns.change(after, campaign) is True
    assert campaigns.get(campaign.id) == campaign


def test_of_two_edits_of_one_version_the_second_is_refused(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    first = CHANGES["subject"](campaign)
    campaigns.change(campaign, first)

    assert campaigns.change(campaign, CHANGES["documents"](campaign)) is False
    assert campaigns.change(campaign, CHANGES["pause"](campaign)) is False

    assert campaigns.get(campaign.id) == first


def test_an_edit_and_a_pause_at_the_same_time_are_both_kept(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    campaigns.change(campaign, paused(campaign, LATER))

    assert campaigns.change(campaign, CHANGES["subject"](campaign)) is True

    stored = campaigns.get(campaign.id)
    assert (stored.status, stored.next_run_at) == (CampaignStatus.PAUSED, None)
    assert (stored.draft.subject, stored.version) == ("Neuf", 2)


@pytest.mark.parametrize("change", ["recurrence", "date", "pause"])
def test_what_moves_the_calendar_is_refused_after_it_has_been_moved(
    store: Store, change: str
) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    moved = skipped(campaign, NOW)
    campaigns.change(campaign, moved)

    assert campaigns.change(campaign, CHANGES[change](campaign)) is False

    assert campaigns.get(campaign.id) == moved


def test_two_people_who_skip_the_same_occurrence_skip_it_once(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    after = skipped(campaign, NOW)

    assert campaigns.change(campaign, after) is True
    assert campaigns.change(campaign, after) is True

    assert campaigns.get(campaign.id) == after


def test_a_campaign_being_deleted_is_found_by_reconcile_alone(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)

    campaigns.begin_delete(campaign.id, now=LATER)

    assert campaigns.find(campaign.id) is None
    assert list(campaigns.list_coming()) == []
    assert list(campaigns.using(campaign.draft.document_ids[0])) == []
    for status in (None, CampaignStatus.ACTIVE):
        assert list(campaigns.list_page(status=status, cursor=None, limit=10).items) == []
    for reach in (
        lambda: campaigns.change(campaign, paused(campaign, LATER)),
        lambda: campaigns.settle_schedule(campaign),
        lambda: campaigns.begin_delete(campaign.id, now=LATER + timedelta(seconds=1)),
    ):
        with pytest.raises(NotFoundError, match="campaign_not_found"):
            reach()
    sync_state = campaigns.get_sync_state(campaign.id)
    assert (sync_state.campaign, sync_state.deleting) == (campaign, True)


def test_a_deleted_campaign_is_gone(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    campaigns.begin_delete(campaign.id, now=LATER)

    campaigns.finish_delete(campaign.id)
    campaigns.finish_delete(campaign.id)

    with pytest.raises(NotFoundError, match="campaign_not_found"):
        campaigns.get_sync_state(campaign.id)
    assert list(campaigns.using(campaign.draft.document_ids[0])) == []


def test_a_campaign_that_is_not_being_deleted_stays(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)

    campaigns.finish_delete(campaign.id)

    assert campaigns.get(campaign.id) == campaign
    assert list(campaigns.using(campaign.draft.document_ids[0])) == [campaign]


def test_campaigns_are_listed_newest_first_with_cursors_both_ways(store: Store) -> None:
    campaigns = store.campaigns(ORG)
    made = [a_campaign(minute=n, paused=n % 2 == 0) for n in range(9)]
    for campaign in made:
        campaigns.create(campaign)
    store.campaigns(OTHER).create(a_campaign())
    newest = [campaign.id for campaign in reversed(made)]

    first = campaigns.list_page(status=None, cursor=None, limit=4)
    second = campaigns.list_page(status=None, cursor=first.next, limit=4)
    third = campaigns.list_page(status=None, cursor=second.next, limit=4)
    back = campaigns.list_page(status=None, cursor=third.previous, limit=4)

    pages = [ids(page.items) for page in (first, second, third, back)]
    assert pages == [newest[:4], newest[4:8], newest[8:], newest[4:8]]
    assert (first.previous, third.next) == (None, None)
    with pytest.raises(InputError):
        campaigns.list_page(status=None, cursor="?", limit=4)


def ids(items: Sequence[Campaign]) -> list[CampaignId]:
    return [item.id for item in items]


def test_campaigns_are_listed_by_status(store: Store) -> None:
    campaigns = store.campaigns(ORG)
    made = [a_campaign(minute=n) for n in range(6)]
    for campaign in made:
        campaigns.create(campaign)
    for campaign in made[:2]:
        campaigns.change(campaign, paused(campaign, LATER))
    campaigns.change(made[2], CHANGES["completed"](made[2]))
    found = {
        status: ids(campaigns.list_page(status=status, cursor=None, limit=10).items)
        for status in CampaignStatus
    }

    assert found == {
        CampaignStatus.ACTIVE: [made[5].id, made[4].id, made[3].id],
        CampaignStatus.PAUSED: [made[1].id, made[0].id],
        CampaignStatus.COMPLETED: [made[2].id],
    }
    first = campaigns.list_page(status=CampaignStatus.ACTIVE, cursor=None, limit=2)
    rest = campaigns.list_page(status=CampaignStatus.ACTIVE, cursor=first.next, limit=2)
    assert ids(first.items) + ids(rest.items) == found[CampaignStatus.ACTIVE]
    assert {campaign.id for campaign in campaigns.list_coming()} == set(
        found[CampaignStatus.ACTIVE]
    )


def test_campaigns_that_send_a_document_are_found(store: Store) -> None:
    campaigns = store.campaigns(ORG)
    one, other = DocumentId("01JDEXAMPLEDOCUMENT0000001"), DocumentId("01JDEXAMPLEDOCUMENT0000002")
    active = a_campaign(document_ids=(one, other))
    on_pause = a_campaign(minute=1, paused=True)
    completed = a_campaign(minute=2)
    moved_away = a_campaign(minute=3)
    for campaign in (active, on_pause, completed, moved_away):
        campaigns.create(campaign)
    campaigns.change(completed, CHANGES["completed"](completed))
    campaigns.change(moved_away, CHANGES["documents"](moved_away))

    using = {
        document: {campaign.id for campaign in campaigns.using(document)}
        for document in (one, other)
    }

    assert using == {one: {active.id, on_pause.id}, other: {active.id, moved_away.id}}
    assert list(store.campaigns(OTHER).using(one)) == []


def test_nobody_but_the_store_writes_the_last_send(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)

    campaigns.change(campaign, replace(campaign, last_send=send_id(), updated_at=LATER))

    assert campaigns.get(campaign.id) == replace(campaign, updated_at=LATER)


def test_weekdays_and_days_are_not_confused(store: Store) -> None:
    campaigns = store.campaigns(ORG)
    weekly = a_campaign(recurrence=Weekly((7,), time(0, 0)))
    monthly = a_campaign(recurrence=Monthly((7,), time(23, 59)))

    campaigns.create(weekly)
    campaigns.create(monthly)

    assert campaigns.get(weekly.id).draft.recurrence == Weekly((7,), time(0, 0))
    assert campaigns.get(monthly.id).draft.recurrence == Monthly((7,), time(23, 59))
