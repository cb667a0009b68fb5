"""Keys of what may happen only once; each is stored in the transaction that does it."""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from facteur.domain.identity import CampaignId, UserId
from facteur.domain.webhook import Webhook

REQUEST_LIFETIME = timedelta(hours=24)
"""How long an idempotency record of a request is kept."""
MAX_REQUEST_KEY = 255


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A request that carries an Idempotency-Key; ``fingerprint`` identifies its route and body.

    ``facts`` are what its first answer needs and the request does not contain; they are stored with
    the key, so that the same answer can be made again.
    """

    user: UserId
    key: str
    fingerprint: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class OccurrenceKey:
    """Identifies an occurrence or extra run of a campaign, which makes one Send at most.

    ``occurrence`` is the nominal local time of an occurrence, or ``run-<ulid>`` for an extra run.
    ``instants`` are the names that version 0.1.0, which identified occurrences by their instants,
    may have given to the same occurrence.
    """

    campaign: CampaignId
    occurrence: str
    instants: tuple[str, ...] = dataclasses.field(default=(), compare=False)

    @property
    def names(self) -> tuple["OccurrenceKey", ...]:
        """This key and those that version 0.1.0 may have stored instead."""
        return (self, *(OccurrenceKey(self.campaign, name) for name in self.instants))


def occurrence_key(
    campaign: CampaignId, local: datetime, *, instants: Iterable[datetime] = ()
) -> OccurrenceKey:
    """The key of the occurrence of a nominal local time.

    ``instants`` are those that its nominal time may have had.
    """
    names = sorted(at.astimezone(UTC).isoformat(timespec="milliseconds") for at in instants)
    return OccurrenceKey(campaign, local.isoformat(), tuple(names))


def extra_run_key(campaign: CampaignId, extra: str) -> OccurrenceKey:
    """The key of an extra run («Envoyer maintenant», a test), by the ULID made for it."""
    return OccurrenceKey(campaign, f"run-{extra}")


def campaign_notice_key(campaign: CampaignId, event: str) -> OccurrenceKey:
    """The key of the one notice about something that happened to a campaign."""
    return OccurrenceKey(campaign, f"notice-{event}")


def webhook_notice_key(webhook: Webhook, user: UserId) -> OccurrenceKey:
    """The key of the one notice to a person that a webhook was disabled; it is stored as if the
    webhook were a campaign: their ids differ."""
    at = webhook.disabled_at.isoformat() if webhook.disabled_at is not None else ""
    return OccurrenceKey(CampaignId(webhook.id), f"notice-disabled-{at}-{user}")


@dataclass(frozen=True, slots=True)
class IdempotencyRecord:
    """The result of the first request: the id it made, its fingerprint and its facts."""

    id: str
    fingerprint: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)


def fingerprint_of(route: str, body: bytes) -> str:
    """Identifies a request: the same route and body give the same fingerprint."""
    return hashlib.sha256(route.encode() + b"\n" + body).hexdigest()
