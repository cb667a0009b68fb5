"""Whether a failure is over: a retry has reached those whom it missed, or a person dealt with it.

Derived each time from the recipients that failed and from the rows of the Sends that retry them,
so that the order in which retries end does not matter, and a late bounce opens a failure again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from facteur.domain.address import Role
from facteur.domain.message import RecipientOutcome


class Resolution(StrEnum):
    """What has become of a failure, shown as «À traiter», «Relancé», «Traité»."""

    OPEN = "open"
    RETRIED = "retried"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class RetryState:
    """A retry: the failed addresses of the original that it ``covers``, and what became of it.

    ``resolution`` is RETRIED when it has reached everybody, by itself or by its own retries.
    """

    covers: Collection[str]
    resolution: Resolution


def failed_addresses(outcomes: Iterable[RecipientOutcome]) -> frozenset[str]:
    """The recipients that a Send failed, the sender's copy aside."""
    return frozenset(
        outcome.address
        for outcome in outcomes
        if outcome.is_failure and outcome.role is not Role.COPY
    )


def resolution_by_retries(
    failed: frozenset[str], retries: Collection[RetryState]
) -> Resolution | None:
    """What the retries of a Send make of its failure; None while they leave it open.

    Every failed address must be covered, and each retry that covers one must be over as a whole:
    its addresses may have been corrected, so which of them stands for which is not known.
    """
    concerned = [retry for retry in retries if not failed.isdisjoint(retry.covers)]
    covered = {address for retry in concerned for address in retry.covers}
    found = {retry.resolution for retry in concerned}
    if not found or Resolution.OPEN in found or not covered.issuperset(failed):
        return None
    return Resolution.RESOLVED if Resolution.RESOLVED in found else Resolution.RETRIED
