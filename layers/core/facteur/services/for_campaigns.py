"""Everything the function ``campaigns`` does."""

from dataclasses import dataclass

from facteur.domain.asked import Step
from facteur.domain.campaign import Campaign
from facteur.domain.guard import RequestGuard
from facteur.domain.identity import Caller, CampaignId
from facteur.ports import Clients, Clock, DueQueue, Ids, Schedules, Store
from facteur.services.check_campaign import CheckCampaign
from facteur.services.edit_campaigns import EditCampaigns
from facteur.services.follow_campaign import FollowCampaign, KeepSchedule
from facteur.services.read_campaigns import ReadCampaigns
from facteur.services.steer_campaigns import SteerCampaigns


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignsServices:
    """The services of the function, ready to be called."""

    clients: Clients
    edit: EditCampaigns
    steer: SteerCampaigns
    read: ReadCampaigns

    def take(
        self, caller: Caller, campaign_id: CampaignId, step: Step, guard: RequestGuard | None
    ) -> Campaign:
        """The campaign after a step, or the copy that the step made of it."""
        if step is Step.DUPLICATE:
            return self.edit.duplicate(caller, campaign_id, guard=guard)
        return self.steer(caller, campaign_id, step, guard=guard)


def campaigns_services(
    *,
    store: Store,
    clients: Clients,
    schedules: Schedules,
    due: DueQueue,
    clock: Clock,
    ids: Ids,
) -> CampaignsServices:
    """The services on these ports."""
    keep = KeepSchedule(store=store, schedules=schedules, clock=clock)
    follow = FollowCampaign(keep=keep, due=due)
    return CampaignsServices(
        clients=clients,
        edit=EditCampaigns(
            store=store, clock=clock, ids=ids, check=CheckCampaign(store=store), follow=follow
        ),
        steer=SteerCampaigns(store=store, clock=clock, ids=ids, due=due, follow=follow),
        read=ReadCampaigns(store=store, clock=clock),
    )
