"""The campaigns of one organization: one item each, and one per document and group."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from facteur.adapters.dynamodb.areas import read_area, with_area, with_areas
from facteur.adapters.dynamodb.attributes import Item, read_text
from facteur.adapters.dynamodb.campaign_items import (
    DELETING,
    PENDING,
    campaign_from,
    campaign_item,
    instant,
    living_from,
)
from facteur.adapters.dynamodb.campaign_writes import (
    changing,
    deleting,
    has_changed,
    restating,
    settling,
)
from facteur.adapters.dynamodb.cursor import Found, read_page
from facteur.adapters.dynamodb.expression import Delete, Expression, Put, Update, Write, put_new
from facteur.adapters.dynamodb.idempotency import DynamoIdempotency
from facteur.adapters.dynamodb.keys import ALL_IDS, Keys, Span, campaign_id_in, campaign_sk
from facteur.adapters.dynamodb.table import Table
from facteur.adapters.dynamodb.webhook_items import delivery_item
from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.errors import NotFoundError
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import CampaignId, DocumentId, GroupId
from facteur.domain.schedule_sync import same_schedule
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import Creation, Page, ScheduleSyncState


@dataclass(frozen=True, slots=True)
class DynamoCampaigns:
    """The port ``Campaigns``."""

    table: Table
    keys: Keys
    idempotency: DynamoIdempotency

    def create(
        self, campaign: Campaign, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        writes: list[Write] = [put_new(campaign_item(self.keys, campaign))]
        writes += [Put(item=use) for use in self._uses(campaign)]
        return self.idempotency.create(
            writes, campaign.id, idempotency_key=idempotency_key, explain=lambda _: None
        )

    def get(self, campaign_id: CampaignId) -> Campaign:
        campaign = self.find(campaign_id)
        if campaign is None:
            raise NotFoundError("campaign_not_found")
        return campaign

    def find(self, campaign_id: CampaignId) -> Campaign | None:
        item = self.table.get(self.keys.campaign(campaign_id))
        campaign = living_from(item) if item is not None else None
        return with_area(self.table, self.keys, campaign) if campaign is not None else None

    def get_sync_state(self, campaign_id: CampaignId) -> ScheduleSyncState:
        item = self.table.get(self.keys.campaign(campaign_id))
        if item is None:
            raise NotFoundError("campaign_not_found")
        return ScheduleSyncState(
            campaign=with_area(self.table, self.keys, campaign_from(item)),
            pending=PENDING in item,
            deleting=DELETING in item,
        )

    def change(
        self, before: Campaign, after: Campaign, *, hooks: Sequence[HookDelivery] = ()
    ) -> bool:
        if replace(after, last_send=before.last_send) == before:
            self.get(before.id)
            return True
        owed = [Put(item=delivery_item(self.keys, delivery)) for delivery in hooks]
        in_the_way = self._write(
            changing(self.keys, before, after), [*self._moving_uses(before, after), *owed]
        )
        if in_the_way is None:
            return True
        _check_living(in_the_way)
        restated = restating(self.keys, in_the_way)
        if restated is not None and self.table.write(restated) is None:
            return self.change(before, after, hooks=hooks)
        # After a lost response the SDK repeats the write: the stored item is then our own.
        return has_changed(self.keys, before, after, in_the_way)

    def settle_schedule(self, campaign: Campaign) -> bool:
        stored = campaign
        while same_schedule(stored, campaign):
            refusal = self.table.write(settling(self.keys, stored))
            if refusal is None:
                return True
            _check_living(refusal.stored)
            stored = campaign_from(refusal.stored)
            if PENDING not in refusal.stored:
                return same_schedule(stored, campaign)
        return False

    def begin_delete(self, campaign_id: CampaignId, *, now: datetime) -> None:
        refusal = self.table.write(deleting(self.keys, campaign_id, now=now))
        # After a lost response the SDK repeats the write: the stored item is then our own.
        if refusal is not None and refusal.stored.get(DELETING) != instant(now):
            raise NotFoundError("campaign_not_found")

    def finish_delete(self, campaign_id: CampaignId) -> None:
        key = self.keys.campaign(campaign_id)
        item = self.table.get(key)
        if item is None:
            return
        deleting = Expression()
        row = Delete(key=key, condition=deleting.present(DELETING), expression=deleting)
        # Refused when it is not being deleted or has just been removed by another caller.
        uses = [Delete(key=use) for use in self._uses(campaign_from(item))]
        self.table.transact([row, *uses])

    def list_page(
        self, *, status: CampaignStatus | None, cursor: str | None, limit: int
    ) -> Page[Campaign]:
        def found(span: Span, *, newest_first: bool) -> Found[Campaign]:
            for item in self._items(status, span, newest_first=newest_first, at_once=limit + 1):
                yield campaign_id_in(item), living_from(item)

        page = read_page(found, cursor=cursor, limit=limit)
        return replace(page, items=self._with_areas(page.items))

    def list_coming(self) -> Sequence[Campaign]:
        return self._with_areas(_living(self._items(CampaignStatus.ACTIVE, ALL_IDS)))

    def _with_areas(self, campaigns: Iterable[Campaign]) -> list[Campaign]:
        return list(with_areas(campaigns, lambda: read_area(self.table, self.keys)))

    def using(self, used: DocumentId | GroupId) -> Sequence[Campaign]:
        uses = self.table.query(self.keys.uses(used), ALL_IDS, consistent=True)
        campaigns = [self.keys.campaign(CampaignId(read_text(use, "sk"))) for use in uses]
        return [
            campaign
            for campaign in self._with_areas(
                _living(self.table.get_many(campaigns, consistent=True))
            )
            if campaign.status is not CampaignStatus.COMPLETED
        ]

    def _items(
        self,
        status: CampaignStatus | None,
        span: Span,
        *,
        newest_first: bool = True,
        at_once: int | None = None,
    ) -> Iterator[Item]:
        """Read consistently without a status; with one, from an index."""
        is_from_table = status is None
        return self.table.query(
            self.keys.campaigns() if status is None else self.keys.campaigns_by_status(status),
            Span(campaign_sk(span.low), campaign_sk(span.high)),
            newest_first=newest_first,
            at_once=at_once,
            consistent=is_from_table,
        )

    def _uses(self, campaign: Campaign) -> list[Item]:
        uses: tuple[DocumentId | GroupId, ...] = (
            *campaign.draft.document_ids,
            *campaign.draft.groups,
        )
        return [self.keys.use(used, campaign.id) for used in uses]

    def _moving_uses(self, before: Campaign, after: Campaign) -> list[Write]:
        old, new = self._uses(before), self._uses(after)
        return [
            *(Delete(key=use) for use in old if use not in new),
            *(Put(item=use) for use in new if use not in old),
        ]

    def _write(self, change: Update, others: Sequence[Write]) -> Item | None:
        """Change a campaign and what goes with it; None, or the stored item on a refusal."""
        if not others:
            refusal = self.table.write(change)
            return refusal.stored if refusal is not None else None
        if self.table.transact([change, *others]):
            return self.table.get(change.key) or {}
        return None


def _living(items: Iterable[Item]) -> list[Campaign]:
    return [campaign for item in items if (campaign := living_from(item)) is not None]


def _check_living(stored: Item) -> None:
    if not stored or DELETING in stored:
        raise NotFoundError("campaign_not_found")
