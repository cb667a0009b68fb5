"""Fakes of the campaigns of one organization, their schedules and the queue ``due``."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from facteur.adapters.schedule_expression import NativeSchedule, native_schedule
from facteur.domain.campaign import Campaign, CampaignStatus
from facteur.domain.deadlines import SCHEDULE_GRACE
from facteur.domain.errors import NotFoundError
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import CampaignId, DocumentId, GroupId, OrgId, SendId
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import needs_working_days
from facteur.domain.schedule_sync import (
    Schedule,
    needs_schedule,
    pending_until,
    run_overdue_at,
    same_schedule,
)
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import CampaignAdvance, Creation, DueMessage, Page, ScheduleSyncState
from tests.fakes.data import (
    Organization,
    StoredCampaign,
    Writes,
    ensure_readable,
    find_creation,
    page,
    put_deliveries,
    put_record,
)


@dataclass
class FakeCampaigns:
    store: Writes
    data: Organization

    def create(
        self, campaign: Campaign, *, idempotency_key: IdempotencyKey | None = None
    ) -> Creation:
        self.store.on_write("create_campaign")
        if (first := find_creation(self.data, idempotency_key, campaign.id)) is not None:
            return first
        if campaign.id in self.data.campaigns:
            return Creation(campaign.id, created=False)
        put_record(self.data, idempotency_key, campaign.id)
        pending = pending_until(None, campaign) if needs_schedule(campaign) else None
        self.data.campaigns[campaign.id] = StoredCampaign(
            campaign=campaign,
            pending_until=pending,
            overdue_at=pending or run_overdue_at(campaign),
        )
        return Creation(campaign.id, created=True)

    def get(self, campaign_id: CampaignId) -> Campaign:
        return self._read(self._living(campaign_id))

    def find(self, campaign_id: CampaignId) -> Campaign | None:
        ensure_readable(self.store, campaign_id)
        stored = self.data.campaigns.get(campaign_id)
        return self._read(stored) if stored is not None and not stored.deleting else None

    def get_sync_state(self, campaign_id: CampaignId) -> ScheduleSyncState:
        ensure_readable(self.store, campaign_id)
        stored = self.data.campaigns.get(campaign_id)
        if stored is None:
            raise NotFoundError("campaign_not_found")
        return ScheduleSyncState(
            campaign=self._read(stored),
            pending=stored.pending_until is not None,
            deleting=stored.deleting,
        )

    def change(
        self, before: Campaign, after: Campaign, *, hooks: Sequence[HookDelivery] = ()
    ) -> bool:
        self.store.on_write("change_campaign")
        stored = self._living(before.id)
        moves = _moved(before) != _moved(after)
        if stored.campaign.version != before.version or (
            moves and _moved(stored.campaign) != _moved(before)
        ):
            differing = _differing(before, after)
            return differing == {name: getattr(stored.campaign, name) for name in differing}
        self.data.campaigns[before.id] = changed(stored, before, after)
        put_deliveries(self.data, hooks)
        return True

    def settle_schedule(self, campaign: Campaign) -> bool:
        self.store.on_write("settle_schedule")
        stored = self._living(campaign.id)
        if not same_schedule(stored.campaign, campaign):
            return False
        if stored.pending_until is not None:
            overdue_at = run_overdue_at(stored.campaign)
            self.data.campaigns[campaign.id] = replace(
                stored, pending_until=None, overdue_at=overdue_at
            )
        return True

    def begin_delete(self, campaign_id: CampaignId, *, now: datetime) -> None:
        self.store.on_write("begin_delete")
        stored = self._living(campaign_id)
        self.data.campaigns[campaign_id] = replace(
            stored, deleting=True, overdue_at=now + SCHEDULE_GRACE
        )

    def finish_delete(self, campaign_id: CampaignId) -> None:
        self.store.on_write("finish_delete")
        stored = self.data.campaigns.get(campaign_id)
        if stored is not None and stored.deleting:
            del self.data.campaigns[campaign_id]

    def list_page(
        self, *, status: CampaignStatus | None, cursor: str | None, limit: int
    ) -> Page[Campaign]:
        found = [campaign for campaign in self._all() if status in (None, campaign.status)]
        return page(sorted(found, key=lambda item: item.id, reverse=True), cursor, limit)

    def list_coming(self) -> Sequence[Campaign]:
        return [campaign for campaign in self._all() if campaign.status is CampaignStatus.ACTIVE]

    def using(self, used: DocumentId | GroupId) -> Sequence[Campaign]:
        return [
            campaign
            for campaign in self._all()
            if used in (*campaign.draft.document_ids, *campaign.draft.groups)
            and campaign.status is not CampaignStatus.COMPLETED
        ]

    def _all(self) -> Sequence[Campaign]:
        return [
            self._read(stored) for stored in self.data.campaigns.values() if not stored.deleting
        ]

    def _read(self, stored: StoredCampaign) -> Campaign:
        """A campaign with the present area of the organization, if it needs one."""
        campaign, settings = stored.campaign, self.data.settings
        if not needs_working_days(campaign.draft.recurrence):
            return campaign
        area = settings.area if settings is not None else HolidayArea()
        return replace(campaign, draft=replace(campaign.draft, area=area))

    def _living(self, campaign_id: CampaignId) -> StoredCampaign:
        stored = self.data.campaigns.get(campaign_id)
        if stored is None or stored.deleting:
            raise NotFoundError("campaign_not_found")
        return stored


_MADE_FROM = ("status", "next_run", "anchor", "remaining")


def may_advance(data: Organization, advance: CampaignAdvance) -> bool:
    """Is the campaign still where ``advance.before`` says?"""
    stored = data.campaigns.get(advance.before.id)
    if stored is None or stored.deleting:
        return False
    return all(
        getattr(stored.campaign, name) == getattr(advance.before, name) for name in _MADE_FROM
    )


def advance_campaign(data: Organization, advance: CampaignAdvance, send_id: SendId) -> None:
    """Move a campaign past a run, with its last Send; it is where ``advance.before`` says."""
    before = advance.before
    advanced = changed(data.campaigns[before.id], before, advance.after)
    data.campaigns[before.id] = replace(
        advanced, campaign=replace(advanced.campaign, last_send=send_id)
    )


def changed(stored: StoredCampaign, before: Campaign, after: Campaign) -> StoredCampaign:
    """``stored`` with the fields changed that differ between ``before`` and ``after``."""
    campaign = replace(stored.campaign, **_differing(before, after))
    pending, overdue_at = stored.pending_until, stored.overdue_at
    if not same_schedule(before, after):
        pending = overdue_at = pending_until(before, after)
    elif after.next_run not in (None, before.next_run):
        overdue_at = pending or run_overdue_at(after)
    return StoredCampaign(campaign=campaign, pending_until=pending, overdue_at=overdue_at)


def _differing(before: Campaign, after: Campaign) -> dict[str, Any]:
    return {
        name: getattr(after, name)
        for name in (field.name for field in fields(Campaign))
        if name != "last_send" and getattr(after, name) != getattr(before, name)
    }


def _moved(campaign: Campaign) -> tuple[object, ...]:
    """The fields of a campaign that workers write."""
    return (
        campaign.status,
        campaign.next_run,
        campaign.skipped,
        campaign.anchor,
        campaign.remaining,
    )


@dataclass(frozen=True)
class FakeSchedule:
    """A schedule, and whether it is enabled."""

    schedule: Schedule
    active: bool

    @property
    def native(self) -> NativeSchedule:
        """The expression that EventBridge Scheduler would get."""
        return native_schedule(self.schedule.recurrence, ZoneInfo(self.schedule.timezone))


@dataclass
class FakeSchedules:
    """The existing schedules, by organization and campaign."""

    standing: dict[tuple[OrgId, CampaignId], FakeSchedule] = field(default_factory=dict)

    def put(
        self,
        organization: OrgId,
        campaign_id: CampaignId,
        schedule: Schedule,
        *,
        active: bool,
    ) -> None:
        self.standing[organization, campaign_id] = FakeSchedule(schedule, active)

    def delete(self, organization: OrgId, campaign_id: CampaignId) -> None:
        self.standing.pop((organization, campaign_id), None)


@dataclass
class FakeDueQueue:
    """A queue whose messages stay until a test takes them."""

    messages: list[DueMessage] = field(default_factory=list)

    def put(self, message: DueMessage) -> None:
        self.messages.append(message)
