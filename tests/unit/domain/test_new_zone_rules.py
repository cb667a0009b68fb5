"""A calendar whose time zone gets other rules, again and again: nothing twice, late or lost."""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.campaign import Campaign, CampaignStatus, key_of_next, rederived
from facteur.domain.campaign_transitions import (
    advanced,
    edited,
    new_campaign,
    paused,
    resumed,
    skipped,
    unskipped,
)
from facteur.domain.deadlines import GRACE
from facteur.domain.errors import ConflictError
from facteur.domain.idempotency import occurrence_key
from facteur.domain.identity import CampaignId, UserId
from facteur.domain.occurrences import Calendar
from facteur.domain.recurrence import Monthly, Once, Recurrence, Weekly
from tests.support.zone_rules import ZONE, ZoneRules, changing_rules
from tests.unit.domain.test_campaign_transitions import LIST_DATE, NOW, a_draft

type Database = tuple[dt.timedelta, list[tuple[dt.datetime, dt.timedelta]]]
"""What a database says of the zone: an offset, and changes of it."""
type Act = Callable[[Campaign, dt.datetime], Campaign]

RECONCILE = dt.timedelta(minutes=5)
SPAN = dt.timedelta(days=70)
RECURRENCES: list[Recurrence] = [
    Weekly((3,), dt.time(8)),
    Weekly((7,), dt.time(0, 5)),
    Monthly((31,), dt.time(23, 50)),
    Monthly((1,), dt.time(2, 30)),
    Once(dt.datetime(2027, 2, 1, 8)),
]
recurrences = st.sampled_from(RECURRENCES)
offsets = st.sampled_from([dt.timedelta(minutes=m) for m in (-180, -60, 0, 30, 60, 120, 210)])
moments = st.integers(0, int(SPAN.total_seconds() // 60)).map(
    lambda minutes: NOW + dt.timedelta(minutes=minutes)
)


@st.composite
def rules(draw: st.DrawFn) -> Database:
    changes = draw(st.lists(st.tuples(moments, offsets), max_size=3, unique_by=lambda one: one[0]))
    return draw(offsets), sorted(changes)


databases = st.lists(st.tuples(moments, rules()), max_size=4).map(
    lambda found: sorted(found, key=lambda one: one[0])
)


@pytest.fixture(scope="module")
def zone() -> Iterator[ZoneRules]:
    with tempfile.TemporaryDirectory() as directory, changing_rules(Path(directory)) as zone:
        yield zone


def a_campaign(recurrence: Recurrence) -> Campaign:
    return new_campaign(
        replace(a_draft(recurrence, increment=False), timezone=ZONE),
        id=CampaignId("campaign"),
        owner=UserId("claire"),
        paused=False,
        list_date=LIST_DATE,
        now=NOW,
    )


def made_by_reconcile_alone(
    campaign: Campaign, updates: list[tuple[dt.datetime, partial[None]]]
) -> Iterator[tuple[dt.datetime, dt.timedelta]]:
    """The occurrences made in SPAN without one trigger: nominal time, and how late it was.

    Late after its instant, or after the update that moved the instant into the past.
    """
    now = updated = NOW
    while now < NOW + SPAN and campaign.next_run is not None:
        campaign = rederived(campaign)
        assert campaign.next_run is not None
        at, local = campaign.next_run.at, campaign.next_run.local
        late = max(now, at + GRACE)
        ticks = -((NOW - late) // RECONCILE)
        due = NOW + ticks * RECONCILE
        if updates and updates[0][0] <= due:
            updated, update = updates.pop(0)
            update()
            now = updated
            continue
        now = due
        yield local, now - max(at, updated)
        campaign = advanced(campaign)


@given(recurrence=recurrences, first=rules(), others=databases)
def test_each_occurrence_is_made_once_none_is_lost_and_none_is_late(
    zone: ZoneRules,
    recurrence: Recurrence,
    first: Database,
    others: list[tuple[dt.datetime, Database]],
) -> None:
    zone.become(first[0], *first[1])
    campaign = a_campaign(recurrence)
    updates = [(at, partial(zone.become, database[0], *database[1])) for at, database in others]
    assert campaign.next_run is not None
    begins = campaign.next_run.local
    announced = [begins]
    for occurrence in Calendar(recurrence, campaign.draft.zone).past(begins):
        if len(announced) == 20:
            break
        announced.append(occurrence.local)

    made = list(made_by_reconcile_alone(campaign, updates))

    assert [local for local, _ in made] == announced[: len(made)]
    assert all(late <= GRACE + RECONCILE for _, late in made)
    assert len(made) >= (1 if isinstance(recurrence, Monthly) else len(announced[:8]))


def skip(campaign: Campaign, now: dt.datetime) -> Campaign:
    return skipped(campaign, now)


def another_zone(campaign: Campaign, now: dt.datetime) -> Campaign:
    timezone = ZONE if campaign.draft.timezone != ZONE else "America/New_York"
    draft = replace(campaign.draft, timezone=timezone)
    return edited(campaign, draft, list_date=LIST_DATE, now=now)


ACTS: list[Act] = [
    paused,
    resumed,
    skip,
    unskipped,
    another_zone,
]


@given(
    recurrence=recurrences,
    first=rules(),
    others=databases,
    acts=st.lists(st.tuples(moments, st.sampled_from(ACTS)), max_size=12),
)
def test_whatever_people_do_meanwhile_no_occurrence_is_made_twice_and_no_skipped_one(
    zone: ZoneRules,
    recurrence: Recurrence,
    first: Database,
    others: list[tuple[dt.datetime, Database]],
    acts: list[tuple[dt.datetime, Act]],
) -> None:
    zone.become(first[0], *first[1])
    campaign = a_campaign(recurrence)
    made: list[dt.datetime] = []
    happens: list[tuple[dt.datetime, Database | Act]] = [*others, *acts, (NOW + SPAN, paused)]

    for now, happening in sorted(happens, key=lambda one: one[0]):
        while (coming := rederived(campaign).next_run) is not None and coming.at <= now:
            assert coming.local not in campaign.skipped
            made.append(coming.local)
            campaign = advanced(campaign)
        if isinstance(happening, tuple):
            zone.become(happening[0], *happening[1])
            continue
        try:
            campaign = happening(campaign, now)
        except ConflictError:
            continue

    assert all(one < other for one, other in pairwise(made))
    assert campaign.status in (CampaignStatus.PAUSED, CampaignStatus.COMPLETED)


@given(recurrence=recurrences, first=rules(), other=rules())
def test_an_instant_stored_by_earlier_rules_is_that_of_the_same_occurrence(
    zone: ZoneRules,
    recurrence: Recurrence,
    first: Database,
    other: Database,
) -> None:
    zone.become(first[0], *first[1])
    stored = a_campaign(recurrence).next_run
    assert stored is not None

    zone.become(other[0], *other[1])
    draft = replace(a_draft(recurrence, increment=False), timezone=ZONE)
    found = Calendar(recurrence, draft.zone).nearest(stored.at)

    assert found == Calendar(recurrence, draft.zone).occurrence_of(stored.local)


@given(
    first=st.sampled_from([dt.timedelta(0), dt.timedelta(hours=1)]),
    change=st.none() | moments,
)
def test_a_key_knows_the_instant_by_which_version_0_1_0_called_the_occurrence(
    zone: ZoneRules, first: dt.timedelta, change: dt.datetime | None
) -> None:
    hour = dt.timedelta(hours=1)
    zone.become(first)
    stored = a_campaign(Weekly((3,), dt.time(8))).next_run
    assert stored is not None
    old_name = stored.at.isoformat(timespec="milliseconds")

    zone.become(first, *([(change, hour - first)] if change else []))
    key = key_of_next(replace(a_campaign(Weekly((3,), dt.time(8))), next_run=stored))

    assert key.occurrence == stored.local.isoformat()
    assert old_name in key.instants
    assert key == occurrence_key(CampaignId("campaign"), stored.local)
