"""Campaigns as items: the draft in one attribute, the fields that workers change in others.

Occurrences are stored by their nominal local time: ``next_local``, beside its instant in
``next_run_at``, ``over_until``, and ``skipped`` with the offset of the zone. Version 0.1.0 reads
and writes instants alone (``next_run_at``, and ``skipped`` in UTC): the occurrence of such an
instant is the nearest one, also when that version has left a ``next_local`` behind.
"""

from datetime import date, datetime, timedelta

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
from facteur.domain.occurrences import Occurrence
from facteur.domain.recurrence import DateAnchor, needs_working_days
from facteur.domain.schedule_sync import needs_schedule, pending_until, run_overdue_at

PENDING = "schedule_pending"
"""Present while the schedule may not match: the instant from which reconcile repairs it."""
DELETING = "deleting"
"""Present while a campaign is being deleted: the instant when that began."""
LAST_SEND = "last_send"
REMAINING = "remaining"
"""Sends left of a recurrence that ends after some."""
_MOST_BY_RULES = timedelta(hours=26)
"""More than any change of zone rules moves an instant, and less than occurrences are apart."""


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
        zone = campaign.draft.zone
        fields["skipped"] = texts(at.replace(tzinfo=zone).isoformat() for at in campaign.skipped)
    if campaign.over_until is not None:
        fields["over_until"] = text(campaign.over_until.isoformat())
    if campaign.remaining is not None:
        fields[REMAINING] = number(campaign.remaining)
    if campaign.pause_reason is not None:
        fields["pause_reason"] = text(campaign.pause_reason)
    return fields


def campaign_from(item: Item) -> Campaign:
    """The campaign stored in an item, without its area."""
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
        skipped=tuple(_skipped_from(stored, draft) for stored in read_texts(item, "skipped")),
        over_until=datetime.fromisoformat(over)
        if (over := read_text(item, "over_until"))
        else None,
        remaining=read_number(item, REMAINING) if REMAINING in item else None,
        pause_reason=PauseReason(reason) if (reason := read_text(item, "pause_reason")) else None,
        last_send=SendId(send) if (send := read_text(item, LAST_SEND)) else None,
    )


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
    at = instant_from(stored)
    if local := read_text(item, "next_local"):
        nominal = _local_from(local)
        # Version 0.1.0 does not know rules that depend on working days, which move by more.
        is_ours = needs_working_days(draft.recurrence)
        if is_ours or abs(draft.calendar.occurrence_of(nominal).at - at) <= _MOST_BY_RULES:
            return Occurrence(nominal, at)
    return Occurrence(nominal_time(draft, at), at)


def _local_from(stored: str) -> datetime:
    """A nominal local time: naive, in the zone of the recurrence."""
    return datetime.fromisoformat(stored)


def _skipped_from(stored: str, draft: CampaignDraft) -> datetime:
    at = datetime.fromisoformat(stored)
    return nominal_time(draft, at) if stored.endswith("Z") else at.replace(tzinfo=None)


def _anchor_text(anchor: DateAnchor) -> str:
    return f"{anchor.run_on.isoformat()} {anchor.document_date.isoformat()}"


def _anchor_from(stored: str) -> DateAnchor:
    return DateAnchor(*map(date.fromisoformat, stored.split(" ")))
