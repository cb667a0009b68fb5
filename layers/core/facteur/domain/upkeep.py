"""When reconcile must look at a campaign: its schedule may lag behind it, its run may not come."""

import datetime as dt

from facteur.domain.campaign import GRACE, Campaign
from facteur.domain.recurrence import native_schedule

SCHEDULE_GRACE = dt.timedelta(minutes=5)
"""How long a schedule may lag behind its campaign before reconcile looks at it."""


def same_schedule(one: Campaign, other: Campaign) -> bool:
    """Is nothing to be done to the schedule of ``one`` to make it that of ``other``?

    Enabled while active, disabled while paused, gone when completed.
    """
    return one.draft.same_calendar_as(other.draft) and one.status is other.status


def has_schedule(campaign: Campaign) -> bool:
    """Does the recurrence of a campaign need a native schedule?"""
    return native_schedule(campaign.draft.recurrence, campaign.draft.zone) is not None


def pending_until(before: Campaign | None, after: Campaign) -> dt.datetime:
    """When reconcile must look at a campaign whose schedule has just come to differ.

    At once when the campaign has paused itself: the worker that did it may not touch schedules.
    """
    paused_before = before is not None and before.pause_reason is not None
    itself = after.pause_reason is not None and not paused_before
    return after.updated_at + (dt.timedelta(0) if itself else SCHEDULE_GRACE)


def run_overdue_at(campaign: Campaign) -> dt.datetime | None:
    """When the next run of a campaign has not come in time."""
    return campaign.next_run_at + GRACE if campaign.next_run_at is not None else None
