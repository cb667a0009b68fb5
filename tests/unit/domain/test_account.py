"""Accounts: which addresses are whose, and when a day ends."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.account import Account, daily_limit_error, ensure_active
from facteur.domain.errors import SuspendedError

DOMAINS = st.sampled_from(["a.example", "b.example", "c.example"])


@pytest.mark.feature("B22")
def test_a_shared_domain_gives_its_one_address_and_those_of_operators() -> None:
    account = Account(shared_domains=("a.example",), sender_addresses=("bureau@a.example",))

    assert account.owns("facteur@a.example")
    assert account.owns("Bureau@a.example")
    assert not account.owns("postmaster@a.example")
    assert not account.owns("facteur@b.example")
    assert account.lets_owner_send("zoe@a.example")
    assert not account.lets_owner_send("zoe@b.example")


@pytest.mark.feature("B22")
def test_an_exclusive_domain_gives_every_address_but_no_subdomain() -> None:
    account = Account(exclusive_domains=("a.example",))

    assert account.owns("anything@a.example")
    assert not account.owns("anything@sub.a.example")
    assert not account.owns("anything@xa.example")


@pytest.mark.feature("B22")
def test_without_domains_nobody_sends() -> None:
    assert not Account().owns("facteur@a.example")
    assert not Account().lets_owner_send("zoe@a.example")


@given(st.lists(st.tuples(DOMAINS, st.booleans(), st.booleans()), max_size=12))
def test_a_domain_is_either_exclusive_or_shared_and_gone_once_removed(
    changes: list[tuple[str, bool, bool]],
) -> None:
    account = Account()
    for domain, exclusive, removed in changes:
        account = account.with_domain(domain, exclusive=exclusive)
        assert (domain in account.exclusive_domains) is exclusive
        assert (domain in account.shared_domains) is not exclusive
        account = account.with_address(f"bureau@{domain}")
        assert account.owns(f"bureau@{domain}")
        if removed:
            account = account.without_domain(domain)
            assert domain not in account.domains
            assert not account.owns(f"bureau@{domain}")
        assert not set(account.exclusive_domains) & set(account.shared_domains)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_the_wait_ends_when_the_next_utc_day_has_begun(now: datetime) -> None:
    error = daily_limit_error(7, now)

    then = now + timedelta(seconds=error.retry_after)
    assert then.date() == now.date() + timedelta(days=1)
    assert (then - timedelta(seconds=1)).date() == now.date()


@pytest.mark.feature("B44")
def test_only_a_suspended_organization_is_stopped() -> None:
    ensure_active(Account())
    with pytest.raises(SuspendedError):
        ensure_active(Account(suspended=True))
