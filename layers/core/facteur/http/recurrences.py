"""Recurrences in requests and responses."""

import datetime as dt
from typing import Annotated, Literal, assert_never

from pydantic import Field

from facteur.domain.recurrence import (
    Monthly,
    NoRecurrence,
    Once,
    Recurrence,
    RecurrenceKind,
    Weekly,
)
from facteur.http.fields import ClockTime, LocalTime
from facteur.http.validation import RequestModel

type Weekday = Annotated[int, Field(ge=1, le=7, strict=True, description="1 is Monday.")]
type DayOfMonth = Annotated[
    int,
    Field(ge=1, le=31, strict=True, description="The last day in months that are shorter."),
]


class NoneBody(RequestModel):
    """Sent at once, when created."""

    kind: Literal[RecurrenceKind.NONE]

    @property
    def recurrence(self) -> Recurrence:
        return NoRecurrence()


class WeeklyBody(RequestModel):
    """Every week, at a local time."""

    kind: Literal[RecurrenceKind.WEEKLY]
    weekday: Weekday
    time: ClockTime

    @property
    def recurrence(self) -> Recurrence:
        return Weekly(self.weekday, dt.time.fromisoformat(self.time))


class MonthlyBody(RequestModel):
    """Every month, at a local time."""

    kind: Literal[RecurrenceKind.MONTHLY]
    day: DayOfMonth
    time: ClockTime

    @property
    def recurrence(self) -> Recurrence:
        return Monthly(self.day, dt.time.fromisoformat(self.time))


class OnceBody(RequestModel):
    """Once, at a local date and time in the future."""

    kind: Literal[RecurrenceKind.ONCE]
    at: LocalTime

    @property
    def recurrence(self) -> Recurrence:
        return Once(dt.datetime.fromisoformat(self.at))


RecurrenceAnswer = NoneBody | WeeklyBody | MonthlyBody | OnceBody
"""A recurrence in responses; a plain alias, so that the OpenAPI document shows it inline."""
type RecurrenceBody = Annotated[RecurrenceAnswer, Field(discriminator="kind")]


def recurrence_body(recurrence: Recurrence) -> RecurrenceAnswer:
    """The body of a recurrence, the same in responses as in requests."""
    match recurrence:
        case NoRecurrence():
            return NoneBody(kind=RecurrenceKind.NONE)
        case Weekly(weekday=weekday, time=time):
            return WeeklyBody(kind=RecurrenceKind.WEEKLY, weekday=weekday, time=f"{time:%H:%M}")
        case Monthly(day=day, time=time):
            return MonthlyBody(kind=RecurrenceKind.MONTHLY, day=day, time=f"{time:%H:%M}")
        case Once(at=at):
            return OnceBody(kind=RecurrenceKind.ONCE, at=f"{at:%Y-%m-%dT%H:%M}")
        case _:
            assert_never(recurrence)
