"""The use of a day: how many messages, and how many notices, an organization has made."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from facteur.adapters.dynamodb.attributes import Item, number, read_number
from facteur.adapters.dynamodb.expression import Expression, Update
from facteur.adapters.dynamodb.keys import EXPIRES_AT, Keys
from facteur.adapters.dynamodb.table import Table

_USED = "used"
_KEPT = timedelta(days=40)
"""How long a day's use stays readable, for operators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """``count`` more of a day on which at most ``limit`` are allowed."""

    key: Item
    day: date
    count: int
    limit: int


def use_of_messages(keys: Keys, at: datetime, *, count: int, limit: int) -> Use:
    """``count`` messages made at an instant."""
    day = at.astimezone(UTC).date()
    return Use(key=keys.usage(day), day=day, count=count, limit=limit)


def use_of_notice(keys: Keys, at: datetime, *, limit: int) -> Use:
    """One notice made at an instant. Notices are counted apart, so that they take nothing from the
    messages of the day."""
    day = at.astimezone(UTC).date()
    return Use(key=keys.notice_usage(day), day=day, count=1, limit=limit)


def adding(use: Use) -> Update:
    """The write that adds a use, refused when the day would exceed its limit."""
    expression = Expression()
    used, expires_at = expression.name(_USED), expression.name(EXPIRES_AT)
    midnight = datetime.combine(use.day, time(), UTC)
    expiry = expression.value(number(math.ceil((midnight + _KEPT).timestamp())))
    left = use.limit - use.count
    # Without an item nothing is used: then only the limit itself can refuse, as "used <= -1" does.
    as_allowed = f"{used} <= {expression.value(number(left))}"
    if left >= 0:
        as_allowed = f"{expression.absent(_USED)} OR {as_allowed}"
    return Update(
        key=use.key,
        changes=f"SET {expires_at} = {expiry} ADD {used} {expression.value(number(use.count))}",
        condition=as_allowed,
        expression=expression,
    )


def is_over(table: Table, use: Use) -> bool:
    """Would this use exceed the limit now?"""
    return read_use(table, use.key) + use.count > use.limit


def read_use(table: Table, key: Item) -> int:
    """What is used of a day, read consistently."""
    return read_number(table.get(key) or {}, _USED)
