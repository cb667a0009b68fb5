"""Pauses before something is tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.attempts import pause_after

FIRST, MOST = timedelta(seconds=2), timedelta(minutes=5)


def test_pauses_double_up_to_the_longest() -> None:
    pauses = [
        pause_after(n, first=FIRST, most=MOST, chance=1).total_seconds() for n in range(1, 11)
    ]

    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


@given(attempts=st.integers(1, 10_000), chance=st.floats(0, 1))
def test_chance_puts_a_pause_anywhere_in_its_upper_half(attempts: int, chance: float) -> None:
    whole = pause_after(attempts, first=FIRST, most=MOST, chance=1)

    assert whole / 2 <= pause_after(attempts, first=FIRST, most=MOST, chance=chance) <= whole
