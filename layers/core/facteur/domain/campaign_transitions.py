"""The transitions of a campaign: pause, resume, edit, skip, advance.

Every function is pure and returns a new campaign. ``next_run`` decides which occurrence comes next,
and only these transitions change it. A calendar moves on by nominal times, never by instants, so
that new rules of its time zone neither repeat nor lose an occurrence.
"""

import datetime as dt
from dataclasses import replace

from facteur.domain.campaign import (
    Campaign,
    CampaignDraft,
    CampaignStatus,
    PauseReason,
    first_remaining,
    next_document_date,
    next_unskipped,
)
from facteur.domain.campaign_calendar import (
    begun_again,
    next_past,
    remaining_after,
    rescheduled,
    without_passed_skips,
)
from facteur.domain.errors import ConflictError
from facteur.domain.identity import CampaignId, UserId
from facteur.domain.occurrences import Occurrence
from facteur.domain.recurrence import DateAnchor, NoRecurrence, Periodic
from facteur.domain.recurrence_changes import same_occurrences


def new_campaign(
    draft: CampaignDraft,
    *,
    id: CampaignId,  # noqa: A002 - the field's own name
    owner: UserId,
    paused: bool,
    list_date: dt.date,
    now: dt.datetime,
) -> Campaign:
    """A new campaign; without recurrence its only occurrence is now.

    ``list_date`` is the date of its first document, which its first occurrence carries.
    """
    campaign = Campaign(
        id=id,
        draft=draft,
        status=CampaignStatus.PAUSED if paused else CampaignStatus.ACTIVE,
        owner=owner,
        version=1,
        created_at=now,
        updated_at=now,
        remaining=first_remaining(draft.recurrence),
    )
    return _anchored(rescheduled(campaign, now), list_date, now)


def duplicate_of(
    campaign: Campaign,
    *,
    id: CampaignId,  # noqa: A002 - the field's own name
    owner: UserId,
    name: str,
    now: dt.datetime,
) -> Campaign:
    """«Dupliquer»: a paused copy under another name, with the same anchor of its list's date.

    A copy without recurrence is completed, because resuming it would send it at once.
    """
    is_sent_at_once = isinstance(campaign.draft.recurrence, NoRecurrence)
    return Campaign(
        id=id,
        draft=replace(campaign.draft, name=name),
        status=CampaignStatus.COMPLETED if is_sent_at_once else CampaignStatus.PAUSED,
        owner=owner,
        version=1,
        created_at=now,
        updated_at=now,
        anchor=campaign.anchor,
        remaining=first_remaining(campaign.draft.recurrence),
    )


def advanced(campaign: Campaign, *, counts: bool = True) -> Campaign:
    """The campaign once its next occurrence is made: moved to the following one, or completed.

    ``counts``: it is one of the sends after which the recurrence ends.
    """
    made = campaign.next_run
    if made is None:
        return campaign
    over = replace(campaign, over_until=made.local)
    if counts and over.remaining is not None:
        over = replace(over, remaining=max(0, over.remaining - 1))
    following = next_past(over, made.local)
    if following is None:
        return replace(over, status=CampaignStatus.COMPLETED, next_run=None, skipped=())
    still = tuple(local for local in campaign.skipped if local > made.local)
    return replace(over, next_run=following, skipped=still)


def paused(campaign: Campaign, now: dt.datetime, reason: PauseReason | None = None) -> Campaign:
    """«Mettre en pause». An occurrence that is due is recorded as skipped.

    Raises ConflictError ``campaign_completed``.
    """
    if campaign.status is CampaignStatus.COMPLETED:
        raise ConflictError("campaign_completed")
    coming, skipped_too = campaign.next_run, campaign.skipped
    if coming is not None and _is_due(campaign, now):
        skipped_too = tuple(sorted((*campaign.skipped, coming.local)))
    return replace(
        campaign,
        status=CampaignStatus.PAUSED,
        next_run=None,
        skipped=skipped_too,
        pause_reason=reason,
        updated_at=now,
    )


def resumed(campaign: Campaign, now: dt.datetime) -> Campaign:
    """«Reprendre»: continue with the first occurrence after now that is not skipped.

    Occurrences that passed during the pause are not made up for.

    Raises ConflictError ``campaign_completed``, ``no_recipients``, or, when nothing is left of its
    recurrence, ``once_has_passed`` or ``recurrence_has_ended``.
    """
    if campaign.status is CampaignStatus.COMPLETED:
        raise ConflictError("campaign_completed")
    ensure_recipients(campaign)
    if campaign.status is CampaignStatus.ACTIVE:
        return campaign
    active = replace(
        without_passed_skips(campaign, now),
        status=CampaignStatus.ACTIVE,
        pause_reason=None,
        updated_at=now,
    )
    following = next_unskipped(active, now)
    if following is None:
        if isinstance(campaign.draft.recurrence, Periodic):
            raise ConflictError("recurrence_has_ended")
        raise ConflictError("once_has_passed")
    return replace(active, next_run=following)


