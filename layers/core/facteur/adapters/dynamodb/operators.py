"""What operators write: accounts of organizations, host applications, and roles."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from facteur.adapters.dynamodb import keys
from facteur.adapters.dynamodb.account_items import account_from, account_item
from facteur.adapters.dynamodb.attributes import (
    Item,
    instant_text,
    read_text,
    read_texts,
    text,
    texts,
)
from facteur.adapters.dynamodb.expression import Expression, Put, Update
from facteur.adapters.dynamodb.keys import (
    OVERDUE,
    OVERDUE_AT,
    OVERDUE_SHARDS,
    Keys,
    Partition,
    Span,
)
from facteur.adapters.dynamodb.owners import DECIDED_SKS, owner_of_decisions
from facteur.adapters.dynamodb.send_items import SUSPENDED_AT
from facteur.adapters.dynamodb.settings import DynamoSettings
from facteur.adapters.dynamodb.table import Table
from facteur.domain.account import Account
from facteur.domain.identity import Caller, OrgId, UserId, UserRole

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


def write_organization(
    client: "DynamoDBClient",
    table_name: str,
    organization: OrgId,
    *,
    name: str,
    account: Account,
    default_sender: str,
) -> None:
    """Write the account of an organization and its default sender, and its name if it has none."""
    settings = {"default_sender": text(default_sender)}
    _write(client, table_name, organization, account, settings=settings, name=name)


def read_account(client: "DynamoDBClient", table_name: str, organization: OrgId) -> Account:
    """The account that is in force for an organization."""
    return DynamoSettings(Table(client, table_name), Keys(organization)).get_account()


def write_account(
    client: "DynamoDBClient", table_name: str, organization: OrgId, account: Account
) -> None:
    """Write the account of an organization; its other settings stay."""
    _write(client, table_name, organization, account, settings={}, name="")


def _write(
    client: "DynamoDBClient",
    table_name: str,
    organization: OrgId,
    account: Account,
    *,
    settings: Item,
    name: str,
) -> None:
    own = Keys(organization)
    expression = Expression()
    # Nothing reads these domains while there is an account, except version 0.1.0 after a rollback.
    domains = {"sender_domains": texts(domain.lower() for domain in account.domains)}
    changes = expression.set_all(domains | settings)
    if name:
        own_name = expression.name("name")
        changes += f", {own_name} = if_not_exists({own_name}, {expression.value(text(name))})"
    Table(client, table_name).transact(
        [
            Put(item=account_item(own, account)),
            Update(key=own.settings(), changes=changes, expression=expression),
        ]
    )


def read_accounts(client: "DynamoDBClient", table_name: str) -> Mapping[OrgId, Account]:
    """The accounts in force of all organizations.

    Reads the whole table: a command that gives a domain to one organization alone must know of
    every other, also of those without users.
    """
    accounts: dict[OrgId, Account] = {}
    of_version_0_1: dict[OrgId, Account] = {}
    for item in _decisions(client, table_name):
        organization, is_account = owner_of_decisions(item)
        if is_account:
            accounts[organization] = account_from(item)
        else:
            stored = read_texts(item, "sender_domains")
            of_version_0_1[organization] = Account(shared_domains=stored)
    return of_version_0_1 | accounts


def _decisions(client: "DynamoDBClient", table_name: str) -> Iterator[Item]:
    pages = client.get_paginator("scan").paginate(
        TableName=table_name,
        FilterExpression="sk IN (:settings, :account)",
        ExpressionAttributeValues=dict(
            zip((":settings", ":account"), map(text, DECIDED_SKS), strict=True)
        ),
        ConsistentRead=True,
    )
    for page in pages:
        yield from page["Items"]


def release_messages(
    client: "DynamoDBClient", table_name: str, organization: OrgId, *, now: datetime
) -> int:
    """Make the Sends that a suspension has stopped overdue, so that reconcile enqueues them.

    Returns how many. One that is missed (reconcile has just taken it) is enqueued an hour later.
    """
    table, own = Table(client, table_name), Keys(organization)
    rows = {own.sends().pk, own.notices().pk}
    released = 0
    for shard in OVERDUE_SHARDS:
        for item in table.query(Partition(shard, OVERDUE), Span("0", "9")):
            if read_text(item, "pk") in rows:
                released += table.write(_due_at(now, item)) is None
    return released


def _due_at(now: datetime, row: Item) -> Update:
    """The write that makes a Send overdue, if a suspension has stopped it."""
    expression = Expression()
    unchanged = expression.compare(OVERDUE_AT, "=", row[OVERDUE_AT])
    return Update(
        key={"pk": row["pk"], "sk": row["sk"]},
        changes=expression.set_all({OVERDUE_AT: text(instant_text(now))}),
        condition=f"{unchanged} AND {expression.present(SUSPENDED_AT)}",
        expression=expression,
    )


def write_client(client: "DynamoDBClient", table_name: str, client_id: str, caller: Caller) -> None:
    """Register a host application, which acts as one user of one organization."""
    Table(client, table_name).write(Put(item=client_item(client_id, caller)))


def client_item(client_id: str, caller: Caller) -> Item:
    """The item of a host application that acts as a user. Raises ValueError for an unusable id."""
    # Here, not at the application's first request.
    Keys(caller.organization).request(caller.user, "")
    return keys.client(client_id) | {
        "organization": text(caller.organization),
        "user": text(caller.user),
        "email": text(caller.email),
        "name": text(caller.name),
    }


def write_role(
    client: "DynamoDBClient", table_name: str, organization: OrgId, user: UserId, role: UserRole
) -> None:
    """Set the role in a person's profile, if one is stored; else their first visit stores it."""
    expression = Expression()
    Table(client, table_name).write(
        Update(
            key=Keys(organization).profile(user),
            changes=expression.set_all({"role": text(role)}),
            condition=expression.present("pk"),
            expression=expression,
        )
    )
