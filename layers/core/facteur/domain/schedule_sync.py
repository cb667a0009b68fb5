"""Whether a campaign's schedule agrees with it, and when reconcile must check."""

import datetime as dt
from dataclasses import dataclass

from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.deadlines import GRACE, SCHEDULE_GRACE
from facteur.domain.recurrence import NoRecurrence, Once, Scheduled


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a campaign's schedule must trigger: the occurrences of a recurrence in a time zone."""

    recurrence: Scheduled
    timezone: str


def needs_schedule(campaign: Campaign) -> bool:
    """Does the recurrence of a campaign need a schedule?"""
    return not isinstance(campaign.draft.recurrence, NoRecurrence)


def schedule_of(campaign: Campaign, now: dt.datetime) -> Schedule | None:
    """The schedule that a campaign must have, enabled or disabled; None: it must have none.

    Also None for ``once`` whose time has passed: a new schedule for it would trigger at once, or
    never trigger and never be removed.
    """
    recurrence, calendar = campaign.draft.recurrence, campaign.draft.calendar
    if campaign.status is CampaignStatus.COMPLETED or isinstance(recurrence, NoRecurrence):
        return None
    if isinstance(recurrence, Once) and calendar.next_after(now) is None:
        return None
    return Schedule(recurrence, campaign.draft.timezone)


def same_schedule(one: Campaign, other: Campaign) -> bool:
    """Do two versions of a campaign have the same schedule?

    It is enabled while the campaign is active, disabled while paused, removed when completed.
    """
    return one.draft.same_calendar_as(other.draft) and one.status is other.status


def pending_until(before: Campaign | None, after: Campaign) -> dt.datetime:
    """When reconcile must check a campaign whose schedule differs since its last change.

    At once when the campaign has paused itself, because the worker that paused it may not change
    schedules.
    """
    paused_before = before is not None and before.pause_reason is not None
    paused_itself = after.pause_reason is not None and not paused_before
    return after.updated_at + (dt.timedelta(0) if paused_itself else SCHEDULE_GRACE)


def run_overdue_at(campaign: Campaign) -> dt.datetime | None:
    """When the next occurrence becomes overdue; None when there is none."""
    at = campaign.next_run_at
    return at + GRACE if at is not None else None
