"""Everything the function ``settings`` does."""

from dataclasses import dataclass

from facteur.ports import Cleaner, Clients, Store
from facteur.services.edit_settings import EditSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsServices:
    """The services of the function, ready to be called."""

    clients: Clients
    settings: EditSettings


def settings_services(*, store: Store, clients: Clients, cleaner: Cleaner) -> SettingsServices:
    """The services on these ports."""
    return SettingsServices(clients=clients, settings=EditSettings(store=store, cleaner=cleaner))
