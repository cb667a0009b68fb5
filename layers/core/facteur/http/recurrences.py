"""Recurrences in requests and responses."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal, Self, assert_never

from pydantic import Field, ValidationInfo, field_validator, model_validator

from facteur.domain.errors import Problem
from facteur.domain.recurrence import (
    MAX_MONTHS,
    MAX_SENDS,
    MAX_WEEKS,
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
    Weekly,
)
from facteur.domain.recurrence import Weekday as AnyWeekday
from facteur.domain.validators import RefusedValueError
from facteur.http.fields import ClockTime, Day, LocalTime
from facteur.http.validation import RequestModel

type Weekday = Annotated[int, Field(ge=1, le=7, strict=True, description="1 is Monday.")]
type DayOfMonth = Annotated[
    int,
    Field(ge=1, le=31, strict=True, description="The last day in months that are shorter."),
]
type Weekdays = Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)]
type DaysOfMonth = Annotated[tuple[DayOfMonth, ...], Field(min_length=1, max_length=31)]


class EndsBody(RequestModel):
    """A date, or a number of sends, of which skipped and missed ones are none."""

    on: Annotated[Day | None, Field(description="The last date on which it may fall.")] = None
    after: Annotated[int | None, Field(ge=1, le=MAX_SENDS, strict=True)] = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.on is None) == (self.after is None):
            raise RefusedValueError([Problem("", "ends_ambiguous")])
        return self

    @property
    def ends(self) -> Ends:
        return EndsOn(self.on) if self.on is not None else EndsAfter(self.after or 1)


class _Repeating(RequestModel):
    """What every repeating rule may say."""

    time: ClockTime
    starts_on: Annotated[
        Day | None,
        Field(description="The first date; intervals count from it. By default today."),
    ] = None
    ends: EndsBody | None = None
    off_days: Annotated[
        OffDays,
        Field(description="Sent on the working day before or after a weekend or public holiday."),
    ] = OffDays.KEEP

    @field_validator("ends", mode="after")
    @classmethod
    def _ends_after_its_start(cls, ends: EndsBody | None, info: ValidationInfo) -> EndsBody | None:
        starts_on = info.data.get("starts_on")
        if ends is not None and ends.on is not None and starts_on and ends.on < starts_on:
            raise RefusedValueError([Problem("on", "ends_before_start")])
        return ends

    @property
    def local_time(self) -> dt.time:
        return dt.time.fromisoformat(self.time)

    @property
    def end(self) -> Ends | None:
        return self.ends.ends if self.ends is not None else None


class NoneBody(RequestModel):
    """Sent at once, when created."""

    kind: Literal[RecurrenceKind.NONE]

    @property
    def recurrence(self) -> Recurrence:
        return NoRecurrence()


class WeeklyBody(_Repeating):
    """On one or several weekdays of every n-th week, at a local time.

    ``weekday`` and ``weekdays`` say the same; responses have both when there is only one.
    """

    kind: Literal[RecurrenceKind.WEEKLY]
    weekdays: Weekdays | None = None
    weekday: Annotated[Weekday | None, Field(validate_default=True)] = None
    every: Annotated[int, Field(ge=1, le=MAX_WEEKS, strict=True, description="In weeks.")] = 1

    @field_validator("weekday", mode="after")
    @classmethod
    def _agrees(cls, weekday: int | None, info: ValidationInfo) -> int | None:
        _ensure_agreeing(weekday, "weekdays", info)
        return weekday

    @property
    def recurrence(self) -> Recurrence:
        return Weekly(
            _distinct(self.weekdays, self.weekday),
            self.local_time,
            every=self.every,
            starts_on=self.starts_on,
            ends=self.end,
            off_days=self.off_days,
        )


class MonthlyBody(_Repeating):
    """On one or several days of every n-th month, or on a weekday of it, at a local time.

    ``day`` and ``days`` say the same; responses have both when there is only one. With ``ordinal``
    it is the first to fourth, or last, ``weekday`` of the month.
    """

    kind: Literal[RecurrenceKind.MONTHLY]
    ordinal: Ordinal | None = None
    days: DaysOfMonth | None = None
    day: Annotated[DayOfMonth | None, Field(validate_default=True)] = None
    weekday: Annotated[
        Weekday | Literal["working_day"] | None,
        Field(validate_default=True, description="With ``ordinal`` only."),
    ] = None
    every: Annotated[int, Field(ge=1, le=MAX_MONTHS, strict=True, description="In months.")] = 1

    @field_validator("day", mode="after")
    @classmethod
    def _agrees(cls, day: int | None, info: ValidationInfo) -> int | None:
        if info.data.get("ordinal") is None:
            if "ordinal" in info.data:
                _ensure_agreeing(day, "days", info)
        elif day is not None or info.data.get("days") is not None:
            raise RefusedValueError([Problem("", "days_or_ordinal")])
        return day

    @field_validator("weekday", mode="after")
    @classmethod
    def _belongs_to_an_ordinal(
        cls, weekday: AnyWeekday | None, info: ValidationInfo
    ) -> AnyWeekday | None:
        has_ordinal = info.data.get("ordinal") is not None
        if has_ordinal and weekday is None:
            raise RefusedValueError([Problem("", "required")])
        if weekday is not None and not has_ordinal and "ordinal" in info.data:
            raise RefusedValueError([Problem("", "weekday_needs_ordinal")])
        return weekday

    @property
    def recurrence(self) -> Recurrence:
        if self.ordinal is not None and self.weekday is not None:
            return MonthlyOrdinal(
                self.ordinal,
                self.weekday,
                self.local_time,
                every=self.every,
                starts_on=self.starts_on,
                ends=self.end,
                off_days=self.off_days,
            )
        return Monthly(
            _distinct(self.days, self.day),
            self.local_time,
            every=self.every,
            starts_on=self.starts_on,
            ends=self.end,
            off_days=self.off_days,
        )


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
        case Weekly(weekdays=weekdays):
            return WeeklyBody(
                kind=RecurrenceKind.WEEKLY,
                weekdays=weekdays,
                weekday=_single(weekdays),
                time=f"{recurrence.time:%H:%M}",
                every=recurrence.every,
                starts_on=recurrence.starts_on,
                ends=_ends_body(recurrence.ends),
                off_days=recurrence.off_days,
            )
        case Monthly() | MonthlyOrdinal():
            return _monthly_body(recurrence)
        case Once(at=at):
            return OnceBody(kind=RecurrenceKind.ONCE, at=f"{at:%Y-%m-%dT%H:%M}")
        case _:
            assert_never(recurrence)


def _monthly_body(rule: Monthly | MonthlyOrdinal) -> MonthlyBody:
    days = rule.days_of_month if isinstance(rule, Monthly) else None
    return MonthlyBody(
        kind=RecurrenceKind.MONTHLY,
        ordinal=rule.ordinal if isinstance(rule, MonthlyOrdinal) else None,
        weekday=rule.weekday if isinstance(rule, MonthlyOrdinal) else None,
        days=days,
        day=_single(days) if days is not None else None,
        time=f"{rule.time:%H:%M}",
        every=rule.every,
        starts_on=rule.starts_on,
        ends=_ends_body(rule.ends),
        off_days=rule.off_days,
    )


def _ends_body(ends: Ends | None) -> EndsBody | None:
    match ends:
        case EndsOn(date=date):
            return EndsBody(on=date)
        case EndsAfter(sends=sends):
            return EndsBody(after=sends)
        case None:
            return None


def _ensure_agreeing(one: int | None, several: str, info: ValidationInfo) -> None:
    """Refuse a value beside a list that says something else, and neither of them."""
    if several not in info.data:
        return
    listed = info.data[several]
    if one is None and listed is None:
        raise RefusedValueError([Problem("", "required")])
    if one is not None and listed is not None and set(listed) != {one}:
        raise RefusedValueError([Problem("", "differs_from_list", {"list": several})])


def _distinct(several: Sequence[int] | None, one: int | None) -> tuple[int, ...]:
    """Ascending, without repetitions."""
    return tuple(sorted({*(several or ()), *(() if one is None else (one,))}))


def _single(values: Sequence[int]) -> int | None:
    return values[0] if len(values) == 1 else None