def edited(
    campaign: Campaign, draft: CampaignDraft, *, list_date: dt.date, now: dt.datetime
) -> Campaign:
    """«Modifier»: replace the draft.

    Only a change of recurrence or zone changes ``next_run``. That, and a new anchor of the list's
    date, raises ConflictError ``occurrence_in_progress`` while an occurrence is due. In another
    zone, with another end or other off days the occurrences are the same ones: what is over or
    skipped stays so. A completed campaign with a new future recurrence becomes active. The sends
    after which a recurrence ends are counted on, whatever else changes. The list continues with the
    date that the next occurrence would have carried; another document starts from its own date.
    """
    changed = replace(campaign, draft=draft, version=campaign.version + 1, updated_at=now)
    if not draft.same_calendar_as(campaign.draft):
        ensure_not_running(campaign, now)
        if not same_occurrences(draft.recurrence, campaign.draft.recurrence):
            changed = begun_again(changed, now)
        changed = replace(changed, remaining=remaining_after(campaign, draft))
        changed = rescheduled(changed, now)
    return _anchored(changed, _date_to_carry_on(campaign, changed, list_date, now), now)


def with_next_document_date(campaign: Campaign, date: dt.date, now: dt.datetime) -> Campaign:
    """Set the date of the list at the next occurrence; the following ones are counted from it.

    Raises ConflictError ``occurrence_in_progress`` while an occurrence is due: it may have been
    made already, and the date would then apply to none.
    """
    ensure_not_running(campaign, now)
    occurrence = _next_occurrence(campaign, now)
    return (
        replace(campaign, anchor=DateAnchor(occurrence.local.date(), date))
        if occurrence
        else campaign
    )


def skipped(campaign: Campaign, now: dt.datetime) -> Campaign:
    """«Ignorer le prochain envoi»; without another one the campaign is completed.

    Raises ConflictError ``nothing_to_skip``, or ``occurrence_in_progress`` while it is due.
    """
    coming = campaign.next_run
    if coming is None or not isinstance(campaign.draft.recurrence, Periodic):
        raise ConflictError("nothing_to_skip")
    ensure_not_running(campaign, now)
    with_skip = replace(campaign, skipped=(*campaign.skipped, coming.local))
    following = next_past(with_skip, coming.local)
    status = CampaignStatus.COMPLETED if following is None else campaign.status
    return replace(with_skip, next_run=following, status=status)


def unskipped(campaign: Campaign, now: dt.datetime) -> Campaign:
    """«Rétablir cet envoi»: restore the occurrence skipped last, while it is in the future.

    A campaign that was completed by skipping its last occurrence becomes active again.

    Raises ConflictError ``nothing_skipped`` or ``occurrence_in_progress``.
    """
    kept = without_passed_skips(campaign, now)
    if not kept.skipped or campaign.status is CampaignStatus.PAUSED:
        raise ConflictError("nothing_skipped")
    ensure_not_running(campaign, now)
    return replace(
        kept,
        status=CampaignStatus.ACTIVE,
        next_run=campaign.draft.calendar.occurrence_of(kept.skipped[-1]),
        skipped=kept.skipped[:-1],
    )


def ensure_not_running(campaign: Campaign, now: dt.datetime) -> None:
    """Raises ConflictError ``occurrence_in_progress`` while an occurrence is due, not made."""
    if _is_due(campaign, now):
        raise ConflictError("occurrence_in_progress")


def ensure_recipients(campaign: Campaign) -> None:
    """Raises ConflictError ``no_recipients`` when all of them asked to be forgotten."""
    if not campaign.draft.recipients and not campaign.draft.groups:
        raise ConflictError("no_recipients")


def _is_due(campaign: Campaign, now: dt.datetime) -> bool:
    at = campaign.next_run_at
    return at is not None and at <= now


def _next_occurrence(campaign: Campaign, now: dt.datetime) -> Occurrence | None:
    return campaign.next_run or next_unskipped(campaign, now)


def _anchored(campaign: Campaign, date: dt.date | None, now: dt.datetime) -> Campaign:
    """Anchor ``date`` on the next occurrence if the list's date is incremented; None keeps it."""
    recurrence = campaign.draft.recurrence
    if not campaign.draft.auto_increment_date or not isinstance(recurrence, Periodic):
        return replace(campaign, anchor=None)
    if date is None:
        return campaign
    return with_next_document_date(campaign, date, now)


def _date_to_carry_on(
    before: Campaign, after: Campaign, list_date: dt.date, now: dt.datetime
) -> dt.date | None:
    """The date to anchor an edited campaign on, or None when its anchor stays."""
    if before.anchor is None or before.draft.document_ids != after.draft.document_ids:
        return list_date
    if before.draft.same_occurrences_as(after.draft):
        return None
    return next_document_date(before, now)
