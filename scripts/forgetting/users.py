"""Forgets a user: their profile, and what host applications do in their name."""

from dataclasses import dataclass

from facteur.adapters.dynamodb import keys
from facteur.adapters.dynamodb.attributes import Item, read_text
from facteur.adapters.dynamodb.expression import Delete, Put
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.operators import client_item
from facteur.adapters.dynamodb.places import Kind, Place
from facteur.adapters.dynamodb.table import Table
from facteur.domain.identity import Caller, OrgId, UserId
from facteur.domain.settings import Profile
from facteur.ports import Store
from facteur.services.people import administrators_of
from scripts.forgetting.report import Report
from scripts.forgetting.search import Wanted

_LOCKED_OUT = (
    "acted as the person, and no administrator is known: it is locked out; let it in again as"
    " somebody else with `make client`, and remove this one with `make remove-client`"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetUsers:
    """Deletes profiles, and gives host applications somebody else to act as."""

    table: Table
    store: Store

    def erase(self, found: list[tuple[Place, Item]], wanted: Wanted, report: Report) -> None:
        """Host applications first: as long as they act as the person, they store the profile."""
        for place, item in found:
            organization = OrgId(read_text(item, "organization"))
            user = UserId(read_text(item, "user"))
            if place.kind is Kind.CLIENT and user in wanted.users.get(organization, ()):
                self._replace_user(place.id, organization, user, report)
        for organization, users in wanted.users.items():
            for user in users:
                profile = Keys(organization).profile(user)
                if self.table.get(profile) is not None:
                    self.table.write(Delete(key=profile))
                    report.say(organization, "profile", user, "deleted")

    def _replace_user(self, client: str, organization: OrgId, user: UserId, report: Report) -> None:
        administrators = administrators_of(self.store.settings(organization))
        others = [one for one in administrators if one.user != user]
        if not others:
            self.table.write(Delete(key=keys.client(client)))
            report.ask(organization, Kind.CLIENT, client, _LOCKED_OUT)
            return
        successor = min(others, key=lambda profile: profile.user)
        self.table.write(Put(item=client_item(client, _caller(organization, successor))))
        what = f"acts as administrator {successor.user} now: `make client` gives it another"
        report.say(organization, Kind.CLIENT, client, what)


def _caller(organization: OrgId, profile: Profile) -> Caller:
    return Caller(organization, profile.user, profile.email, profile.name)
