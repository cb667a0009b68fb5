"""Gives each organization its repositories, which cannot access another organization."""

from typing import TYPE_CHECKING

from facteur.adapters.clock import SystemClock
from facteur.adapters.dynamodb.campaigns import DynamoCampaigns
from facteur.adapters.dynamodb.documents import DynamoDocuments
from facteur.adapters.dynamodb.groups import DynamoGroups
from facteur.adapters.dynamodb.hook_keys import HookKeys
from facteur.adapters.dynamodb.idempotency import DynamoIdempotency
from facteur.adapters.dynamodb.keys import Keys
from facteur.adapters.dynamodb.recipients import DynamoRecipients
from facteur.adapters.dynamodb.sends import DynamoSends
from facteur.adapters.dynamodb.settings import DynamoSettings
from facteur.adapters.dynamodb.table import Table
from facteur.adapters.dynamodb.webhooks import DynamoWebhooks
from facteur.domain.identity import OrgId
from facteur.ports import Clock

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


class DynamoStore:
    """The port ``Store``. The clock decides when an idempotency record has expired.

    A malformed organization id raises ValueError, since ids come from verified tokens.
    """

    def __init__(
        self, client: "DynamoDBClient", table_name: str, *, clock: Clock | None = None
    ) -> None:
        self._table = Table(client, table_name)
        self._clock = clock if clock is not None else SystemClock()

    def idempotency(self, organization: OrgId) -> DynamoIdempotency:
        return DynamoIdempotency(self._table, Keys(organization), self._clock)

    def documents(self, organization: OrgId) -> DynamoDocuments:
        return DynamoDocuments(self._table, Keys(organization), self.idempotency(organization))

    def sends(self, organization: OrgId) -> DynamoSends:
        return DynamoSends(self._table, Keys(organization), self.idempotency(organization))

    def settings(self, organization: OrgId) -> DynamoSettings:
        return DynamoSettings(self._table, Keys(organization))

    def campaigns(self, organization: OrgId) -> DynamoCampaigns:
        return DynamoCampaigns(self._table, Keys(organization), self.idempotency(organization))

    def webhooks(self, organization: OrgId) -> DynamoWebhooks:
        return DynamoWebhooks(
            self._table, HookKeys(organization), self.idempotency(organization), self._clock
        )

    def groups(self, organization: OrgId) -> DynamoGroups:
        return DynamoGroups(self._table, Keys(organization), self.idempotency(organization))

    def recipients(self, organization: OrgId) -> DynamoRecipients:
        return DynamoRecipients(self._table, Keys(organization))
