"""What an operator decides about the senders, the limit and the suspension of organizations."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.operators import (
    read_account,
    read_accounts,
    release_messages,
    write_account,
    write_organization,
)
from facteur.adapters.dynamodb.settings import DynamoSettings
from facteur.adapters.dynamodb.table import Table
from facteur.domain.account import MAX_MESSAGES_PER_DAY, OPERATORS_NAME, Account
from facteur.domain.address import domain_of, parse_addresses
from facteur.domain.identity import OrgId
from scripts.stack import StackError

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


class Accounts:
    """The accounts of all organizations of a stack."""

    def __init__(self, client: "DynamoDBClient", table_name: str) -> None:
        self._client = client
        self._table_name = table_name

    def create(
        self, organization: OrgId, name: str, *, domain: str, sender: str, exclusive: bool
    ) -> None:
        """Make the account of a new organization; ``domain`` and ``sender`` may be empty.

        Raises StackError when another organization has the domain, or the sender.
        """
        account = Account()
        if domain:
            account = self._with_domain(organization, account, domain, exclusive=exclusive)
        if sender:
            account = self._with_address(organization, account, sender)
        write_organization(
            self._client,
            self._table_name,
            organization,
            name=name,
            account=account,
            default_sender=sender or (f"{OPERATORS_NAME}@{domain}" if domain else ""),
        )

    def add_domain(self, organization: OrgId, domain: str, *, exclusive: bool) -> None:
        """Let an organization send from a domain: as its only one, or from single addresses of it.

        Raises StackError when another organization has the domain, or has it for itself.
        """
        settings = DynamoSettings(self._table(), Keys(organization)).find_settings()
        if settings is None:
            raise StackError(f"no settings of organization {organization}")
        before = self.get(organization)
        account = self._with_domain(organization, before, domain, exclusive=exclusive)
        write_organization(
            self._client,
            self._table_name,
            organization,
            name=settings.name,
            account=account,
            default_sender=settings.default_sender or f"{OPERATORS_NAME}@{domain}",
        )

    def remove_domain(self, organization: OrgId, domain: str) -> None:
        """Take a domain from an organization, with the addresses of it that were given."""
        account = self.get(organization)
        if domain not in account.domains:
            raise StackError(f"organization {organization} does not have {domain}")
        self._write(organization, account.without_domain(domain))

    def add_address(self, organization: OrgId, address: str) -> None:
        """Let everybody of an organization send from an address of a domain that it shares.

        Raises StackError when it does not have the domain, or another one has the address.
        """
        self._write(organization, self._with_address(organization, self.get(organization), address))

    def remove_address(self, organization: OrgId, address: str) -> None:
        """Take a single address from an organization. Raises StackError when it was not given."""
        account = self.get(organization)
        without = account.without_address(address)
        if without == account:
            raise StackError(f"organization {organization} was not given {address}")
        self._write(organization, without)

    def set_limit(self, organization: OrgId, messages_per_day: int) -> None:
        """Set how many messages an organization may send in a day (UTC)."""
        if not 0 <= messages_per_day <= MAX_MESSAGES_PER_DAY:
            raise StackError(f"a limit is between 0 and {MAX_MESSAGES_PER_DAY:,} messages a day")
        account = replace(self.get(organization), messages_per_day=messages_per_day)
        self._write(organization, account)

    def suspend(self, organization: OrgId) -> None:
        """Stop everything that an organization mails, also what is queued."""
        self._write(organization, replace(self.get(organization), suspended=True))

    def unsuspend(self, organization: OrgId) -> int:
        """Let an organization mail again; returns how many Sends were stopped and now go on."""
        self._write(organization, replace(self.get(organization), suspended=False))
        return release_messages(self._client, self._table_name, organization, now=datetime.now(UTC))

    def get(self, organization: OrgId) -> Account:
        """The account in force."""
        return read_account(self._client, self._table_name, organization)

    def _write(self, organization: OrgId, account: Account) -> None:
        write_account(self._client, self._table_name, organization, account)

    def _with_domain(
        self, organization: OrgId, account: Account, domain: str, *, exclusive: bool
    ) -> Account:
        for other, theirs in self._others(organization).items():
            if domain in theirs.exclusive_domains:
                raise StackError(f"{domain} is of organization {other} alone")
            if exclusive and domain in theirs.shared_domains:
                raise StackError(
                    f"organization {other} sends from {domain} too: take it from them first"
                )
        return account.with_domain(domain, exclusive=exclusive)

    def _with_address(self, organization: OrgId, account: Account, address: str) -> Account:
        checked, problems = parse_addresses(address, field="address")
        if problems or len(checked) != 1:
            raise StackError(f"{address} is not an e-mail address")
        if domain_of(checked[0]) not in account.domains:
            raise StackError(
                f"organization {organization} does not have the domain of {address}: see"
                " `make sender-domain`"
            )
        for other, theirs in self._others(organization).items():
            if checked[0].casefold() in theirs.sender_addresses:
                raise StackError(f"{address} was given to organization {other}")
        return account.with_address(checked[0])

    def _others(self, organization: OrgId) -> Mapping[OrgId, Account]:
        accounts = read_accounts(self._client, self._table_name)
        return {other: theirs for other, theirs in accounts.items() if other != organization}

    def _table(self) -> Table:
        return Table(self._client, self._table_name)
