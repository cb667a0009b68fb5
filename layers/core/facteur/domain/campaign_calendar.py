"""Where a campaign stands in its calendar: pure parts of its transitions."""

import datetime as dt
from dataclasses import replace

from facteur.domain.campaign import (
    Campaign,
    CampaignDraft,
    CampaignStatus,
    first_remaining,
    next_unskipped,
)
from facteur.domain.occurrences import Occurrence
from facteur.domain.recurrence import NoRecurrence


def rescheduled(campaign: Campaign, now: dt.datetime) -> Campaign:
    """Set ``next_run`` and the status from the recurrence and the present instant."""
    if isinstance(campaign.draft.recurrence, NoRecurrence):
        runs_now = campaign.status is not CampaignStatus.COMPLETED
        local = now.astimezone(campaign.draft.zone).replace(tzinfo=None)
        return replace(campaign, next_run=Occurrence(local, now) if runs_now else None)
    if campaign.status is CampaignStatus.PAUSED:
        return replace(campaign, next_run=None)
    following = next_unskipped(campaign, now)
    if following is None:
        return replace(campaign, status=CampaignStatus.COMPLETED, next_run=None)
    return replace(campaign, status=CampaignStatus.ACTIVE, next_run=following)


def remaining_after(before: Campaign, draft: CampaignDraft) -> int | None:
    """The sends left once a campaign has another recurrence.

    Those made since it was told to end after some count, unless it had ended and begins afresh
    with other occurrences.
    """
    total, stood = first_remaining(draft.recurrence), first_remaining(before.draft.recurrence)
    if total is None or stood is None or before.remaining is None:
        return total
    has_ended = before.status is CampaignStatus.COMPLETED
    if has_ended and not draft.same_occurrences_as(before.draft):
        return total
    return max(0, total - (stood - before.remaining))


def begun_again(campaign: Campaign, now: dt.datetime) -> Campaign:
    """The campaign at the beginning of another recurrence: nothing of it is skipped or over.

    Except the occurrence that has just been made, if the new recurrence has it too: in a zone
    changed meanwhile it may be in the future again.
    """
    over = campaign.over_until
    afresh = replace(campaign, skipped=(), over_until=None)
    if over is None:
        return afresh
    following = next_unskipped(replace(afresh, skipped=(over,)), now)
    repeats_none_before = following is None or following.local > over
    return replace(afresh, over_until=over) if repeats_none_before else afresh


def next_past(campaign: Campaign, local: dt.datetime) -> Occurrence | None:
    """The first occurrence later than a nominal time that is not skipped, if any is left."""
    if campaign.remaining == 0:
        return None
    occurrences = campaign.draft.calendar.past(local)
    return next((one for one in occurrences if one.local not in campaign.skipped), None)


def without_passed_skips(campaign: Campaign, now: dt.datetime) -> Campaign:
    """The campaign without the skipped occurrences whose time has passed: those are over."""
    calendar = campaign.draft.calendar
    passed = [local for local in campaign.skipped if calendar.occurrence_of(local).at <= now]
    if not passed:
        return campaign
    over = max(passed) if campaign.over_until is None else max(*passed, campaign.over_until)
    still = tuple(local for local in campaign.skipped if local not in passed)
    return replace(campaign, skipped=still, over_until=over)
