"""What webhooks are told: ids and outcomes, never an address, a subject or a body.

An event has an id that follows from what it tells, so that telling it twice gives the same one.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from facteur.domain.deadlines import WORK_DEADLINE
from facteur.domain.identity import HookId, WebhookId
from facteur.domain.webhook import TEST_EVENT, EventType, Webhook
from facteur.domain.webhook_delivery import HookDelivery

type Value = str | int | None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS, _BITS = 26, 5
_RANDOM_BYTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class HostEvent:
    """Something that happened at ``at``; ``id`` is the header ``webhook-id`` of its deliveries."""

    id: HookId
    type: str
    at: datetime
    data: Mapping[str, Value]

    @property
    def body(self) -> str:
        """The event as JSON, as it is signed and sent."""
        fields = {"type": self.type, "timestamp": instant_text(self.at), "data": dict(self.data)}
        return json.dumps(fields, separators=(",", ":"))


def host_event(event: EventType, at: datetime, data: Mapping[str, Value], *, key: str) -> HostEvent:
    """An event whose id follows from its type, its instant and ``key``, which names the change that
    it tells."""
    return HostEvent(id=event_id(at, f"{event} {key}"), type=event, at=at, data=data)


def test_event(webhook: WebhookId, *, id: HookId, at: datetime) -> HostEvent:  # noqa: A002
    """The event of «Envoyer un test»."""
    return HostEvent(id=id, type=TEST_EVENT, at=at, data={"webhook_id": webhook})


def event_id(at: datetime, name: str) -> HookId:
    """A ULID of an instant and a name: the same arguments always give the same id."""
    milliseconds = max(0, (at - _EPOCH) // timedelta(milliseconds=1))
    digest = hashlib.sha256(name.encode()).digest()[:_RANDOM_BYTES]
    number = int.from_bytes(milliseconds.to_bytes(6, "big") + digest, "big")
    letters = (_ALPHABET[(number >> _BITS * n) % len(_ALPHABET)] for n in range(_LETTERS))
    return HookId("".join(letters)[::-1])


def instant_text(at: datetime) -> str:
    """An instant as the API writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def deliveries_of(
    events: Iterable[HostEvent], webhooks: Iterable[Webhook], *, now: datetime
) -> list[HookDelivery]:
    """The deliveries that some events owe to the webhooks that want them."""
    every = list(webhooks)
    return [
        delivery_to(webhook.id, event, now=now)
        for event in events
        for webhook in every
        if webhook.wants(EventType(event.type))
    ]


def delivery_to(
    webhook: WebhookId, event: HostEvent, *, now: datetime, is_test: bool = False
) -> HookDelivery:
    """The delivery of an event to a webhook, due at once."""
    return HookDelivery(
        id=event.id,
        webhook=webhook,
        type=event.type,
        body=event.body,
        created_at=event.at,
        begun_at=now,
        due_at=now,
        check_at=now + WORK_DEADLINE,
        is_test=is_test,
    )
