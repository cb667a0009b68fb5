"""Cron as EventBridge Scheduler reads it."""

import datetime as dt
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from local.aws.scheduler.cron import CronError, parse_cron
from local.aws.scheduler.expressions import ExpressionError, next_firing, zone_named

PARIS = ZoneInfo("Europe/Paris")
START = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def firings(expression: str, count: int, *, zone: ZoneInfo = PARIS, after: str = "") -> list[str]:
    """The first firings of an expression, in local time."""
    found, at = [], dt.datetime.fromisoformat(after) if after else START
    for _ in range(count):
        following = next_firing(expression, zone, since=START, after=at)
        if following is None:
            break
        at = following
        found.append(f"{at.astimezone(zone):%Y-%m-%d %H:%M}")
    return found


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("cron(0 8 L * ? *)", ["2026-11-30 08:00", "2026-12-31 08:00", "2027-01-31 08:00"]),
        ("cron(0 8 28-30 * ? *)", ["2026-11-28 08:00", "2026-11-29 08:00", "2026-11-30 08:00"]),
        ("cron(30 6 ? * MON *)", ["2026-11-30 06:30", "2026-12-07 06:30", "2026-12-14 06:30"]),
        ("cron(30 6 ? * 1 *)", ["2026-11-29 06:30", "2026-12-06 06:30", "2026-12-13 06:30"]),
        ("cron(0 6 ? * L *)", ["2026-11-28 06:00", "2026-12-05 06:00", "2026-12-12 06:00"]),
        ("cron(0 6 ? * mon-wed *)", ["2026-11-25 06:00", "2026-11-30 06:00", "2026-12-01 06:00"]),
        ("cron(0/20 13 * * ? *)", ["2026-11-24 13:20", "2026-11-24 13:40", "2026-11-25 13:00"]),
        ("cron(0 6 1 JAN,JUL ? *)", ["2027-01-01 06:00", "2027-07-01 06:00", "2028-01-01 06:00"]),
        ("cron(0 6 31 * ? *)", ["2026-12-31 06:00", "2027-01-31 06:00", "2027-03-31 06:00"]),
        ("cron(0 6 29 2 ? *)", ["2028-02-29 06:00", "2032-02-29 06:00", "2036-02-29 06:00"]),
        ("cron(0 6 1 1 ? 2027-2028)", ["2027-01-01 06:00", "2028-01-01 06:00"]),
        ("cron(0 */12 24 11 ? 2026)", []),
        ("cron(0 6 30 2 ? *)", []),
        ("rate(5 minutes)", ["2026-11-24 13:05", "2026-11-24 13:10", "2026-11-24 13:15"]),
        ("rate(1 day)", ["2026-11-25 13:00", "2026-11-26 13:00", "2026-11-27 13:00"]),
        ("at(2026-12-24T08:00:00)", ["2026-12-24 08:00"]),
        ("at(2021-12-31T08:00:00)", []),
    ],
)
def test_an_expression_fires_when_aws_says_it_does(expression: str, expected: list[str]) -> None:
    assert firings(expression, 3) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "cron(0 1 * * * *)",
        "cron(0 1 ? * ? *)",
        "cron(0 1 * * ?)",
        "cron(60 1 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 1 0 * ? *)",
        "cron(0 1 32 * ? *)",
        "cron(0 1 ? * 0 *)",
        "cron(0 1 ? * LUN *)",
        "cron(0 1 ? 13 MON *)",
        "cron(0 1 5-2 * ? *)",
        "cron(0/0 1 * * ? *)",
        "cron(0 1 * * ? 1969)",
        "cron(0,,1 1 * * ? *)",
        "cron()",
        "at(2021-12-31)",
        "at(2021-12-31T08:00:00Z)",
        "at(2021-12-31T08:00)",
        "at(2021-13-31T08:00:00)",
        "rate(0 minutes)",
        "rate(1 minutes)",
        "rate(5 minute)",
        "rate(5 seconds)",
        "every day",
        "",
    ],
)
def test_what_aws_refuses_is_refused(expression: str) -> None:
    with pytest.raises(ExpressionError):
        firings(expression, 1)


@pytest.mark.parametrize("zone", ["Europe/Lutece", "../etc/passwd", "CEST+1", ""])
def test_a_time_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(ExpressionError):
        zone_named(zone)


@pytest.mark.parametrize(
    "fields", ["0 1 15W * ? *", "0 1 ? * 6L *", "0 1 ? * 2#1 *", "0 1 L-3 * ? *"]
)
def test_what_aws_takes_and_we_do_not_is_no_refusal_of_aws(fields: str) -> None:
    with pytest.raises(NotImplementedError):
        parse_cron(fields)


def test_a_time_that_the_clock_jumps_over_does_not_fire() -> None:
    around = firings("cron(30 2 * * ? *)", 3, after="2027-03-26T12:00:00+00:00")

    assert around == ["2027-03-27 02:30", "2027-03-29 02:30", "2027-03-30 02:30"]


def test_a_time_that_the_clock_repeats_fires_once_the_first_time() -> None:
    zone, after = PARIS, dt.datetime(2027, 10, 30, 12, tzinfo=dt.UTC)
    cron = parse_cron("30 2 * * ? *")

    first = cron.next_after(after, zone)
    assert first is not None
    second = cron.next_after(first, zone)

    assert first == dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)
    assert second == dt.datetime(2027, 11, 1, 1, 30, tzinfo=dt.UTC)


def test_a_day_that_a_zone_leaves_out_does_not_fire() -> None:
    around = firings(
        "cron(0 9 * 12 ? 2011)", 3, zone=ZoneInfo("Pacific/Apia"), after="2011-12-28T20:00:00+00:00"
    )

    assert around == ["2011-12-29 09:00", "2011-12-31 09:00"]


def test_minutes_fire_in_order() -> None:
    cron = parse_cron("*/7 5,3 * * ? *")
    at, found = START, []
    for _ in islice(iter(int, 1), 40):
        following = cron.next_after(at, PARIS)
        assert following is not None
        found.append(following)
        at = following

    assert found == sorted(set(found))


def test_an_expression_says_which_part_is_wrong() -> None:
    with pytest.raises(CronError, match="exactly one of day-of-month and day-of-week"):
        parse_cron("0 1 * * * *")
