"""Overdue items of all organizations, read from the sparse index ``overdue``."""

import heapq
import logging
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import batched, islice
from typing import TYPE_CHECKING

from facteur.adapters.dynamodb.areas import with_area
from facteur.adapters.dynamodb.attributes import Item, instant_from, instant_text, read_text, text
from facteur.adapters.dynamodb.campaign_items import living_from
from facteur.adapters.dynamodb.expression import Expression, Update
from facteur.adapters.dynamodb.keys import (
    OVERDUE,
    OVERDUE_AT,
    OVERDUE_SHARDS,
    Keys,
    Partition,
    Span,
    campaign_id_in,
)
from facteur.adapters.dynamodb.owners import owner_of_campaign, owner_of_row
from facteur.adapters.dynamodb.table import READ_AT_ONCE, Table
from facteur.domain.campaign import Campaign
from facteur.domain.identity import OrgId, SendId
from facteur.ports import OverdueCampaign, OverdueSend, WaitingCampaign

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient


_log = logging.getLogger(__name__)


class DynamoOverdue:
    """The port ``Overdue``. The index is eventually consistent, so ``take`` decides."""

    def __init__(self, client: "DynamoDBClient", table_name: str) -> None:
        self._table = Table(client, table_name)

    def list_overdue(self, now: datetime, *, limit: int) -> Sequence[OverdueSend | OverdueCampaign]:
        """The ``limit`` items longest overdue, by one query per shard."""
        shards = [self._shard(shard, now, limit) for shard in OVERDUE_SHARDS]
        late = heapq.merge(*shards, key=lambda item: read_text(item, OVERDUE_AT))
        return [_overdue_from(item) for item in islice(late, limit)]

    def list_waiting(self, since: datetime | None) -> Iterator[WaitingCampaign]:
        """In batches: many campaigns come due at the same instant."""
        low = instant_text(since) if since is not None else "0"
        shards = [
            self._table.query(Partition(shard, OVERDUE), Span(low, "9"), newest_first=False)
            for shard in OVERDUE_SHARDS
        ]
        deadlines = heapq.merge(*shards, key=lambda item: read_text(item, OVERDUE_AT))
        overdue = (_overdue_from(item) for item in deadlines if owner_of_campaign(item))
        campaigns = (item for item in overdue if isinstance(item, OverdueCampaign))
        for batch in batched(campaigns, READ_AT_ONCE, strict=False):
            items = self._table.get_many([_key_of(item) for item in batch])
            stored = {(owner_of_campaign(item), campaign_id_in(item)): item for item in items}
            for item in batch:
                campaign = self._readable(
                    item.organization, stored.get((item.organization, item.campaign))
                )
                if campaign is not None:
                    yield WaitingCampaign(
                        organization=item.organization,
                        campaign=campaign,
                        overdue_at=item.overdue_at,
                    )

    def take(self, item: OverdueSend | OverdueCampaign, *, until: datetime) -> bool:
        expression = Expression()
        moved = Update(
            key=_key_of(item),
            changes=expression.set_all({OVERDUE_AT: text(instant_text(until))}),
            condition=expression.compare(OVERDUE_AT, "=", text(instant_text(item.overdue_at))),
            expression=expression,
        )
        return self._table.write(moved) is None

    def _readable(self, organization: OrgId, item: Item | None) -> Campaign | None:
        try:
            campaign = living_from(item) if item is not None else None
            if campaign is None:
                return None
            return with_area(self._table, Keys(organization), campaign)
        except (KeyError, ValueError, zlib.error):
            # Reconcile reports it when it comes due; it must not hold up the others.
            _log.exception("campaign not readable", extra={"campaign": read_text(item or {}, "sk")})
            return None

    def _shard(self, shard: str, now: datetime, limit: int) -> Iterator[Item]:
        return self._table.query(
            Partition(shard, OVERDUE),
            Span("0", instant_text(now)),
            newest_first=False,
            at_once=limit,
        )


def _key_of(item: OverdueSend | OverdueCampaign) -> Item:
    keys = Keys(item.organization)
    if isinstance(item, OverdueCampaign):
        return keys.campaign(item.campaign)
    return keys.notice_row(item.send) if item.origin_is_notice else keys.send_row(item.send)


def _overdue_from(item: Item) -> OverdueSend | OverdueCampaign:
    overdue_at = instant_from(read_text(item, OVERDUE_AT))
    if (owner := owner_of_campaign(item)) is not None:
        return OverdueCampaign(
            organization=owner, campaign=campaign_id_in(item), overdue_at=overdue_at
        )
    organization, is_notice = owner_of_row(item)
    return OverdueSend(
        organization=organization,
        send=SendId(read_text(item, "sk")),
        origin_is_notice=is_notice,
        overdue_at=overdue_at,
    )
