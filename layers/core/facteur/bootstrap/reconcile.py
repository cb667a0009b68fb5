"""The function ``reconcile``: repairs what is overdue."""

from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.domain.console import Console
from facteur.services.campaigns.rederive import RederiveInstants
from facteur.services.campaigns.sync_schedule import SyncSchedule
from facteur.services.delivery.caches import SendCache
from facteur.services.reconcile import Reconcile, ReconcileCampaign, ReconcileSend
from facteur.services.webhooks.pay import PayHooks


@cache
def reconcile() -> Reconcile:
    """The service on AWS, as the environment of the function says."""
    from facteur.adapters.dynamodb.overdue import DynamoOverdue
    from facteur.adapters.dynamodb.overdue_hooks import DynamoOverdueHooks
    from facteur.adapters.dynamodb.rules_checks import DynamoRulesChecks
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.sqs import SqsDueQueue, SqsOutbox
    from facteur.adapters.zone_rules import zone_rules
    from facteur.settings import ReconcileSettings

    settings = ReconcileSettings.from_environment()
    dynamodb, sqs = shared.dynamodb_client(), shared.sqs_client()
    store = shared.store(dynamodb, settings.table_name)
    send_cache = SendCache(store)
    outbox = SqsOutbox(sqs, queue_url=settings.outbox_queue_url)
    overdue = DynamoOverdue(dynamodb, settings.table_name)
    sync_schedule = SyncSchedule(
        store=store, schedules=shared.schedules(settings), clock=bootstrap.CLOCK
    )
    tell = shared.tell_hosts(store, sqs, settings)
    return Reconcile(
        overdue=overdue,
        sends=ReconcileSend(
            store=store,
            cache=send_cache,
            outbox=outbox,
            settle_send=shared.settle_send(
                store, send_cache, outbox, tell=tell, console=Console(settings.console_url)
            ),
        ),
        campaigns=ReconcileCampaign(
            store=store,
            sync_schedule=sync_schedule,
            due=SqsDueQueue(sqs, queue_url=settings.due_queue_url),
        ),
        hooks=PayHooks(
            store=store,
            overdue=DynamoOverdueHooks(dynamodb, settings.table_name),
            queue=tell.queue,
            outbox=outbox,
            clock=bootstrap.CLOCK,
            ids=UlidIds(),
        ),
        instants=RederiveInstants(
            store=store,
            overdue=overdue,
            checks=DynamoRulesChecks(dynamodb, settings.table_name),
            sync_schedule=sync_schedule,
            clock=bootstrap.CLOCK,
            rules=zone_rules,
        ),
        clock=bootstrap.CLOCK,
    )
