"""Host applications: an item written by an operator names the user that each acts as."""

from typing import TYPE_CHECKING

from facteur.adapters.dynamodb import keys
from facteur.adapters.dynamodb.attributes import read_text
from facteur.adapters.dynamodb.table import Table
from facteur.domain.identity import Caller, OrgId, UserId

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


class DynamoClients:
    """The port ``Clients``."""

    def __init__(self, client: "DynamoDBClient", table_name: str) -> None:
        self._table = Table(client, table_name)

    def find_client(self, client_id: str) -> Caller | None:
        item = self._table.get(keys.client(client_id))
        if item is None:
            return None
        return Caller(
            organization=OrgId(read_text(item, "organization")),
            user=UserId(read_text(item, "user")),
            email=read_text(item, "email"),
            name=read_text(item, "name"),
        )
