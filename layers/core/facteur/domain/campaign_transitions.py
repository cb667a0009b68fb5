"""The transitions of a campaign: pause, resume, edit, skip, advance.

Every function is pure and returns a new campaign. ``next_run_at`` decides which occurrence comes
next, and only these transitions change it.
"""

import datetime as dt
from dataclasses import replace

from facteur.domain.campaign import (
    Campaign,
    CampaignDraft,
    CampaignStatus,
    PauseReason,
    next_document_date,
    next_unskipped,
)
from facteur.domain.errors import ConflictError
from facteur.domain.identity import CampaignId, UserId
from facteur.domain.recurrence import (
    DateAnchor,
    NoRecurrence,
    Occurrence,
    Periodic,
    find_occurrence,
)


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
    )
    return _anchored(_rescheduled(campaign, now), list_date, now)


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
    )


def advanced_past(campaign: Campaign, at: dt.datetime) -> Campaign:
    """The campaign once its occurrence at ``at`` is made: moved to the next one, or completed."""
    following = _next_run(campaign, at)
    if following is None:
        return replace(campaign, status=CampaignStatus.COMPLETED, next_run_at=None, skipped=())
    return replace(campaign, next_run_at=following, skipped=_still_coming(campaign, following))


def paused(campaign: Campaign, now: dt.datetime, reason: PauseReason | None = None) -> Campaign:
    """«Mettre en pause». An occurrence that is due is recorded as skipped.

    Raises ConflictError ``campaign_completed``.
    """
    if campaign.status is CampaignStatus.COMPLETED:
        raise ConflictError("campaign_completed")
    at = campaign.next_run_at
    return replace(
        campaign,
        status=CampaignStatus.PAUSED,
        next_run_at=None,
        skipped=(at, *campaign.skipped) if at is not None and at <= now else campaign.skipped,
        pause_reason=reason,
        updated_at=now,
    )


def resumed(campaign: Campaign, now: dt.datetime) -> Campaign:
    """«Reprendre»: continue with the first occurrence after now that is not skipped.

    Occurrences that passed during the pause are not made up for.

    Raises ConflictError ``campaign_completed``, ``no_recipients``, or ``once_has_passed`` when its
    only date has passed.
    """
    if campaign.status is CampaignStatus.COMPLETED:
        raise ConflictError("campaign_completed")
    ensure_recipients(campaign)
    if campaign.status is CampaignStatus.ACTIVE:
        return campaign
    active = replace(
        campaign,
        status=CampaignStatus.ACTIVE,
        pause_reason=None,
        skipped=_still_coming(campaign, now),
        updated_at=now,
    )
    following = _next_run(active, now)
    if following is None:
        raise ConflictError("once_has_passed")
    return replace(active, next_run_at=following)


def edited(
    campaign: Campaign, draft: CampaignDraft, *, list_date: dt.date, now: dt.datetime
) -> Campaign:
    """«Modifier»: replace the draft.

    Only a change of recurrence or zone changes ``next_run_at``. That, and a new anchor of the
    list's date, raises ConflictError ``occurrence_in_progress`` while an occurrence is due. A
    completed campaign with a new future recurrence becomes active. The list continues with the date
    that the next occurrence would have carried; another document starts from its own date.
    """
    version = replace(campaign, version=campaign.version + 1, updated_at=now)
    if draft.same_calendar_as(campaign.draft):
        changed = replace(version, draft=draft)
    else:
        ensure_not_running(campaign, now)
        changed = _rescheduled(replace(version, draft=draft, skipped=()), now)
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
    """«Ignorer le prochain envoi». Raises ConflictError ``nothing_to_skip``, or
    ``occurrence_in_progress`` while it is due."""
    if campaign.next_run_at is None or not isinstance(campaign.draft.recurrence, Periodic):
        raise ConflictError("nothing_to_skip")
    ensure_not_running(campaign, now)
    out = (*campaign.skipped, campaign.next_run_at)
    with_skip = replace(campaign, skipped=out)
    return replace(with_skip, next_run_at=_next_run(with_skip, campaign.next_run_at))


def unskipped(campaign: Campaign, now: dt.datetime) -> Campaign:
    """«Rétablir cet envoi»: restore the occurrence skipped last, while it is in the future.

    Raises ConflictError ``nothing_skipped`` or ``occurrence_in_progress``.
    """
    coming = [at for at in campaign.skipped if at > now]
    if not coming or campaign.status is not CampaignStatus.ACTIVE:
        raise ConflictError("nothing_skipped")
    ensure_not_running(campaign, now)
    return replace(campaign, next_run_at=coming[-1], skipped=tuple(coming[:-1]))


def ensure_not_running(campaign: Campaign, now: dt.datetime) -> None:
    """Raises ConflictError ``occurrence_in_progress`` while an occurrence is due, not made."""
    if campaign.next_run_at is not None and campaign.next_run_at <= now:
        raise ConflictError("occurrence_in_progress")


def ensure_recipients(campaign: Campaign) -> None:
    """Raises ConflictError ``no_recipients`` when all of them asked to be forgotten."""
    if not campaign.draft.recipients:
        raise ConflictError("no_recipients")


def _rescheduled(campaign: Campaign, now: dt.datetime) -> Campaign:
    """Set ``next_run_at`` and the status from the recurrence and the present instant."""
    if isinstance(campaign.draft.recurrence, NoRecurrence):
        runs_now = campaign.status is not CampaignStatus.COMPLETED
        return replace(campaign, next_run_at=now if runs_now else None)
    following = _next_run(campaign, now)
    if campaign.status is CampaignStatus.PAUSED:
        return replace(campaign, next_run_at=None)
    if following is None:
        return replace(campaign, status=CampaignStatus.COMPLETED, next_run_at=None)
    return replace(campaign, status=CampaignStatus.ACTIVE, next_run_at=following)


def _next_run(campaign: Campaign, after: dt.datetime) -> dt.datetime | None:
    occurrence = next_unskipped(campaign, after)
    return occurrence.at if occurrence is not None else None


def _still_coming(campaign: Campaign, after: dt.datetime) -> tuple[dt.datetime, ...]:
    return tuple(at for at in campaign.skipped if at > after)


def _next_occurrence(campaign: Campaign, now: dt.datetime) -> Occurrence | None:
    draft = campaign.draft
    if campaign.next_run_at is not None:
        return find_occurrence(draft.recurrence, draft.zone, campaign.next_run_at)
    return next_unskipped(campaign, now)


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
    if before.draft.same_calendar_as(after.draft):
        return None
    return next_document_date(before, now)
