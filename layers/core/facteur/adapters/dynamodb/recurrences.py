"""Recurrences as short texts: ``monthly 31 08:00:00``, or the kind and what else a rule says.

Rules that version 0.1.0 knows are written as it wrote them, so that it reads them too.
"""

import datetime as dt
import json
from dataclasses import fields
from typing import Any, Final

from facteur.domain.recurrence import (
    Ends,
    EndsAfter,
    EndsOn,
    Monthly,
    MonthlyOrdinal,
    NoRecurrence,
    OffDays,
    Once,
    Ordinal,
    Recurrence,
    RecurrenceKind,
    Repeating,
    Weekly,
)

_SHARED: Final = ("every", "starts_on", "ends", "off_days")


def recurrence_text(recurrence: Recurrence) -> str:
    """The stored form of a recurrence: the same text for the same one."""
    match recurrence:
        case NoRecurrence():
            return recurrence.kind
        case Once(at=at):
            return f"{recurrence.kind} {at.isoformat()}"
        case Weekly(weekdays=(one,)) | Monthly(days_of_month=(one,)) if not _shared(recurrence):
            return f"{recurrence.kind} {one} {recurrence.time.isoformat()}"
    written = _particular(recurrence) | {"time": recurrence.time.isoformat()} | _shared(recurrence)
    return f"{recurrence.kind} {json.dumps(written, separators=(',', ':'))}"


def recurrence_from(stored: str) -> Recurrence:
    """The recurrence that ``recurrence_text`` wrote."""
    kind, _, rest = stored.partition(" ")
    match RecurrenceKind(kind):
        case RecurrenceKind.NONE:
            return NoRecurrence()
        case RecurrenceKind.ONCE:
            return Once(dt.datetime.fromisoformat(rest))
        case RecurrenceKind.WEEKLY | RecurrenceKind.MONTHLY as repeating if rest[:1] != "{":
            number, _, time = rest.partition(" ")
            rule = Weekly if repeating is RecurrenceKind.WEEKLY else Monthly
            return rule((int(number),), dt.time.fromisoformat(time))
        case _:
            return _rule_from(json.loads(rest))


def _particular(rule: Repeating) -> dict[str, Any]:
    match rule:
        case Weekly(weekdays=weekdays):
            return {"weekdays": weekdays}
        case Monthly(days_of_month=days):
            return {"days": days}
        case MonthlyOrdinal(ordinal=ordinal, weekday=weekday):
            return {"ordinal": ordinal, "weekday": weekday}


def _shared(rule: Repeating) -> dict[str, Any]:
    """What a rule says beside its days and time, without what it says by default."""
    defaults = {field.name: field.default for field in fields(rule)}
    said = {name: getattr(rule, name) for name in _SHARED}
    return {name: _plain(value) for name, value in said.items() if value != defaults[name]}


def _plain(value: object) -> object:
    match value:
        case EndsOn(date=date):
            return date.isoformat()
        case EndsAfter(sends=sends):
            return sends
        case dt.date():
            return value.isoformat()
        case _:
            return value


def _rule_from(read: dict[str, Any]) -> Repeating:
    time = dt.time.fromisoformat(read["time"])
    shared: dict[str, Any] = {"every": read.get("every", 1)}
    if "starts_on" in read:
        shared["starts_on"] = dt.date.fromisoformat(read["starts_on"])
    if "ends" in read:
        shared["ends"] = _ends_from(read["ends"])
    if "off_days" in read:
        shared["off_days"] = OffDays(read["off_days"])
    if "ordinal" in read:
        return MonthlyOrdinal(Ordinal(read["ordinal"]), read["weekday"], time, **shared)
    if "days" in read:
        return Monthly(tuple(read["days"]), time, **shared)
    return Weekly(tuple(read["weekdays"]), time, **shared)


def _ends_from(read: str | int) -> Ends:
    return EndsOn(dt.date.fromisoformat(read)) if isinstance(read, str) else EndsAfter(read)
