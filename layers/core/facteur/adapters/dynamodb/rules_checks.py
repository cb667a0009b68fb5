"""How far reconcile has compared stored instants with the zone rules: one item."""

import logging
from typing import TYPE_CHECKING

from facteur.adapters.dynamodb.attributes import (
    Item,
    instant_from,
    instant_text,
    number,
    read_number,
    read_text,
    text,
)
from facteur.adapters.dynamodb.expression import Put
from facteur.adapters.dynamodb.keys import zone_rules
from facteur.adapters.dynamodb.table import Table
from facteur.domain.rules_check import RulesCheck

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


_log = logging.getLogger(__name__)


class DynamoRulesChecks:
    """The port ``RulesChecks``."""

    def __init__(self, client: "DynamoDBClient", table_name: str) -> None:
        self._table = Table(client, table_name)

    def find(self) -> RulesCheck | None:
        item = self._table.get(zone_rules())
        try:
            return _check_from(item) if item is not None else None
        except ValueError:
            # As good as none: everything is compared once more.
            _log.exception("check of zone rules not readable")
            return None

    def put(self, check: RulesCheck) -> None:
        item = zone_rules() | {
            "rules": text(check.rules),
            "seen_at": text(instant_text(check.seen_at)),
            "passes": number(check.passes),
        }
        if check.checked_until is not None:
            item["checked_until"] = text(instant_text(check.checked_until))
        self._table.write(Put(item=item))


def _check_from(item: Item) -> RulesCheck:
    until = read_text(item, "checked_until")
    return RulesCheck(
        rules=read_text(item, "rules"),
        seen_at=instant_from(read_text(item, "seen_at")),
        passes=read_number(item, "passes"),
        checked_until=instant_from(until) if until else None,
    )
