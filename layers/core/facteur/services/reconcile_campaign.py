"""A campaign whose run nobody made in time, or whose schedule may not agree with it."""

from dataclasses import dataclass
from datetime import datetime

from facteur.domain.campaign import GRACE, Campaign
from facteur.domain.errors import NotFoundError, PassingError
from facteur.domain.upkeep import has_schedule
from facteur.ports import DueMessage, DueQueue, OverdueCampaign, Store
from facteur.services.follow_campaign import KeepSchedule


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignReconciler:
    """Asks for runs that were lost, puts schedules right, finishes deletions."""

    store: Store
    keep: KeepSchedule
    due: DueQueue

    def reconcile(self, item: OverdueCampaign, *, now: datetime) -> bool:
        """Look at one campaign, whose lease the caller has taken; was a run asked for?

        A run that never came hints that its schedule is gone, so that is put again as well. Raises
        PassingError: the lease ends in a while, and another look is taken.
        """
        campaigns = self.store.campaigns(item.organization)
        try:
            upkeep = campaigns.get_upkeep(item.campaign)
        except NotFoundError:
            return False
        if upkeep.deleting:
            self.keep.remove(item.organization, item.campaign)
            campaigns.finish_delete(item.campaign)
            return False
        try:
            # First: once the run is made, nobody looks at the campaign again.
            if upkeep.pending or has_schedule(upkeep.campaign):
                self.keep(item.organization, upkeep.campaign)
        except PassingError:
            self._ask(item, upkeep.campaign, now)
            raise
        return self._ask(item, upkeep.campaign, now)

    def _ask(self, item: OverdueCampaign, campaign: Campaign, now: datetime) -> bool:
        run = campaign.next_run_at
        if run is None or run + GRACE > now:
            return False
        self.due.put(DueMessage(organization=item.organization, campaign=item.campaign, at=run))
        return True
