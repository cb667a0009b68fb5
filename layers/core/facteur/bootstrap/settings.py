"""The function ``settings``: the organization's settings and the caller's profile."""

from dataclasses import dataclass
from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.ports import Cleaner, Clients, Clock, Images, Store
from facteur.services.settings import EditSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsServices:
    """The services of the function."""

    clients: Clients
    settings: EditSettings


def settings_services(
    *, store: Store, clients: Clients, cleaner: Cleaner, images: Images, clock: Clock
) -> SettingsServices:
    """The services on these ports."""
    edit = EditSettings(store=store, cleaner=cleaner, images=images, clock=clock)
    return SettingsServices(clients=clients, settings=edit)


@cache
def settings() -> SettingsServices:
    """The services on AWS, as the environment of the function says."""
    from facteur.adapters.cleaner import HtmlCleaner
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.images import HeaderImages
    from facteur.settings import SettingsSettings

    table_name = SettingsSettings.from_environment().table_name
    dynamodb = shared.dynamodb_client()
    return settings_services(
        store=shared.store(dynamodb, table_name),
        clients=DynamoClients(dynamodb, table_name),
        cleaner=HtmlCleaner(),
        images=HeaderImages(),
        clock=bootstrap.CLOCK,
    )
