"""What may happen only once: a guard is put in the same transaction as the thing it guards."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from facteur.domain.identity import CampaignId, UserId

REQUEST_LIFETIME = timedelta(hours=24)
"""How long an Idempotency-Key is remembered."""
MAX_REQUEST_KEY = 255


@dataclass(frozen=True, slots=True)
class RequestGuard:
    """A request that carries an Idempotency-Key; ``fingerprint`` identifies its route and body."""

    user: UserId
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class OccurrenceGuard:
    """A run of a campaign: it makes one Send, for ever.

    ``occurrence`` is the instant of a planned run, or ``run-<ulid>`` of an extra one.
    """

    campaign: CampaignId
    occurrence: str


def planned_run(campaign: CampaignId, at: datetime) -> OccurrenceGuard:
    """The guard of the run that the calendar plans for ``at``."""
    return OccurrenceGuard(campaign, at.astimezone(UTC).isoformat(timespec="milliseconds"))


def extra_run(campaign: CampaignId, extra: str) -> OccurrenceGuard:
    """The guard of a run that the calendar does not know, by the ULID made for it."""
    return OccurrenceGuard(campaign, f"run-{extra}")


@dataclass(frozen=True, slots=True)
class GuardHolder:
    """Who came first: the id of what it made, and its request's fingerprint."""

    resource_id: str
    fingerprint: str


def fingerprint_of(route: str, body: bytes) -> str:
    """Identifies a request: the same route and body give the same fingerprint."""
    return hashlib.sha256(route.encode() + b"\n" + body).hexdigest()
