"""The clock and the ids."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from facteur.adapters.clock import SystemClock
from facteur.adapters.ids import UlidIds, lowest_ulid
from facteur.domain.identity import is_id

INSTANTS = st.datetimes(
    min_value=datetime(1970, 1, 1), max_value=datetime(9999, 1, 1), timezones=st.just(UTC)
)


def test_the_clock_tells_whole_milliseconds_in_utc() -> None:
    now = SystemClock().now()

    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0


@given(st.lists(INSTANTS, min_size=2, max_size=2))
def test_ids_have_the_order_of_their_instants(instants: list[datetime]) -> None:
    first, second = (instant.replace(microsecond=0) for instant in sorted(instants))

    ids = [UlidIds().new_id(instant) for instant in (first, second)]

    assert all(is_id(made) for made in ids)
    assert ids == sorted(ids)


@given(INSTANTS)
def test_the_bound_of_an_instant_parts_the_ids_before_from_those_since(at: datetime) -> None:
    at = at.replace(microsecond=at.microsecond // 1000 * 1000) + timedelta(seconds=1)
    bound = lowest_ulid(at)

    assert UlidIds().new_id(at - timedelta(milliseconds=1)) < bound <= UlidIds().new_id(at)
    assert lowest_ulid(at - timedelta(microseconds=1)) == bound


def test_instants_beyond_what_ids_can_say_are_bounds_all_the_same() -> None:
    assert lowest_ulid(datetime(1, 1, 1, tzinfo=UTC)) == "0" * 26
