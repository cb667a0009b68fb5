"""A campaign advances with the Send of its occurrence, or not at all; in adapter and fake."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from facteur.domain.campaign import Campaign, CampaignStatus, PauseReason, key_of_next
from facteur.domain.campaign_transitions import (
    advanced,
    edited,
    paused,
    skipped,
    with_next_document_date,
)
from facteur.domain.errors import ConflictError, NotFoundError
from facteur.domain.idempotency import OccurrenceKey, extra_run_key, occurrence_key
from facteur.domain.identity import SendId
from facteur.domain.recurrence import NoRecurrence, Once
from facteur.domain.requests import SendFilter
from facteur.ports import CampaignAdvance, Campaigns, Store
from tests.adapters.dynamodb.samples import (
    NOW,
    ORG,
    OTHER,
    a_campaign,
    a_draft,
    a_send,
    its_send,
    send_id,
)

LATER = NOW + timedelta(hours=1)


def past_next(campaign: Campaign) -> CampaignAdvance:
    return CampaignAdvance(before=campaign, after=advanced(campaign))


def next_key(campaign: Campaign) -> OccurrenceKey:
    return key_of_next(campaign)


@pytest.mark.feature("B1")
def test_an_occurrence_makes_a_send_and_moves_its_campaign(store: Store) -> None:
    campaigns, sends, campaign = store.campaigns(ORG), store.sends(ORG), a_campaign()
    campaigns.create(campaign)
    send, advance = its_send(campaign), past_next(campaign)

    creation = sends.create(send, idempotency_key=next_key(campaign), advance=advance)

    assert (creation.id, creation.created) == (send.id, True)
    assert campaigns.get(campaign.id) == replace(advance.after, last_send=send.id)
    assert sends.get(send.id) == send
    assert store.idempotency(ORG).find_send(next_key(campaign)) == send.id
    assert store.idempotency(OTHER).find_send(next_key(campaign)) is None


@pytest.mark.feature("B1")
def test_an_occurrence_makes_one_send_however_often_it_is_triggered(store: Store) -> None:
    campaigns, sends, campaign = store.campaigns(ORG), store.sends(ORG), a_campaign()
    campaigns.create(campaign)
    first, second = its_send(campaign), its_send(campaign)
    sends.create(first, idempotency_key=next_key(campaign), advance=past_next(campaign))

    creation = sends.create(second, idempotency_key=next_key(campaign), advance=past_next(campaign))

    assert (creation.id, creation.created) == (first.id, False)
    assert campaigns.get(campaign.id).last_send == first.id
    with pytest.raises(NotFoundError):
        sends.get_row(second.id)


def test_a_late_worker_finds_the_send_even_of_a_deleted_campaign(store: Store) -> None:
    campaigns, sends, campaign = store.campaigns(ORG), store.sends(ORG), a_campaign()
    campaigns.create(campaign)
    first = its_send(campaign)
    sends.create(first, idempotency_key=next_key(campaign), advance=past_next(campaign))
    campaigns.begin_delete(campaign.id, now=LATER)
    campaigns.finish_delete(campaign.id)

    creation = sends.create(
        its_send(campaign), idempotency_key=next_key(campaign), advance=past_next(campaign)
    )

    assert (creation.id, creation.created) == (first.id, False)


def pause(campaigns: Campaigns, campaign: Campaign) -> None:
    campaigns.change(campaign, paused(campaign, LATER))


def skip(campaigns: Campaigns, campaign: Campaign) -> None:
    campaigns.change(campaign, skipped(campaign, LATER))


def begin_delete(campaigns: Campaigns, campaign: Campaign) -> None:
    campaigns.begin_delete(campaign.id, now=LATER)


def delete(campaigns: Campaigns, campaign: Campaign) -> None:
    campaigns.begin_delete(campaign.id, now=LATER)
    campaigns.finish_delete(campaign.id)


def set_date(campaigns: Campaigns, campaign: Campaign) -> None:
    dated = with_next_document_date(campaign, date(2027, 1, 31), LATER)
    assert dated.anchor != campaign.anchor
    campaigns.change(campaign, dated)


@pytest.mark.parametrize("move", [pause, skip, set_date, begin_delete, delete])
def test_a_campaign_moved_meanwhile_makes_no_send(
    store: Store, move: Callable[[Campaigns, Campaign], None]
) -> None:
    campaigns, sends, campaign = store.campaigns(ORG), store.sends(ORG), a_campaign()
    campaigns.create(campaign)
    move(campaigns, campaign)
    moved = campaigns.find(campaign.id)
    send = its_send(campaign)

    with pytest.raises(ConflictError, match="campaign_moved"):
        sends.create(send, idempotency_key=next_key(campaign), advance=past_next(campaign))

    assert campaigns.find(campaign.id) == moved
    assert store.idempotency(ORG).find_send(next_key(campaign)) is None
    with pytest.raises(NotFoundError):
        sends.get_row(send.id)
    assert list(sends.list_page(SendFilter(), cursor=None, limit=10).items) == []


def test_an_edit_of_the_subject_meanwhile_is_kept(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    neuf = edited(campaign, a_draft(subject="Neuf"), list_date=date(2026, 11, 1), now=LATER)
    campaigns.change(campaign, neuf)
    advance = past_next(campaign)
    send = its_send(campaign)

    store.sends(ORG).create(send, idempotency_key=next_key(campaign), advance=advance)

    assert campaigns.get(campaign.id) == replace(
        neuf,
        next_run=advance.after.next_run,
        over_until=advance.after.over_until,
        last_send=send.id,
    )


def test_an_edit_of_the_subject_undoes_no_occurrence(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    neuf = edited(campaign, a_draft(subject="Neuf"), list_date=date(2026, 11, 1), now=LATER)
    advance, send = past_next(campaign), its_send(campaign)
    store.sends(ORG).create(send, idempotency_key=next_key(campaign), advance=advance)

    assert campaigns.change(campaign, neuf) is True

    assert campaigns.get(campaign.id) == replace(
        neuf,
        next_run=advance.after.next_run,
        over_until=advance.after.over_until,
        last_send=send.id,
    )


@pytest.mark.feature("S38")
@pytest.mark.parametrize("recurrence", [NoRecurrence(), Once(datetime(2026, 12, 31, 8, 0))])
def test_the_only_occurrence_of_a_campaign_completes_it(
    store: Store, recurrence: NoRecurrence | Once
) -> None:
    campaigns = store.campaigns(ORG)
    campaign = a_campaign(recurrence=recurrence, auto_increment_date=False)
    campaigns.create(campaign)
    send = its_send(campaign)

    store.sends(ORG).create(send, idempotency_key=next_key(campaign), advance=past_next(campaign))

    stored = campaigns.get(campaign.id)
    assert (stored.status, stored.next_run_at) == (CampaignStatus.COMPLETED, None)
    assert stored.last_send == send.id
    (listed,) = campaigns.list_page(status=CampaignStatus.COMPLETED, cursor=None, limit=10).items
    assert listed == stored


def test_occurrences_skipped_before_are_over(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    after_skip = skipped(campaign, NOW)
    campaigns.change(campaign, after_skip)

    store.sends(ORG).create(
        its_send(after_skip), idempotency_key=next_key(after_skip), advance=past_next(after_skip)
    )

    assert campaigns.get(campaign.id).skipped == ()


@pytest.mark.feature("B11")
@pytest.mark.parametrize("is_paused", [False, True])
def test_an_extra_run_only_leaves_its_send(store: Store, is_paused: bool) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign(paused=is_paused)
    campaigns.create(campaign)
    idempotency_key = extra_run_key(campaign.id, send_id())
    still = CampaignAdvance(before=campaign, after=campaign)
    first = its_send(campaign, occurrence_at=NOW)

    store.sends(ORG).create(first, idempotency_key=idempotency_key, advance=still)
    again = store.sends(ORG).create(
        its_send(campaign), idempotency_key=idempotency_key, advance=still
    )

    assert (again.id, again.created) == (first.id, False)
    assert campaigns.get(campaign.id) == replace(campaign, last_send=first.id)


@pytest.mark.feature("B10")
def test_a_test_leaves_the_campaign_alone(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    idempotency_key = extra_run_key(campaign.id, send_id())
    first = its_send(campaign)

    store.sends(ORG).create(first, idempotency_key=idempotency_key)
    again = store.sends(ORG).create(its_send(campaign), idempotency_key=idempotency_key)

    assert (again.id, again.created) == (first.id, False)
    assert campaigns.get(campaign.id) == campaign


@pytest.mark.feature("B12")
def test_a_campaign_may_pause_itself_with_its_last_send(store: Store) -> None:
    campaigns, campaign = store.campaigns(ORG), a_campaign()
    campaigns.create(campaign)
    after = paused(campaign, LATER, PauseReason.REACHED_NOBODY)
    send = its_send(campaign)

    store.sends(ORG).create(
        send,
        idempotency_key=next_key(campaign),
        advance=CampaignAdvance(before=campaign, after=after),
    )

    assert campaigns.get(campaign.id) == replace(after, last_send=send.id)


def test_keys_of_occurrences_and_extra_runs_differ() -> None:
    campaign = a_campaign()
    idempotency = {
        occurrence_key(campaign.id, NOW),
        occurrence_key(campaign.id, LATER),
        extra_run_key(campaign.id, "01M86CH3M0KGFGWTNQT91RGNDA"),
        extra_run_key(campaign.id, "01M86CH3M0KGFGWTNQT91RGNDB"),
    }

    assert len(idempotency) == 4


def test_rows_are_read_many_at_once(store: Store) -> None:
    sends = store.sends(ORG)
    made = [a_send(minute=n) for n in range(3)]
    for send in made:
        sends.create(send)
    store.sends(OTHER).create(other := a_send())

    rows = sends.get_rows([made[0].id, made[2].id, made[0].id, other.id, SendId("01M8GONE")])

    assert rows == {send.id: sends.get_row(send.id) for send in (made[0], made[2])}
    assert sends.get_rows([]) == {}
