"""Zone rules are identified by their data, wherever ``zoneinfo`` finds it."""

import zoneinfo
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from facteur.adapters.zone_rules import zone_rules
from tests.support.zone_rules import ZoneRules, changing_rules

HOUR = timedelta(hours=1)


@pytest.fixture
def rules(tmp_path: Path) -> Iterator[ZoneRules]:
    with changing_rules(tmp_path) as rules:
        yield rules
    zone_rules.cache_clear()


def digest() -> str:
    """What a new process computes."""
    zone_rules.cache_clear()
    return zone_rules()


def test_other_rules_of_one_zone_have_another_digest(rules: ZoneRules) -> None:
    rules.become(HOUR)
    first = digest()
    rules.become(2 * HOUR)
    second = digest()
    rules.become(HOUR)

    assert first != second
    assert digest() == first


def test_the_package_is_read_where_the_system_has_no_rules() -> None:
    with_system = digest()
    zoneinfo.reset_tzpath(to=[])
    try:
        from_package = digest()
    finally:
        zoneinfo.reset_tzpath()
        zone_rules.cache_clear()

    assert len(from_package) == len(with_system) == 64


def test_a_process_computes_it_once() -> None:
    zone_rules.cache_clear()

    zone_rules()
    zone_rules()

    assert zone_rules.cache_info().misses == 1
