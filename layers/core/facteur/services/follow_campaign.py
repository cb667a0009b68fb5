"""What follows the row of a campaign: its schedule, and the run of one that is sent at once.

The row is written first and is the truth. When the scheduler, the queue or the store then takes no
call, the request has succeeded all the same: the row is pending or overdue, and reconcile makes it
good.
"""

import datetime as dt
import logging
from dataclasses import dataclass

from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.errors import NotFoundError, PassingError
from facteur.domain.identity import CampaignId, OrgId
from facteur.domain.recurrence import (
    NativeSchedule,
    NoRecurrence,
    Once,
    native_schedule,
    next_slot,
)
from facteur.domain.upkeep import has_schedule, same_schedule
from facteur.ports import Clock, DueMessage, DueQueue, Schedules, Store

_ATTEMPTS = 5
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepSchedule:
    """Makes the schedule of a campaign agree with its row."""

    store: Store
    schedules: Schedules
    clock: Clock

    def __call__(self, organization: OrgId, campaign: Campaign) -> None:
        """Put or remove the schedule; once more if the campaign is changed meanwhile.

        Raises PassingError.
        """
        campaigns = self.store.campaigns(organization)
        for _ in range(_ATTEMPTS):
            self._put(organization, campaign)
            try:
                if campaigns.settle_schedule(campaign):
                    return
                campaign = campaigns.get(campaign.id)
            except NotFoundError:
                # Deleted meanwhile: what was just put must not stay.
                self.schedules.delete(organization, campaign.id)
                return

    def remove(self, organization: OrgId, campaign_id: CampaignId) -> None:
        """Remove the schedule. Raises PassingError."""
        self.schedules.delete(organization, campaign_id)

    def _put(self, organization: OrgId, campaign: Campaign) -> None:
        schedule = schedule_of(campaign, self.clock.now())
        if schedule is None:
            self.schedules.delete(organization, campaign.id)
            return
        active = campaign.status is CampaignStatus.ACTIVE
        self.schedules.put(organization, campaign.id, schedule, active=active)


def schedule_of(campaign: Campaign, now: dt.datetime) -> NativeSchedule | None:
    """The native schedule that is to stand for a campaign, if any.

    None for a single run whose time has come: made anew, it would ring at once, or never and stay.
    """
    draft = campaign.draft
    if campaign.status is CampaignStatus.COMPLETED:
        return None
    if isinstance(draft.recurrence, Once) and not next_slot(draft.recurrence, draft.zone, now):
        return None
    return native_schedule(draft.recurrence, draft.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowCampaign:
    """Does what follows from a row just written."""

    keep: KeepSchedule
    due: DueQueue

    def __call__(
        self, organization: OrgId, campaign: Campaign, *, before: Campaign | None = None
    ) -> None:
        """``before`` is what the row was; None: the campaign is new."""
        try:
            if (run := _run_at_once(campaign, before)) is not None:
                message = DueMessage(organization=organization, campaign=campaign.id, at=run)
                self.due.put(message)
            if not _schedule_stands(campaign, before):
                self.keep(organization, campaign)
        except PassingError as error:
            _left_to_reconcile(error, organization, campaign.id)

    def deleted(self, organization: OrgId, campaign_id: CampaignId) -> None:
        """Remove the schedule of a campaign marked as being deleted, then its row."""
        try:
            self.keep.remove(organization, campaign_id)
            self.keep.store.campaigns(organization).finish_delete(campaign_id)
        except PassingError as error:
            _left_to_reconcile(error, organization, campaign_id)


def _run_at_once(campaign: Campaign, before: Campaign | None) -> dt.datetime | None:
    """The one run that a campaign without recurrence has just been given."""
    run = campaign.next_run_at
    is_new = before is None or before.next_run_at != run
    return run if is_new and isinstance(campaign.draft.recurrence, NoRecurrence) else None


def _schedule_stands(campaign: Campaign, before: Campaign | None) -> bool:
    if before is None:
        return not has_schedule(campaign)
    return same_schedule(before, campaign)


def _left_to_reconcile(error: PassingError, organization: OrgId, campaign_id: CampaignId) -> None:
    keys = {"organization": organization, "campaign": campaign_id, "code": error.code}
    _log.warning("left to reconcile", extra=keys, exc_info=error)
