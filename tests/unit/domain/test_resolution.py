"""What retries make of a failure: each address that failed must be covered by one that is over."""

import itertools

import pytest

from facteur.domain.resolution import Resolution, RetryState, resolution_by_retries

OPEN, RETRIED, RESOLVED = Resolution
A, B, C = "a@x.example", "b@x.example", "c@x.example"


def by_retries(failed: str, *retries: tuple[str, Resolution]) -> Resolution | None:
    """Addresses by their first letters."""
    addresses = {"a": A, "b": B, "c": C}
    states = [RetryState([addresses[x] for x in covers], what) for covers, what in retries]
    return resolution_by_retries(frozenset(addresses[x] for x in failed), states)


@pytest.mark.feature("B37")
@pytest.mark.parametrize(
    ("failed", "retries", "expected"),
    [
        ("a", [], None),
        ("a", [("a", OPEN)], None),
        ("a", [("a", RETRIED)], RETRIED),
        ("a", [("a", RESOLVED)], RESOLVED),
        ("ab", [("a", RETRIED)], None),
        ("ab", [("a", RETRIED), ("b", OPEN)], None),
        ("ab", [("a", RETRIED), ("b", RETRIED)], RETRIED),
        ("ab", [("a", RETRIED), ("b", RESOLVED)], RESOLVED),
        # Another address failed after all retries had been made.
        ("abc", [("ab", RETRIED)], None),
        # A late event has shown that the address of the retry that is open had been reached.
        ("a", [("a", RETRIED), ("b", OPEN)], RETRIED),
        ("a", [("b", RETRIED)], None),
        ("", [("a", RETRIED)], None),
    ],
)
def test_failure_is_over_once_every_address_is(
    failed: str, retries: list[tuple[str, Resolution]], expected: Resolution | None
) -> None:
    for order in itertools.permutations(retries):
        assert by_retries(failed, *order) is expected
