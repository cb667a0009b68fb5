"""Campaigns as items: the draft in one attribute, the fields that workers change in others.

Occurrences are stored by their nominal local time (``next_local``, ``skipped``, ``over_until``),
the next one with its instant as well (``next_run_at``). Version 0.1.0 stored instants alone: the
occurrence of such an instant is the nearest one.
"""

from datetime import date, datetime

from facteur.adapters.dynamodb.attributes import (
    Item,
    Value,
    binary,
    instant_from,
    instant_text,
    number,
    read_number,
    read_text,
    read_texts,
    text,
    texts,
)
from facteur.adapters.dynamodb.drafts import draft_bytes, draft_from
from facteur.adapters.dynamodb.keys import (
    BY_FILTER_PK,
    OVERDUE_AT,
    OVERDUE_SHARD,
    Keys,
    campaign_id_in,
    shard_of,
)
from facteur.domain.campaign import (
    Campaign,
    CampaignDraft,
    CampaignStatus,
    PauseReason,
    nominal_time,
)
from facteur.domain.identity import CampaignId, SendId, UserId
from facteur.domain.recurrence import DateAnchor, Occurrence
from facteur.domain.schedule_sync import needs_schedule, pending_until, run_overdue_at

PENDING = "schedule_pending"
"""Present while the schedule may not match: the instant from which reconcile repairs it."""
DELETING = "deleting"
"""Present while a campaign is being deleted: the instant when that began."""
LAST_SEND = "last_send"


def campaign_item(keys: Keys, campaign: Campaign) -> Item:
    """The item of a new campaign, pending if it needs a schedule."""
    item = keys.campaign(campaign.id) | fields_of(keys, campaign)
    if not needs_schedule(campaign):
        return item | deadline(campaign.id, run_overdue_at(campaign))
    pending = pending_until(None, campaign)
    return item | {PENDING: instant(pending)} | deadline(campaign.id, pending)


def fields_of(keys: Keys, campaign: Campaign) -> Item:
    """The attributes of a campaign except its last Send; empty fields have no attribute."""
    fields: Item = {
        "draft": binary(draft_bytes(campaign.draft)),
        "owner": text(campaign.owner),
        "version": number(campaign.version),
        "created_at": instant(campaign.created_at),
        "updated_at": instant(campaign.updated_at),
        "status": text(campaign.status),
        BY_FILTER_PK: text(keys.campaigns_by_status(campaign.status).pk),
    }
    if campaign.next_run is not None:
        fields["next_run_at"] = instant(campaign.next_run.at)
        fields["next_local"] = text(campaign.next_run.local.isoformat())
    if campaign.anchor is not None:
        fields["anchor"] = text(_anchor_text(campaign.anchor))
    if campaign.skipped:
        fields["skipped"] = texts(local.isoformat() for local in campaign.skipped)
    if campaign.over_until is not None:
        fields["over_until"] = text(campaign.over_until.isoformat())
    if campaign.pause_reason is not None:
        fields["pause_reason"] = text(campaign.pause_reason)
    return fields


def campaign_from(item: Item) -> Campaign:
    """The campaign stored in an item."""
    draft = draft_from(item["draft"]["B"])
    return Campaign(
        id=campaign_id_in(item),
        draft=draft,
        status=CampaignStatus(read_text(item, "status")),
        owner=UserId(read_text(item, "owner")),
        version=read_number(item, "version"),
        created_at=instant_from(read_text(item, "created_at")),
        updated_at=instant_from(read_text(item, "updated_at")),
        next_run=_next_run_from(item, draft),
        anchor=_anchor_from(anchor) if (anchor := read_text(item, "anchor")) else None,
        skipped=tuple(_nominal(stored, draft) for stored in read_texts(item, "skipped")),
        over_until=_local_from(over) if (over := read_text(item, "over_until")) else None,
        pause_reason=PauseReason(reason) if (reason := read_text(item, "pause_reason")) else None,
        last_send=SendId(send) if (send := read_text(item, LAST_SEND)) else None,
    )


def states_instants(item: Item) -> bool:
    """Does an item of version 0.1.0 still state its skipped occurrences by their instants?"""
    return any(_is_instant(stored) for stored in read_texts(item, "skipped"))


def living_from(item: Item) -> Campaign | None:
    """The campaign stored in an item; None while it is being deleted."""
    return campaign_from(item) if DELETING not in item else None


def deadline(campaign: CampaignId, at: datetime | None) -> Item:
    """The attributes that put a campaign into the index ``overdue`` at ``at``; none for None."""
    if at is None:
        return {}
    return {OVERDUE_SHARD: text(shard_of(campaign)), OVERDUE_AT: instant(at)}


def instant(at: datetime) -> Value:
    return text(instant_text(at))


def _next_run_from(item: Item, draft: CampaignDraft) -> Occurrence | None:
    if not (stored := read_text(item, "next_run_at")):
        return None
    local = read_text(item, "next_local")
    return Occurrence(_nominal(local or stored, draft), instant_from(stored))


def _nominal(stored: str, draft: CampaignDraft) -> datetime:
    """A nominal local time, from itself or from the instant that version 0.1.0 stored."""
    if _is_instant(stored):
        return nominal_time(draft, instant_from(stored))
    return _local_from(stored)


def _is_instant(stored: str) -> bool:
    return stored.endswith("Z")


def _local_from(stored: str) -> datetime:
    """A nominal local time: naive, in the zone of the recurrence."""
    return datetime.fromisoformat(stored)


def _anchor_text(anchor: DateAnchor) -> str:
    return f"{anchor.run_on.isoformat()} {anchor.document_date.isoformat()}"


def _anchor_from(stored: str) -> DateAnchor:
    return DateAnchor(*map(date.fromisoformat, stored.split(" ")))
