"""After a campaign's row is written: its schedule, and the trigger of one without recurrence.

If the scheduler, the queue or the store fails then, the request succeeds all the same: the row is
pending or overdue, and reconcile repairs the rest.
"""

import datetime as dt
import logging
from dataclasses import dataclass

from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.errors import NotFoundError, TransientError
from facteur.domain.identity import CampaignId, OrgId
from facteur.domain.recurrence import NoRecurrence
from facteur.domain.schedule_sync import needs_schedule, same_schedule, schedule_of
from facteur.ports import Clock, DueMessage, DueQueue, Schedules, Store

_ATTEMPTS = 5
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncSchedule:
    """Makes the schedule of a campaign agree with its row."""

    store: Store
    schedules: Schedules
    clock: Clock

    def sync(self, organization: OrgId, campaign: Campaign) -> None:
        """Write or remove the schedule; again if the campaign is changed meanwhile.

        After _ATTEMPTS it stops without an error: the row is still pending, and reconcile tries
        again. Raises TransientError.
        """
        campaigns = self.store.campaigns(organization)
        for _ in range(_ATTEMPTS):
            self._put(organization, campaign)
            try:
                if campaigns.settle_schedule(campaign):
                    return
                campaign = campaigns.get(campaign.id)
            except NotFoundError:
                # Deleted meanwhile: the schedule just written must not stay.
                self.schedules.delete(organization, campaign.id)
                return

    def remove(self, organization: OrgId, campaign_id: CampaignId) -> None:
        """Remove the schedule. Raises TransientError."""
        self.schedules.delete(organization, campaign_id)

    def _put(self, organization: OrgId, campaign: Campaign) -> None:
        schedule = schedule_of(campaign, self.clock.now())
        if schedule is None:
            self.schedules.delete(organization, campaign.id)
            return
        active = campaign.status is CampaignStatus.ACTIVE
        self.schedules.put(organization, campaign.id, schedule, active=active)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyCampaignChange:
    """Brings schedule and queue in line with a row that was just written."""

    sync_schedule: SyncSchedule
    due: DueQueue

    def apply(
        self, organization: OrgId, campaign: Campaign, *, before: Campaign | None = None
    ) -> None:
        """Apply a change from ``before``; None: the campaign is new. Raises nothing transient."""
        try:
            if (at := _trigger_at(campaign, before)) is not None:
                message = DueMessage(organization=organization, campaign=campaign.id, at=at)
                self.due.put(message)
            if not _schedule_stands(campaign, before):
                self.sync_schedule.sync(organization, campaign)
        except TransientError as error:
            _left_to_reconcile(error, organization, campaign.id)

    def delete(self, organization: OrgId, campaign_id: CampaignId) -> None:
        """Remove the schedule of a campaign that is being deleted, then its row."""
        try:
            self.sync_schedule.remove(organization, campaign_id)
            self.sync_schedule.store.campaigns(organization).finish_delete(campaign_id)
        except TransientError as error:
            _left_to_reconcile(error, organization, campaign_id)


def _trigger_at(campaign: Campaign, before: Campaign | None) -> dt.datetime | None:
    """When to trigger a campaign without recurrence, if its one occurrence is new."""
    at = campaign.next_run_at
    is_new = before is None or before.next_run != campaign.next_run
    return at if is_new and isinstance(campaign.draft.recurrence, NoRecurrence) else None


def _schedule_stands(campaign: Campaign, before: Campaign | None) -> bool:
    if before is None:
        return not needs_schedule(campaign)
    return same_schedule(before, campaign)


def _left_to_reconcile(error: TransientError, organization: OrgId, campaign_id: CampaignId) -> None:
    keys = {"organization": organization, "campaign": campaign_id, "code": error.code}
    _log.warning("left to reconcile", extra=keys, exc_info=error)
