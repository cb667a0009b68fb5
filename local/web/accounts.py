"""What operators decide about organizations, which the local mode decides for them."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from facteur.adapters.dynamodb.operators import (
    read_account,
    release_messages,
    write_account,
    write_client,
    write_organization,
)
from facteur.domain.account import Account
from facteur.domain.identity import Caller, OrgId, UserId
from local.state.store import State
from local.web.tokens import Person

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

_DOMAINS = "verified_domains"


def verified_domains(state: State) -> Iterable[str]:
    """The domains that SES lets anybody send from."""
    domains: list[str] = json.loads(state.fact(_DOMAINS) or "[]")
    return domains


class Accounts:
    """Writes accounts, senders and host applications as the commands of operators do."""

    def __init__(self, state: State, client: "DynamoDBClient", *, table: str) -> None:
        self._state = state
        self._client = client
        self._table = table

    def verify_domain(self, person: Person) -> Account:
        """Verify the domain of a person for SES; the account of an organization that has it.

        The first organization has a domain for itself until another one signs in with it: then they
        share it.
        """
        domain = person.email.rpartition("@")[2]
        verified = set(verified_domains(self._state))
        self._state.remember(_DOMAINS, json.dumps(sorted({*verified, domain})))
        if domain not in verified:
            self._state.remember(f"domain:{domain}", person.organization)
            return Account(exclusive_domains=(domain,))
        first = self._state.fact(f"domain:{domain}")
        if first is not None and first != person.organization:
            owner = OrgId(first)
            account = read_account(self._client, self._table, owner)
            shared = account.with_domain(domain, exclusive=False)
            write_account(self._client, self._table, owner, shared)
        return Account(shared_domains=(domain,))

    def create(self, person: Person, account: Account) -> None:
        """Set up the organization of a person, who is its default sender."""
        write_organization(
            self._client,
            self._table,
            OrgId(person.organization),
            name=person.organization_name,
            account=account,
            default_sender=person.email,
        )

    def add_client(self, client: str, *, acts_as: Person) -> None:
        """Register a host application."""
        caller = Caller(
            OrgId(acts_as.organization), UserId(acts_as.user), acts_as.email, acts_as.name
        )
        write_client(self._client, self._table, client, caller)

    def change(
        self, person: Person, *, messages_per_day: int | None, suspended: bool | None, now: datetime
    ) -> Account:
        """Change the limits of a person's organization; None leaves one as it is."""
        organization = OrgId(person.organization)
        account = read_account(self._client, self._table, organization)
        if messages_per_day is not None:
            account = replace(account, messages_per_day=messages_per_day)
        if suspended is not None:
            account = replace(account, suspended=suspended)
        write_account(self._client, self._table, organization, account)
        if not account.suspended:
            release_messages(self._client, self._table, organization, now=now)
        return account
