"""Deadlines of campaigns: a pending schedule, a late occurrence, an unfinished deletion."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from facteur.domain.campaign import Campaign, PauseReason
from facteur.domain.campaign_transitions import advanced, edited, paused, resumed, skipped
from facteur.domain.deadlines import GRACE, SCHEDULE_GRACE
from facteur.domain.recurrence import Monthly, NoRecurrence, Weekly
from facteur.ports import CampaignAdvance, Overdue, OverdueCampaign, OverdueSend, Store
from tests.adapters.dynamodb.samples import (
    NOW,
    ORG,
    OTHER,
    a_campaign,
    a_draft,
    a_send,
    its_send,
)
from tests.adapters.dynamodb.test_advances import next_key, past_next

LATER = NOW + timedelta(hours=1)
LIST_DATE = date(2026, 11, 1)
EVER = NOW + timedelta(days=1_000)


def run_of(campaign: Campaign) -> datetime:
    assert campaign.next_run_at is not None
    return campaign.next_run_at


@pytest.fixture
def deadline(overdue: Overdue) -> Callable[[Campaign], datetime | None]:
    """When a campaign is overdue for reconcile."""

    def find(campaign: Campaign) -> datetime | None:
        found = [
            item.overdue_at
            for item in overdue.list_overdue(EVER, limit=100)
            if isinstance(item, OverdueCampaign) and item.campaign == campaign.id
        ]
        return found[0] if found else None

    return find


type Deadline = Callable[[Campaign], datetime | None]


def settled(store: Store, campaign: Campaign) -> Campaign:
    """A stored campaign whose schedule is settled."""
    store.campaigns(ORG).create(campaign)
    assert store.campaigns(ORG).settle_schedule(campaign)
    return campaign


def is_pending(store: Store, campaign: Campaign) -> bool:
    return store.campaigns(ORG).get_sync_state(campaign.id).pending


@pytest.mark.feature("B16")
def test_a_new_campaign_is_pending_until_it_has_its_schedule(
    store: Store, deadline: Deadline
) -> None:
    campaign = a_campaign()
    store.campaigns(ORG).create(campaign)
    before = is_pending(store, campaign), deadline(campaign)

    assert store.campaigns(ORG).settle_schedule(campaign) is True

    assert before == (True, NOW + SCHEDULE_GRACE)
    assert (is_pending(store, campaign), deadline(campaign)) == (False, run_of(campaign) + GRACE)
    assert store.campaigns(ORG).settle_schedule(campaign) is True


def test_a_campaign_without_recurrence_waits_for_its_occurrence_only(
    store: Store, deadline: Deadline
) -> None:
    campaign = a_campaign(recurrence=NoRecurrence(), auto_increment_date=False)

    store.campaigns(ORG).create(campaign)

    assert (is_pending(store, campaign), deadline(campaign)) == (False, NOW + GRACE)


def test_a_paused_campaign_is_not_looked_at_once_its_schedule_is_in_order(
    store: Store, deadline: Deadline
) -> None:
    campaign = settled(store, a_campaign(paused=True))

    assert deadline(campaign) is None


CHANGES: dict[str, Callable[[Campaign], Campaign]] = {
    "pause": lambda c: paused(c, LATER),
    "weekly to monthly": lambda c: edited(
        c, a_draft(recurrence=Monthly((30,), time(7))), list_date=LIST_DATE, now=LATER
    ),
    "time zone": lambda c: edited(
        c, a_draft(timezone="Europe/London"), list_date=LIST_DATE, now=LATER
    ),
    "weekly to none": lambda c: edited(
        c,
        a_draft(recurrence=NoRecurrence(), auto_increment_date=False),
        list_date=LIST_DATE,
        now=LATER,
    ),
}


@pytest.mark.feature("B16")
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_calendar_is_pending(store: Store, deadline: Deadline, change: str) -> None:
    campaign = settled(store, a_campaign())
    after = CHANGES[change](campaign)

    store.campaigns(ORG).change(campaign, after)

    assert (is_pending(store, campaign), deadline(campaign)) == (True, LATER + SCHEDULE_GRACE)
    assert store.campaigns(ORG).settle_schedule(after) is True
    next_at = after.next_run_at
    assert deadline(campaign) == (next_at + GRACE if next_at is not None else None)


def test_resuming_is_pending(store: Store, deadline: Deadline) -> None:
    campaign = settled(store, a_campaign(paused=True))

    store.campaigns(ORG).change(campaign, resumed(campaign, LATER))

    assert (is_pending(store, campaign), deadline(campaign)) == (True, LATER + SCHEDULE_GRACE)


@pytest.mark.feature("B12")
def test_a_campaign_that_pauses_itself_is_looked_at_at_once(
    store: Store, deadline: Deadline
) -> None:
    campaign = settled(store, a_campaign())

    store.campaigns(ORG).change(campaign, paused(campaign, LATER, PauseReason.REACHED_NOBODY))

    assert (is_pending(store, campaign), deadline(campaign)) == (True, LATER)


def test_an_edit_of_the_subject_leaves_the_schedule_alone(store: Store, deadline: Deadline) -> None:
    campaign = settled(store, a_campaign())
    neuf = edited(campaign, a_draft(subject="Neuf"), list_date=LIST_DATE, now=LATER)

    store.campaigns(ORG).change(campaign, neuf)

    assert (is_pending(store, campaign), deadline(campaign)) == (False, run_of(campaign) + GRACE)


def test_a_skip_moves_the_deadline_with_the_occurrence(store: Store, deadline: Deadline) -> None:
    campaign = settled(store, a_campaign())
    after = skipped(campaign, LATER)

    store.campaigns(ORG).change(campaign, after)

    assert (is_pending(store, campaign), deadline(campaign)) == (False, run_of(after) + GRACE)


def test_what_is_pending_is_looked_at_first_even_after_a_skip(
    store: Store, deadline: Deadline
) -> None:
    campaign = a_campaign()
    store.campaigns(ORG).create(campaign)

    store.campaigns(ORG).change(campaign, skipped(campaign, LATER))

    assert (is_pending(store, campaign), deadline(campaign)) == (True, NOW + SCHEDULE_GRACE)


@pytest.mark.feature("B3")
def test_an_occurrence_moves_the_deadline_to_the_next(store: Store, deadline: Deadline) -> None:
    campaign = settled(store, a_campaign())
    advance = past_next(campaign)

    store.sends(ORG).create(its_send(campaign), idempotency_key=next_key(campaign), advance=advance)

    assert (is_pending(store, campaign), deadline(campaign)) == (
        False,
        run_of(advance.after) + GRACE,
    )


def test_what_is_pending_is_looked_at_first_even_after_an_occurrence(
    store: Store, deadline: Deadline
) -> None:
    campaign = a_campaign()
    store.campaigns(ORG).create(campaign)

    store.sends(ORG).create(
        its_send(campaign), idempotency_key=next_key(campaign), advance=past_next(campaign)
    )

    assert (is_pending(store, campaign), deadline(campaign)) == (True, NOW + SCHEDULE_GRACE)


def test_an_extra_run_moves_no_deadline(store: Store, deadline: Deadline) -> None:
    campaign = settled(store, a_campaign())

    store.sends(ORG).create(
        its_send(campaign), advance=CampaignAdvance(before=campaign, after=campaign)
    )

    assert deadline(campaign) == run_of(campaign) + GRACE


def test_the_schedule_of_a_completed_campaign_is_seen_to(store: Store, deadline: Deadline) -> None:
    campaign = a_campaign(recurrence=NoRecurrence(), auto_increment_date=False)
    store.campaigns(ORG).create(campaign)
    advance = past_next(campaign)

    store.sends(ORG).create(its_send(campaign), idempotency_key=next_key(campaign), advance=advance)

    assert (is_pending(store, campaign), deadline(campaign)) == (True, NOW + SCHEDULE_GRACE)
    assert store.campaigns(ORG).settle_schedule(advance.after) is True
    assert deadline(campaign) is None


def test_a_schedule_put_for_what_was_before_is_not_settled(
    store: Store, deadline: Deadline
) -> None:
    campaign = settled(store, a_campaign())
    off = paused(campaign, LATER)
    store.campaigns(ORG).change(campaign, off)
    on = resumed(off, LATER)
    store.campaigns(ORG).change(off, on)

    assert store.campaigns(ORG).settle_schedule(off) is False

    assert is_pending(store, campaign)
    assert store.campaigns(ORG).settle_schedule(on) is True
    assert store.campaigns(ORG).settle_schedule(off) is False


def test_an_occurrence_or_an_edit_of_the_subject_meanwhile_is_no_other_schedule(
    store: Store, deadline: Deadline
) -> None:
    campaign = a_campaign()
    store.campaigns(ORG).create(campaign)
    advance = past_next(campaign)
    store.sends(ORG).create(its_send(campaign), idempotency_key=next_key(campaign), advance=advance)
    neuf = edited(campaign, a_draft(subject="Neuf"), list_date=LIST_DATE, now=LATER)
    store.campaigns(ORG).change(campaign, neuf)

    assert store.campaigns(ORG).settle_schedule(campaign) is True

    assert (is_pending(store, campaign), deadline(campaign)) == (
        False,
        run_of(advance.after) + GRACE,
    )


def test_settling_what_is_not_pending_ends_no_lease(
    store: Store, overdue: Overdue, deadline: Deadline
) -> None:
    campaign = settled(store, a_campaign())
    (item,) = overdue.list_overdue(EVER, limit=10)
    overdue.take(item, until=EVER)

    assert store.campaigns(ORG).settle_schedule(campaign) is True

    assert deadline(campaign) == EVER


@pytest.mark.feature("B16")
def test_a_deletion_that_was_not_finished_is_seen_to(
    store: Store, overdue: Overdue, deadline: Deadline
) -> None:
    campaign = settled(store, a_campaign())

    store.campaigns(ORG).begin_delete(campaign.id, now=LATER)

    assert deadline(campaign) == LATER + SCHEDULE_GRACE
    store.campaigns(ORG).finish_delete(campaign.id)
    assert list(overdue.list_overdue(EVER, limit=10)) == []


@pytest.mark.feature("B3")
def test_campaigns_and_sends_are_late_in_one_order(store: Store, overdue: Overdue) -> None:
    store.campaigns(ORG).create(soon := a_campaign())
    store.sends(ORG).create(send := a_send())
    store.campaigns(OTHER).create(later := a_campaign(minute=30))

    late = overdue.list_overdue(LATER, limit=10)

    assert list(late) == [
        OverdueCampaign(organization=ORG, campaign=soon.id, overdue_at=NOW + timedelta(minutes=5)),
        OverdueSend(
            organization=ORG,
            send=send.id,
            origin_is_notice=False,
            overdue_at=NOW + timedelta(minutes=15),
        ),
        OverdueCampaign(
            organization=OTHER, campaign=later.id, overdue_at=NOW + timedelta(minutes=35)
        ),
    ]


def test_a_late_campaign_is_taken_once(store: Store, overdue: Overdue) -> None:
    store.campaigns(ORG).create(a_campaign())
    (item,) = overdue.list_overdue(LATER, limit=10)
    until = LATER + timedelta(minutes=15)

    assert overdue.take(item, until=until) is True
    assert overdue.take(item, until=until) is False

    assert list(overdue.list_overdue(LATER, limit=10)) == []
    assert list(overdue.list_overdue(until, limit=10)) == [replace(item, overdue_at=until)]


def test_no_campaign_is_made_by_taking_one_that_is_gone(store: Store, overdue: Overdue) -> None:
    gone = OverdueCampaign(organization=ORG, campaign=a_campaign().id, overdue_at=NOW)

    assert overdue.take(gone, until=LATER) is False

    assert list(overdue.list_overdue(EVER, limit=10)) == []


def test_a_missed_occurrence_is_late_ten_minutes_after_its_time(
    store: Store, overdue: Overdue
) -> None:
    campaign = settled(store, a_campaign(recurrence=Weekly((1,), time(6, 30))))
    due = run_of(campaign)

    early = overdue.list_overdue(due + GRACE - timedelta(seconds=1), limit=10)
    late = overdue.list_overdue(due + GRACE, limit=10)

    assert list(early) == []
    assert [item.overdue_at for item in late] == [due + GRACE]
    assert advanced(campaign).next_run_at == due + timedelta(days=7)
