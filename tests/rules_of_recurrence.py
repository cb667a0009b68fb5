"""Rules of recurrence for property-based tests, and the zones whose clocks change."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import (
    Ends,
    EndsAfter,
    EndsOn,
    Monthly,
    MonthlyOrdinal,
    OffDays,
    Ordinal,
    Repeating,
    Weekly,
)


def changes_its_clock(name: str) -> bool:
    zone = ZoneInfo(name)
    offsets = {
        dt.datetime(year, month, 1, tzinfo=zone).utcoffset()
        for year in range(2026, 2047, 4)
        for month in range(1, 13)
    }
    return len(offsets) > 1


CHANGING_ZONES = sorted(
    name for name in available_timezones() if "/" in name and changes_its_clock(name)
)
AREAS = [
    None,
    HolidayArea("FR"),
    HolidayArea("FR", "6AE"),
    HolidayArea("DE", "BY"),
    HolidayArea("US"),
    HolidayArea("GB", "SCT"),
]

zones = st.sampled_from(CHANGING_ZONES).map(ZoneInfo)
areas = st.sampled_from(AREAS)
times = st.one_of(
    st.builds(dt.time, st.integers(0, 23), st.integers(0, 59)),
    st.builds(dt.time, st.integers(0, 4), st.sampled_from([0, 15, 30, 45])),
)
dates = st.dates(dt.date(2026, 1, 1), dt.date(2046, 12, 31))
off_days = st.sampled_from(OffDays)


def _several(low: int, high: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.sets(st.integers(low, high), min_size=1, max_size=4).map(lambda s: tuple(sorted(s)))


def _ends() -> st.SearchStrategy[Ends | None]:
    return st.one_of(
        st.none(), st.none(), st.builds(EndsOn, dates), st.builds(EndsAfter, st.integers(1, 30))
    )


def rules(*, ends: st.SearchStrategy[Ends | None] | None = None) -> st.SearchStrategy[Repeating]:
    """Every kind of rule with every option."""
    shared: dict[str, Any] = {
        "time": times,
        "starts_on": st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2030, 12, 31)),
        "ends": _ends() if ends is None else ends,
        "off_days": off_days,
    }
    weekdays = st.integers(1, 7) | st.just("working_day")
    return st.one_of(
        st.builds(Weekly, weekdays=_several(1, 7), every=st.integers(1, 5), **shared),
        st.builds(Monthly, days_of_month=_several(1, 31), every=st.integers(1, 24), **shared),
        st.builds(
            MonthlyOrdinal,
            ordinal=st.sampled_from(Ordinal),
            weekday=weekdays,
            every=st.integers(1, 24),
            **shared,
        ),
    )
