"""What operators write: the senders of an organization, host applications, and roles."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from facteur.adapters.dynamodb import keys
from facteur.adapters.dynamodb.attributes import Item, text, texts
from facteur.adapters.dynamodb.expression import Expression, Put, Update
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.table import Table
from facteur.domain.identity import Caller, OrgId, UserId, UserRole

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


def write_organization(
    client: "DynamoDBClient",
    table_name: str,
    organization: OrgId,
    *,
    name: str,
    sender_domains: Sequence[str],
    default_sender: str,
) -> None:
    """Set the senders of an organization, and its name if it has none; nothing else.

    ``sender_domains`` are domains that SES has verified.
    """
    expression = Expression()
    senders = {
        "sender_domains": texts(domain.lower() for domain in sender_domains),
        "default_sender": text(default_sender),
    }
    own_name = expression.name("name")
    changes = expression.set_all(senders)
    changes += f", {own_name} = if_not_exists({own_name}, {expression.value(text(name))})"
    Table(client, table_name).write(
        Update(key=Keys(organization).settings(), changes=changes, expression=expression)
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
