"""Moving the clock: everything due by then happens, in order."""

from datetime import UTC, datetime

import pytest

from local.state.clock import add_duration, format_instant, parse_instant
from tests.local.conftest import TABLE, Running


def put_overdue(running: Running, name: str, at: datetime) -> None:
    running.session.client("dynamodb").put_item(
        TableName=TABLE,
        Item={
            "pk": {"S": "ITEMS"},
            "sk": {"S": name},
            "lane": {"S": "0"},
            "overdue_at": {"S": format_instant(at)},
        },
    )


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        ("P1M", "2028-02-29T10:00:00+00:00"),
        ("P1Y", "2029-01-31T10:00:00+00:00"),
        ("P1D", "2028-02-01T10:00:00+00:00"),
        ("PT3H", "2028-01-31T13:00:00+00:00"),
        ("P1M1DT1H1M1.5S", "2028-03-01T11:01:01.500000+00:00"),
        ("P2W", "2028-02-14T10:00:00+00:00"),
    ],
)
def test_durations_are_those_of_iso_8601(duration: str, expected: str) -> None:
    start = datetime(2028, 1, 31, 10, tzinfo=UTC)

    assert add_duration(start, duration).isoformat() == expected


@pytest.mark.parametrize("duration", ["", "P", "PT", "1M", "P1H", "P-1D", "P1.5D"])
def test_what_is_no_duration_is_refused(running: Running, duration: str) -> None:
    response = running.http.post("/local/clock", json={"advance": duration})

    assert response.status_code == 422


@pytest.mark.feature("B19")
def test_clock_moves_forward_and_returns_the_new_time(running: Running) -> None:
    before = parse_instant(running.http.get("/local/clock").json()["now"])

    now = parse_instant(running.advance("P1D"))

    assert 86_400 <= (now - before).total_seconds() < 86_460
    assert parse_instant(running.http.get("/local/clock").json()["now"]) >= now


def test_clock_does_not_move_backwards(running: Running) -> None:
    response = running.http.post("/local/clock", json={"to": "2001-01-01T00:00:00Z"})

    assert response.status_code == 422
    assert response.json()["code"] == "clock_backwards"


@pytest.mark.parametrize(
    "body",
    [{}, {"to": "2031-01-01T00:00:00"}, {"to": "x"}, {"advance": "P1D", "to": "x"}, {"x": 1}],
)
def test_clock_asks_for_one_instant_or_duration(running: Running, body: dict[str, object]) -> None:
    assert running.http.post("/local/clock", json=body).status_code == 422


def test_timer_fires_at_its_regular_time_for_each_thing_overdue(running: Running) -> None:
    now = running.system.clock.now()
    put_overdue(running, "b", add_duration(now, "P40D"))
    put_overdue(running, "a", add_duration(now, "P2D"))

    running.advance("P1Y")

    looked_at = {row["sk"]: parse_instant(row["looked_at"]) for row in running.rows("ITEMS")}
    for name, days in (("a", 2), ("b", 40)):
        late = looked_at[name] - add_duration(now, f"P{days}D")
        assert 0 <= late.total_seconds() <= 300
        assert looked_at[name].timestamp() % 300 == 0


def test_moving_far_does_not_fire_a_timer_that_would_find_nothing(running: Running) -> None:
    running.advance("P10Y")

    assert len(running.rows("TICKS")) == 1


def test_what_a_timer_cannot_settle_does_not_hold_the_clock_up(running: Running) -> None:
    running.session.client("dynamodb").put_item(
        TableName=TABLE,
        Item={
            "pk": {"S": "ITEMS"},
            "sk": {"S": "out of its lane"},
            "overdue_at": {"S": format_instant(running.system.clock.now())},
        },
    )

    running.advance("P1Y")

    assert 300 < len(running.rows("TICKS")) < 500


def test_what_cannot_be_settled_does_not_make_what_comes_later_wait(running: Running) -> None:
    now = running.system.clock.now()
    running.session.client("dynamodb").put_item(
        TableName=TABLE,
        Item={
            "pk": {"S": "STUCK"},
            "sk": {"S": "out of its lane"},
            "overdue_at": {"S": format_instant(now)},
        },
    )
    put_overdue(running, "b", add_duration(now, "P40D"))

    running.advance("P60D")

    [row] = running.rows("ITEMS")
    late = parse_instant(row["looked_at"]) - add_duration(now, "P40D")
    assert 0 <= late.total_seconds() <= 300
