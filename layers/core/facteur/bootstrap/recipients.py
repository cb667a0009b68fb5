"""The function ``recipients``: known recipients, and groups of recipients."""

from dataclasses import dataclass
from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.ports import Clients, Clock, Ids, Store
from facteur.services.sending.groups import EditGroups
from facteur.services.sending.propose import ProposeRecipients


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientsServices:
    """The services of the function."""

    clients: Clients
    propose: ProposeRecipients
    groups: EditGroups


def recipients_services(
    *, store: Store, clients: Clients, clock: Clock, ids: Ids
) -> RecipientsServices:
    """The services on these ports."""
    return RecipientsServices(
        clients=clients,
        propose=ProposeRecipients(store=store),
        groups=EditGroups(store=store, clock=clock, ids=ids),
    )


@cache
def recipients() -> RecipientsServices:
    """The services on AWS, as the environment of the function says."""
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.ids import UlidIds
    from facteur.settings import RecipientsSettings

    table_name = RecipientsSettings.from_environment().table_name
    dynamodb = shared.dynamodb_client()
    return recipients_services(
        store=shared.store(dynamodb, table_name),
        clients=DynamoClients(dynamodb, table_name),
        clock=bootstrap.CLOCK,
        ids=UlidIds(),
    )
