"""The function ``settings``: the organization's settings and the caller's profile."""

from dataclasses import dataclass
from functools import cache

from facteur.bootstrap import shared
from facteur.ports import Clients
from facteur.services.settings import EditSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsServices:
    """The services of the function."""

    clients: Clients
    settings: EditSettings


@cache
def settings() -> SettingsServices:
    """The services on AWS, as the environment of the function says."""
    from facteur.adapters.cleaner import HtmlCleaner
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.settings import SettingsSettings

    table_name = SettingsSettings.from_environment().table_name
    dynamodb = shared.dynamodb_client()
    return SettingsServices(
        clients=DynamoClients(dynamodb, table_name),
        settings=EditSettings(store=shared.store(dynamodb, table_name), cleaner=HtmlCleaner()),
    )
