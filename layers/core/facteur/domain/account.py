"""What operators decide about one organization: its senders, its messages a day, its suspension.

The organization itself cannot change any of it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from facteur.domain.address import domain_of
from facteur.domain.errors import DailyLimitError, SuspendedError

DEFAULT_MESSAGES_PER_DAY = 2_000
MAX_MESSAGES_PER_DAY = 1_000_000
OPERATORS_NAME = "facteur"
"""Local part of the sender that operators give with every domain: ``facteur@<domain>``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account of an organization.

    ``exclusive_domains`` are its own, with every address; no other organization has them.
    ``shared_domains`` other organizations may have too: of these it has the addresses that
    operators gave it (``sender_addresses``, lower case), and each of its people their own.
    ``messages_per_day`` are counted from midnight to midnight, UTC. A ``suspended`` organization
    mails nothing.
    """

    exclusive_domains: tuple[str, ...] = ()
    shared_domains: tuple[str, ...] = ()
    sender_addresses: tuple[str, ...] = ()
    messages_per_day: int = DEFAULT_MESSAGES_PER_DAY
    suspended: bool = False

    @property
    def domains(self) -> tuple[str, ...]:
        """Every domain that the organization may send from, in alphabetical order."""
        return tuple(sorted({*self.exclusive_domains, *self.shared_domains}))

    @property
    def given_addresses(self) -> tuple[str, ...]:
        """The single addresses that operators gave, those that come with a shared domain first."""
        with_domains = [f"{OPERATORS_NAME}@{domain}" for domain in self.shared_domains]
        return tuple(dict.fromkeys((*with_domains, *self.sender_addresses)))

    def owns(self, address: str) -> bool:
        """Did operators give the organization this address, for all of its people?"""
        return (
            domain_of(address) in self.exclusive_domains
            or address.casefold() in self.given_addresses
        )

    def lets_owner_send(self, address: str) -> bool:
        """May somebody of the organization whose verified address this is send from it?"""
        return self.owns(address) or domain_of(address) in self.shared_domains

    def with_domain(self, domain: str, *, exclusive: bool) -> "Account":
        """The account with a domain of its own, or one that it shares."""
        kept = self.without_domain(domain, addresses=exclusive)
        own, shared = set(kept.exclusive_domains), set(kept.shared_domains)
        (own if exclusive else shared).add(domain)
        return replace(
            kept, exclusive_domains=tuple(sorted(own)), shared_domains=tuple(sorted(shared))
        )

    def without_domain(self, domain: str, *, addresses: bool = True) -> "Account":
        """The account without a domain and, if ``addresses``, without the addresses of it."""
        return replace(
            self,
            exclusive_domains=tuple(own for own in self.exclusive_domains if own != domain),
            shared_domains=tuple(shared for shared in self.shared_domains if shared != domain),
            sender_addresses=tuple(
                given
                for given in self.sender_addresses
                if not addresses or domain_of(given) != domain
            ),
        )

    def with_address(self, address: str) -> "Account":
        """The account with one more sender address."""
        return replace(
            self, sender_addresses=tuple(sorted({*self.sender_addresses, address.casefold()}))
        )

    def without_address(self, address: str) -> "Account":
        """The account without a sender address."""
        left = tuple(given for given in self.sender_addresses if given != address.casefold())
        return replace(self, sender_addresses=left)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLimits:
    """How many messages an organization may send in a day, and has sent on the present one."""

    messages_per_day: int
    used_today: int


def ensure_active(account: Account) -> None:
    """Raise SuspendedError when the organization may not mail."""
    if account.suspended:
        raise SuspendedError


def daily_limit_error(limit: int, now: datetime) -> DailyLimitError:
    """The error of a Send that would exceed ``limit`` messages on the day of ``now``."""
    day = now.astimezone(UTC)
    midnight = datetime.combine(day.date() + timedelta(days=1), time(), UTC)
    seconds = -((day - midnight) // timedelta(seconds=1))
    return DailyLimitError(limit=limit, retry_after=seconds)
