"""The function ``webhooks``: people edit webhooks and see what they were told."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.ports import Clients, Clock, HookQueue, Ids, Store
from facteur.services.webhooks.deliveries import HookDeliveries
from facteur.services.webhooks.edit import EditWebhooks
from facteur.services.webhooks.tell import TellHosts


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksServices:
    """The services of the function."""

    clients: Clients
    edit: EditWebhooks
    deliveries: HookDeliveries


def webhooks_services(
    *,
    store: Store,
    clients: Clients,
    queue: HookQueue,
    clock: Clock,
    ids: Ids,
    local: bool = False,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> WebhooksServices:
    """The services on these ports."""
    tell = TellHosts(store=store, queue=queue, clock=clock)
    return WebhooksServices(
        clients=clients,
        edit=EditWebhooks(store=store, clock=clock, ids=ids, local=local, random=random),
        deliveries=HookDeliveries(store=store, tell=tell, clock=clock, ids=ids),
    )


@cache
def webhooks() -> WebhooksServices:
    """The services on AWS, as the environment of the function says."""
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.sqs_hooks import SqsHookQueue
    from facteur.settings import WebhooksSettings

    settings = WebhooksSettings.from_environment()
    dynamodb = shared.dynamodb_client()
    return webhooks_services(
        store=shared.store(dynamodb, settings.table_name),
        clients=DynamoClients(dynamodb, settings.table_name),
        queue=SqsHookQueue(shared.sqs_client(), queue_url=settings.hooks_queue_url),
        clock=bootstrap.CLOCK,
        ids=UlidIds(),
        local=bootstrap.LOCAL_RECEIVERS,
    )
