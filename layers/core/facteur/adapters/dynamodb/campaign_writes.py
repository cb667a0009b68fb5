"""The writes that change a campaign.

Only attributes that differ between the campaign before and after are written, so that a worker's
advance and an edit of the subject never overwrite each other.
"""

from collections.abc import Iterable
from datetime import datetime

from facteur.adapters.dynamodb.attributes import Item, text
from facteur.adapters.dynamodb.campaign_items import (
    DELETING,
    LAST_SEND,
    PENDING,
    REMAINING,
    campaign_from,
    deadline,
    fields_of,
    instant,
)
from facteur.adapters.dynamodb.expression import Expression, Update
from facteur.adapters.dynamodb.keys import (
    BY_FILTER_PK,
    OVERDUE_AT,
    OVERDUE_SHARD,
    Keys,
    campaign_id_in,
)
from facteur.domain.campaign import Campaign
from facteur.domain.deadlines import SCHEDULE_GRACE
from facteur.domain.identity import CampaignId, SendId
from facteur.domain.schedule_sync import pending_until, run_overdue_at, same_schedule
from facteur.ports import CampaignAdvance

_MOVED = ("status", "next_run_at", "skipped", "anchor", REMAINING)
"""Attributes that both workers and people change."""


def changing(keys: Keys, before: Campaign, after: Campaign) -> Update:
    """The write of the attributes that differ, if the stored campaign equals ``before``."""
    old, new = fields_of(keys, before), fields_of(keys, after)
    moves = any(old.get(name) != new.get(name) for name in _MOVED)
    return _update(keys, before, after, unless_changed=("version", *(_MOVED if moves else ())))


def advancing(keys: Keys, advance: CampaignAdvance, send: SendId) -> Update:
    """The write that moves a campaign past an occurrence and sets its last Send."""
    return _update(
        keys,
        advance.before,
        advance.after,
        unless_changed=("status", "next_run_at", "anchor", REMAINING),
        also={LAST_SEND: text(send)},
    )


def restating(keys: Keys, stored: Item) -> Update | None:
    """The write that states skipped occurrences as ``changing`` expects them, if it must.

    They stand otherwise in an item of version 0.1.0, and once the rules of its zone have changed.
    """
    skipped = fields_of(keys, campaign_from(stored)).get("skipped")
    if skipped is None or skipped == stored["skipped"]:
        return None
    expression = Expression()
    return Update(
        key=keys.campaign(campaign_id_in(stored)),
        changes=expression.set_all({"skipped": skipped}),
        condition=_if_living(expression, *_unchanged(expression, stored, ("version", *_MOVED))),
        expression=expression,
    )


def settling(keys: Keys, campaign: Campaign) -> Update:
    """The write that makes a campaign no longer pending, if it is unchanged."""
    expression = Expression()
    unchanged = _unchanged(
        expression, fields_of(keys, campaign), ("version", "status", "next_run_at")
    )
    run = deadline(campaign.id, run_overdue_at(campaign))
    changes = f"{expression.set_all(run)} " if run else ""
    over = [name for name in (PENDING, OVERDUE_AT, OVERDUE_SHARD) if name not in run]
    return Update(
        key=keys.campaign(campaign.id),
        changes=changes + _removing(expression, over),
        condition=_if_living(expression, expression.present(PENDING), *unchanged),
        expression=expression,
    )


def deleting(keys: Keys, campaign: CampaignId, *, now: datetime) -> Update:
    """The write that starts the deletion of a campaign, which removes it from the lists."""
    expression = Expression()
    attributes = {DELETING: instant(now)} | deadline(campaign, now + SCHEDULE_GRACE)
    return Update(
        key=keys.campaign(campaign),
        changes=f"{expression.set_all(attributes)} {_removing(expression, [BY_FILTER_PK])}",
        condition=_if_living(expression),
        expression=expression,
    )


def has_changed(keys: Keys, before: Campaign, after: Campaign, stored: Item) -> bool:
    """Does the stored item already have every difference between the two campaigns?"""
    old, new = fields_of(keys, before), fields_of(keys, after)
    return all(
        stored.get(name) == new.get(name)
        for name in old.keys() | new.keys()
        if old.get(name) != new.get(name)
    )


def _update(
    keys: Keys,
    before: Campaign,
    after: Campaign,
    *,
    unless_changed: Iterable[str],
    also: Item | None = None,
) -> Update:
    expression = Expression()
    old, new = fields_of(keys, before), fields_of(keys, after)
    fields = {name: value for name, value in new.items() if old.get(name) != value}
    fields |= also or {}
    assignments: list[str] = []
    if not same_schedule(before, after):
        pending = pending_until(before, after)
        fields |= {PENDING: instant(pending)} | deadline(before.id, pending)
    elif after.next_run not in (None, before.next_run):
        assignments = _next_deadline(expression, after)
    assignments += [expression.compare(name, "=", value) for name, value in fields.items()]
    changes = [f"SET {', '.join(assignments)}"] if assignments else []
    if gone := sorted(old.keys() - new.keys()):
        changes.append(_removing(expression, gone))
    return Update(
        key=keys.campaign(before.id),
        changes=" ".join(changes),
        condition=_if_living(expression, *_unchanged(expression, old, unless_changed)),
        expression=expression,
    )


def _next_deadline(expression: Expression, campaign: Campaign) -> list[str]:
    """The assignments of the next occurrence's deadline, or of the pending schedule's if there is
    one: only the stored item says so."""
    run = deadline(campaign.id, run_overdue_at(campaign))
    at = f"if_not_exists({expression.name(PENDING)}, {expression.value(run[OVERDUE_AT])})"
    return [
        expression.compare(OVERDUE_SHARD, "=", run[OVERDUE_SHARD]),
        f"{expression.name(OVERDUE_AT)} = {at}",
    ]


def _if_living(expression: Expression, *conditions: str) -> str:
    return " AND ".join([expression.present("pk"), expression.absent(DELETING), *conditions])


def _unchanged(expression: Expression, fields: Item, names: Iterable[str]) -> list[str]:
    return [
        expression.compare(name, "=", fields[name]) if name in fields else expression.absent(name)
        for name in names
    ]


def _removing(expression: Expression, names: Iterable[str]) -> str:
    return "REMOVE " + ", ".join(map(expression.name, names))
