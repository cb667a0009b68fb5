"""What a worker knows of suspensions, and how long it may be wrong."""

from datetime import timedelta

import pytest

from facteur.domain.account import Account
from facteur.domain.identity import OrgId
from facteur.ports import Store
from facteur.services.delivery.caches import SUSPENSION_READ_EVERY, SuspensionCache
from tests.fakes import FakeClock, FakeSettings, FakeStore

ORG, OTHER = OrgId("atelier"), OrgId("autre")


class CountedStore(FakeStore):
    """Counts how often settings are read."""

    reads = 0

    def settings(self, organization: OrgId) -> FakeSettings:
        self.reads += 1
        return super().settings(organization)


def cache_of(store: Store, clock: FakeClock) -> SuspensionCache:
    return SuspensionCache(store, clock)


@pytest.mark.feature("B44")
def test_a_suspension_is_known_within_a_minute_by_a_worker_that_never_rests() -> None:
    store, clock = CountedStore(), FakeClock()
    cache = cache_of(store, clock)
    assert cache.is_suspended(ORG) is False
    store.of(ORG).account = Account(suspended=True)

    clock.advance(SUSPENSION_READ_EVERY)

    assert timedelta(minutes=1) > SUSPENSION_READ_EVERY
    assert cache.is_suspended(ORG) is True
    assert cache.is_suspended(OTHER) is False


@pytest.mark.feature("B44")
def test_the_end_of_a_suspension_is_known_as_soon() -> None:
    store, clock = CountedStore(), FakeClock()
    store.of(ORG).account = Account(suspended=True)
    cache = cache_of(store, clock)
    assert cache.is_suspended(ORG) is True
    store.of(ORG).account = Account()

    clock.advance(SUSPENSION_READ_EVERY)

    assert cache.is_suspended(ORG) is False


@pytest.mark.feature("B44")
def test_a_thousand_messages_at_once_cost_one_read() -> None:
    store, clock = CountedStore(), FakeClock()
    cache = cache_of(store, clock)

    for _ in range(1_000):
        cache.is_suspended(ORG)

    assert store.reads == 1


@pytest.mark.feature("B44")
def test_a_clock_that_was_set_back_trusts_nothing_it_read() -> None:
    store, clock = CountedStore(), FakeClock()
    cache = cache_of(store, clock)
    cache.is_suspended(ORG)
    store.of(ORG).account = Account(suspended=True)

    clock.advance(timedelta(minutes=-10))

    assert cache.is_suspended(ORG) is True
