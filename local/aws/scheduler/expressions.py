"""Schedule expressions ``at(…)``, ``rate(…)`` and ``cron(…)``, and when they fire."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from local.aws.scheduler.cron import parse_cron

_FORM = re.compile(r"(at|rate|cron)\((.*)\)", re.DOTALL)
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_RATE = re.compile(r"([1-9]\d*) (minute|hour|day)s?")
_UNITS = {unit: timedelta(**{f"{unit}s": 1}) for unit in ("minute", "hour", "day")}


class ExpressionError(ValueError):
    """EventBridge Scheduler refuses this expression or time zone."""


def zone_named(name: str) -> ZoneInfo:
    """A time zone of the IANA database; raises ExpressionError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ExpressionError(f"Provided time zone {name} is not valid.") from error


def next_firing(
    expression: str, zone: ZoneInfo, *, since: datetime, after: datetime
) -> datetime | None:
    """The first firing strictly after an instant, or None; rates count from ``since``.

    Raises ExpressionError for what AWS refuses. An ``at(…)`` in the past is accepted and never
    fires.
    """
    found = _FORM.fullmatch(expression)
    if found is None:
        raise ExpressionError(f"Invalid Schedule Expression {expression}.")
    kind, inside = found.groups()
    try:
        match kind:
            case "at":
                at = _at(inside, zone)
                return at if at > after else None
            case "rate":
                every = _rate(inside)
                return since + ((after - since) // every + 1) * every
            case _:
                return parse_cron(inside).next_after(after, zone)
    except ValueError as error:
        raise ExpressionError(f"Invalid Schedule Expression {expression}.") from error


def _at(inside: str, zone: ZoneInfo) -> datetime:
    if not _AT.fullmatch(inside):
        raise ValueError(inside)
    return datetime.fromisoformat(inside).replace(tzinfo=zone).astimezone(UTC)


def _rate(inside: str) -> timedelta:
    found = _RATE.fullmatch(inside)
    if found is None or (found.group(1) == "1") == inside.endswith("s"):
        raise ValueError(inside)
    return int(found.group(1)) * _UNITS[found.group(2)]
