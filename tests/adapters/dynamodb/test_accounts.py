"""Accounts as operators write them and functions read them, and what a suspension has stopped."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from facteur.adapters.dynamodb.attributes import Item, text, texts
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.operators import (
    read_account,
    read_accounts,
    release_messages,
    write_account,
    write_organization,
)
from facteur.adapters.dynamodb.overdue import DynamoOverdue
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.domain.account import Account
from facteur.domain.send_row import is_stopped, stopped_by_suspension
from facteur.domain.settings import OrganizationSettings
from facteur.ports import OverdueSend
from tests.adapters.dynamodb.conftest import TABLE
from tests.adapters.dynamodb.samples import NOW, ORG, OTHER, a_campaign, a_notice, a_send

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

ACCOUNT = Account(
    exclusive_domains=("a.example",),
    shared_domains=("b.example", "c.example"),
    sender_addresses=("bureau@b.example",),
    messages_per_day=7,
    suspended=True,
)


@pytest.mark.feature("B44")
def test_an_account_is_read_as_it_was_written(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    for account in (ACCOUNT, Account()):
        write_account(client, TABLE, ORG, account)

        assert dynamo.settings(ORG).get_account() == account
    assert dynamo.settings(OTHER).get_account() == Account()


@pytest.mark.feature("B44")
def test_an_account_is_not_in_the_partition_that_functions_write(
    client: "DynamoDBClient",
) -> None:
    write_account(client, TABLE, ORG, ACCOUNT)

    key = {"pk": {"S": f"ORG#{ORG}#ACCOUNT"}, "sk": {"S": "ACCOUNT"}}
    assert Keys(ORG).account() == key
    assert client.get_item(TableName=TABLE, Key=key)["Item"]["messages_per_day"] == {"N": "7"}


@pytest.mark.feature("B44")
def test_a_limit_that_was_never_set_follows_the_default(client: "DynamoDBClient") -> None:
    write_account(client, TABLE, ORG, replace(ACCOUNT, messages_per_day=2_000))

    item = client.get_item(TableName=TABLE, Key=Keys(ORG).account())["Item"]

    assert "messages_per_day" not in item


@pytest.mark.feature("B22")
def test_domains_of_an_earlier_version_are_shared_until_operators_decide(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    key = Keys(ORG).settings()
    domains: Item = {"sender_domains": texts(["old.example"]), "name": text("Durand")}
    client.put_item(TableName=TABLE, Item=key | domains)

    assert dynamo.settings(ORG).get_account() == Account(shared_domains=("old.example",))
    assert read_accounts(client, TABLE) == {ORG: Account(shared_domains=("old.example",))}
    write_account(client, TABLE, ORG, Account(exclusive_domains=("new.example",)))
    client.update_item(
        TableName=TABLE,
        Key=key,
        UpdateExpression="SET sender_domains = :d",
        ExpressionAttributeValues={":d": texts(["victim.example"])},
    )
    assert dynamo.settings(ORG).get_account() == Account(exclusive_domains=("new.example",))


@pytest.mark.feature("B44")
def test_every_organization_is_found_among_all_items(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    dynamo.sends(ORG).create(a_send(), daily_limit=10)
    dynamo.campaigns(ORG).create(a_campaign())
    dynamo.settings(OTHER).put_settings(OrganizationSettings(name="Autre", version=1))
    write_organization(
        client, TABLE, ORG, name="Durand", account=ACCOUNT, default_sender="x@a.example"
    )

    assert read_accounts(client, TABLE) == {ORG: ACCOUNT, OTHER: Account()}
    assert read_account(client, TABLE, ORG) == ACCOUNT


@pytest.mark.feature("B44")
def test_release_makes_overdue_what_the_suspension_stopped_and_nothing_else(
    client: "DynamoDBClient", dynamo: DynamoStore
) -> None:
    stopped, notice, going = a_send(), a_notice(a_send()), a_send(minute=1)
    for organization, send in ((ORG, stopped), (ORG, notice), (ORG, going), (OTHER, stopped)):
        dynamo.sends(organization).create(send)
    for organization, send in ((ORG, stopped), (ORG, notice), (OTHER, stopped)):
        row = dynamo.sends(organization).get_row(send.id)
        dynamo.sends(organization).advance(stopped_by_suspension(row, now=NOW))
    dynamo.campaigns(ORG).create(a_campaign())
    now = NOW + timedelta(minutes=5)
    assert is_stopped(dynamo.sends(ORG).get_row(stopped.id))

    released = release_messages(client, TABLE, ORG, now=now)

    overdue = DynamoOverdue(client, TABLE).list_overdue(now, limit=10)
    found = {(item.organization, item.send) for item in overdue if isinstance(item, OverdueSend)}
    assert released == 2
    assert found == {(ORG, stopped.id), (ORG, notice.id)}
