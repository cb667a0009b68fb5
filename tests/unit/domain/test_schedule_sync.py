"""When reconcile must check the schedule of a campaign."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from facteur.domain.campaign import PauseReason
from facteur.domain.campaign_transitions import advanced, edited, paused
from facteur.domain.deadlines import SCHEDULE_GRACE
from facteur.domain.recurrence import NoRecurrence, Once
from facteur.domain.schedule_sync import Schedule, pending_until, schedule_of
from tests.unit.domain.test_campaign_transitions import EVERY_MONDAY, LIST_DATE, NOW, a_campaign

LATER = NOW + dt.timedelta(hours=1)


def test_a_schedule_may_differ_from_its_new_campaign_for_a_while() -> None:
    assert pending_until(None, a_campaign()) == NOW + SCHEDULE_GRACE


def test_a_campaign_that_pauses_itself_is_checked_at_once() -> None:
    before = a_campaign()
    after = paused(before, LATER, PauseReason.REACHED_NOBODY)

    assert pending_until(before, after) == LATER


def test_an_edit_of_a_campaign_that_had_paused_itself_has_its_while_too() -> None:
    before = paused(a_campaign(), NOW, PauseReason.REACHED_NOBODY)
    weekly = replace(before.draft, recurrence=EVERY_MONDAY)
    after = edited(before, weekly, list_date=LIST_DATE, now=LATER)

    assert after.pause_reason is PauseReason.REACHED_NOBODY
    assert pending_until(before, after) == LATER + SCHEDULE_GRACE


def test_a_campaign_has_the_schedule_of_its_recurrence_until_it_is_completed() -> None:
    once = Once(dt.datetime(2027, 1, 20, 8))
    campaign = a_campaign(once, increment=False)
    at = once.at.replace(tzinfo=ZoneInfo("Europe/Paris"))

    assert schedule_of(campaign, NOW) == Schedule(once, "Europe/Paris")
    assert schedule_of(campaign, at) is None
    assert schedule_of(advanced(campaign), NOW) is None
    assert schedule_of(a_campaign(NoRecurrence(), increment=False), NOW) is None
