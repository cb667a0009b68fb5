"""Recurrences as EventBridge Scheduler's expressions."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from facteur.adapters.schedule_expression import native_schedule
from facteur.domain.recurrence import Monthly, Once, Scheduled, Weekly

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("recurrence", "expression", "zone"),
    [
        (Weekly((1,), dt.time(8, 5)), "cron(5 8 ? * MON *)", "Europe/Paris"),
        (Weekly((7,), dt.time(0, 0)), "cron(0 0 ? * SUN *)", "Europe/Paris"),
        (Monthly((28,), dt.time(8)), "cron(0 8 28 * ? *)", "Europe/Paris"),
        (Monthly((29,), dt.time(8)), "cron(0 8 28-29 * ? *)", "Europe/Paris"),
        (Monthly((30,), dt.time(8)), "cron(0 8 28-30 * ? *)", "Europe/Paris"),
        (Monthly((31,), dt.time(8)), "cron(0 8 L * ? *)", "Europe/Paris"),
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
