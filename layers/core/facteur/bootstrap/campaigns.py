"""The function ``campaigns``: create, change and control campaigns, and read what is to come."""

from dataclasses import dataclass
from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.domain.campaign import Campaign
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import Caller, CampaignId
from facteur.domain.requests import CampaignAction
from facteur.ports import Clients, Clock, DueQueue, HookQueue, Ids, Schedules, Store
from facteur.services.campaigns.check import CheckCampaign
from facteur.services.campaigns.control import ControlCampaign
from facteur.services.campaigns.edit import EditCampaigns
from facteur.services.campaigns.read import ReadCampaigns
from facteur.services.campaigns.sync_schedule import ApplyCampaignChange, SyncSchedule
from facteur.services.webhooks.tell import TellHosts


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignsServices:
    """The services of the function."""

    clients: Clients
    edit: EditCampaigns
    control: ControlCampaign
    read: ReadCampaigns

    def perform(
        self,
        caller: Caller,
        campaign_id: CampaignId,
        action: CampaignAction,
        idempotency_key: IdempotencyKey | None,
    ) -> Campaign:
        """The campaign after an action, or the copy that ``duplicate`` made of it."""
        if action is CampaignAction.DUPLICATE:
            return self.edit.duplicate(caller, campaign_id, idempotency_key=idempotency_key)
        return self.control.control(caller, campaign_id, action, idempotency_key=idempotency_key)


def campaigns_services(
    *,
    store: Store,
    clients: Clients,
    schedules: Schedules,
    due: DueQueue,
    hooks: HookQueue,
    clock: Clock,
    ids: Ids,
) -> CampaignsServices:
    """The services on these ports."""
    sync_schedule = SyncSchedule(store=store, schedules=schedules, clock=clock)
    tell = TellHosts(store=store, queue=hooks, clock=clock)
    apply_change = ApplyCampaignChange(sync_schedule=sync_schedule, due=due)
    return CampaignsServices(
        clients=clients,
        edit=EditCampaigns(
            store=store,
            clock=clock,
            ids=ids,
            check_campaign=CheckCampaign(store=store),
            apply_change=apply_change,
            tell=tell,
        ),
        control=ControlCampaign(
            store=store, clock=clock, ids=ids, due=due, apply_change=apply_change, tell=tell
        ),
        read=ReadCampaigns(store=store, clock=clock),
    )


@cache
def campaigns() -> CampaignsServices:
    """The services on AWS, as the environment of the function says."""
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.sqs import SqsDueQueue
    from facteur.adapters.sqs_hooks import SqsHookQueue
    from facteur.settings import CampaignsSettings

    settings = CampaignsSettings.from_environment()
    dynamodb, sqs = shared.dynamodb_client(), shared.sqs_client()
    return campaigns_services(
        store=shared.store(dynamodb, settings.table_name),
        clients=DynamoClients(dynamodb, settings.table_name),
        schedules=shared.schedules(settings),
        due=SqsDueQueue(sqs, queue_url=settings.due_queue_url),
        hooks=SqsHookQueue(sqs, queue_url=settings.hooks_queue_url),
        clock=bootstrap.CLOCK,
        ids=UlidIds(),
    )
