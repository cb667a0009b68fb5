"""Recurrences as EventBridge Scheduler's expressions."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from facteur.adapters.schedule_expression import native_schedule
from facteur.domain.recurrence import (
    Monthly,
    MonthlyOrdinal,
    OffDays,
    Once,
    Ordinal,
    Scheduled,
    Weekly,
)

PARIS = ZoneInfo("Europe/Paris")
MARCH = dt.date(2027, 3, 15)
WEEKLY_SHIFTED = Weekly((1,), dt.time(8), off_days=OffDays.AFTER)
QUARTERLY = Monthly((31,), dt.time(8), every=3, starts_on=MARCH)
EVERY_OTHER_YEAR = Monthly((1,), dt.time(8), every=24, starts_on=MARCH)
BEFORE_THE_FIRST = Monthly((1,), dt.time(8), off_days=OffDays.BEFORE)
AFTER_THE_LAST = Monthly((31,), dt.time(8), off_days=OffDays.AFTER)
SECOND_TUESDAY = MonthlyOrdinal(Ordinal.SECOND, 2, dt.time(8))
LAST_WORKING_DAY = MonthlyOrdinal(Ordinal.LAST, "working_day", dt.time(8))
FIRST_WORKING_DAY = MonthlyOrdinal(Ordinal.FIRST, "working_day", dt.time(8))


@pytest.mark.parametrize(
    ("recurrence", "expression", "zone"),
    [
        (Weekly((1,), dt.time(8, 5)), "cron(5 8 ? * MON *)", "Europe/Paris"),
        (Weekly((7,), dt.time(0, 0)), "cron(0 0 ? * SUN *)", "Europe/Paris"),
        (Monthly((28,), dt.time(8)), "cron(0 8 28 * ? *)", "Europe/Paris"),
        (Monthly((29,), dt.time(8)), "cron(0 8 28-29 * ? *)", "Europe/Paris"),
        (Monthly((30,), dt.time(8)), "cron(0 8 28-30 * ? *)", "Europe/Paris"),
        (Monthly((31,), dt.time(8)), "cron(0 8 L * ? *)", "Europe/Paris"),
        (Weekly((1, 4), dt.time(8), every=2), "cron(0 8 ? * MON,THU *)", "Europe/Paris"),
        (WEEKLY_SHIFTED, "cron(0 8 * * ? *)", "Europe/Paris"),
        (Monthly((1, 16), dt.time(8)), "cron(0 8 1,16 * ? *)", "Europe/Paris"),
        (Monthly((1, 31), dt.time(8)), "cron(0 8 1,28-31 * ? *)", "Europe/Paris"),
        (QUARTERLY, "cron(0 8 L 3,6,9,12 ? *)", "Europe/Paris"),
        (EVERY_OTHER_YEAR, "cron(0 8 1 3 ? *)", "Europe/Paris"),
        (Monthly((1,), dt.time(8), every=5, starts_on=MARCH), "cron(0 8 1 * ? *)", "Europe/Paris"),
        (BEFORE_THE_FIRST, "cron(0 8 1,15-31 * ? *)", "Europe/Paris"),
        (AFTER_THE_LAST, "cron(0 8 1-17,28-31 * ? *)", "Europe/Paris"),
        (SECOND_TUESDAY, "cron(0 8 ? * TUE *)", "Europe/Paris"),
        (LAST_WORKING_DAY, "cron(0 8 14-31 * ? *)", "Europe/Paris"),
        (FIRST_WORKING_DAY, "cron(0 8 1-15 * ? *)", "Europe/Paris"),
        (Once(dt.datetime(2026, 12, 24, 18, 30)), "at(2026-12-24T17:30:00)", "UTC"),
    ],
    ids=str,
)
def test_the_expression_of_each_recurrence(
    recurrence: Scheduled, expression: str, zone: str
) -> None:
    schedule = native_schedule(recurrence, PARIS)

    assert (schedule.expression, schedule.timezone) == (expression, zone)
    assert schedule.ends is isinstance(recurrence, Once)
