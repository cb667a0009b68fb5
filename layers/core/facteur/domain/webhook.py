"""Webhooks: addresses of host applications that are told what becomes of sends and campaigns."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from facteur.domain.identity import WebhookId

MAX_WEBHOOKS = 5
"""Webhooks of an organization: each event is written once for each of them."""
MAX_URL = 500
"""Characters of the address of a webhook."""
SECRET_BYTES = 32
SECRET_OVERLAP = timedelta(hours=24)
"""How long a secret still signs beside the one that has replaced it."""
_SECRET_PREFIX = "whsec_"  # noqa: S105 - what every secret begins with


class EventType(StrEnum):
    """What a webhook may be told."""

    SEND_SENT = "send.sent"
    SEND_FAILED = "send.failed"
    RECIPIENT_DELIVERED = "recipient.delivered"
    RECIPIENT_BOUNCED = "recipient.bounced"
    RECIPIENT_COMPLAINED = "recipient.complained"
    CAMPAIGN_PAUSED = "campaign.paused"
    CAMPAIGN_COMPLETED = "campaign.completed"
    OCCURRENCE_MISSED = "occurrence.missed"


TEST_EVENT = "webhook.test"
"""The type of the event of «Envoyer un test», which every webhook gets."""


class DisabledReason(StrEnum):
    """Why a webhook was disabled by itself."""

    GONE = "gone"
    """It answered 410: it wants no more events."""
    UNREACHABLE = "unreachable"
    """Nothing has reached it for three days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A webhook of an organization.

    ``version`` counts what people change. ``failing_since`` is the first attempt since its last
    success that has failed. ``disabled_at`` and ``disabled_reason`` are set when it was disabled by
    itself, ``owes_notice`` until its administrators have been notified of that.
    ``previous_secret_until`` is when the secret before the last rotation ends.
    """

    id: WebhookId
    url: str
    events: tuple[EventType, ...]
    enabled: bool
    version: int
    created_at: datetime
    updated_at: datetime
    failing_since: datetime | None = None
    disabled_at: datetime | None = None
    disabled_reason: DisabledReason | None = None
    owes_notice: bool = False
    previous_secret_until: datetime | None = None

    def wants(self, event: EventType) -> bool:
        """Does it get events of this type?"""
        return self.enabled and event in self.events


@dataclass(frozen=True, slots=True)
class WebhookDraft:
    """What people decide about a webhook."""

    url: str
    events: tuple[EventType, ...]
    enabled: bool


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret of a webhook, as it is shown once; it signs before ``until``, None: always."""

    text: str
    until: datetime | None = None

    @property
    def key(self) -> bytes:
        """The key of its signatures."""
        return base64.b64decode(self.text.removeprefix(_SECRET_PREFIX))


def secret_of(random: bytes) -> Secret:
    """The secret made of SECRET_BYTES random bytes."""
    return Secret(_SECRET_PREFIX + base64.b64encode(random).decode())


def rotated(secrets: Iterable[Secret], new: Secret, *, now: datetime) -> tuple[Secret, ...]:
    """The secrets after a rotation, newest first: what signed before does so for a while.

    One that is replaced twice keeps its first end.
    """
    end = now + SECRET_OVERLAP
    before = (Secret(secret.text, secret.until or end) for secret in signing(secrets, now))
    return (new, *before)


def signing(secrets: Iterable[Secret], now: datetime) -> tuple[Secret, ...]:
    """The secrets that sign at an instant."""
    return tuple(one for one in secrets if one.until is None or now < one.until)


def new_webhook(draft: WebhookDraft, *, id: WebhookId, now: datetime) -> Webhook:  # noqa: A002
    """A new webhook."""
    return Webhook(
        id=id,
        url=draft.url,
        events=draft.events,
        enabled=draft.enabled,
        version=1,
        created_at=now,
        updated_at=now,
    )


def edited(webhook: Webhook, draft: WebhookDraft, *, now: datetime) -> Webhook:
    """The webhook with another draft; one that is enabled begins without failures."""
    changed = replace(
        webhook,
        url=draft.url,
        events=draft.events,
        enabled=draft.enabled,
        version=webhook.version + 1,
        updated_at=now,
    )
    if not draft.enabled:
        return changed
    return replace(
        changed, failing_since=None, disabled_at=None, disabled_reason=None, owes_notice=False
    )


def reached(webhook: Webhook) -> Webhook:
    """The webhook after an attempt that succeeded."""
    return replace(webhook, failing_since=None)


def failing(webhook: Webhook, *, at: datetime) -> Webhook:
    """The webhook after an attempt, begun at ``at``, that failed."""
    return replace(webhook, failing_since=webhook.failing_since or at)


def disabled(webhook: Webhook, reason: DisabledReason, *, now: datetime) -> Webhook:
    """The webhook disabled by itself, which its administrators have yet to learn."""
    return replace(
        webhook, enabled=False, disabled_at=now, disabled_reason=reason, owes_notice=True
    )


def with_previous_secret(webhook: Webhook, *, until: datetime, now: datetime) -> Webhook:
    """The webhook after a rotation: the secret before signs ``until`` then."""
    return replace(
        webhook, previous_secret_until=until, version=webhook.version + 1, updated_at=now
    )
