"""Webhooks in requests and responses."""

from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import Field, StrictBool

from facteur.domain.webhook import (
    MAX_URL,
    DisabledReason,
    EventType,
    Secret,
    Webhook,
    WebhookDraft,
)
from facteur.domain.webhook_delivery import MAX_ANSWER, AttemptError, DeliveryState, HookDelivery
from facteur.http.fields import Ignored, Instant, ResponseModel, Version
from facteur.http.paging import Cursor, Limit, ListQuery
from facteur.http.validation import CheckedByService
from facteur.ports import Page

PAGE = 20


class NewWebhook(CheckedByService):
    """A webhook: the address that is told, and of which events.

    The address is one of HTTPS, on the public Internet.
    """

    REQUIRED: ClassVar[Sequence[str]] = ("url", "events")

    url: Annotated[str, Field(max_length=MAX_URL)] = ""
    events: Annotated[tuple[EventType, ...], Field(min_length=1, max_length=50)] = ()
    enabled: StrictBool = True

    @property
    def draft(self) -> WebhookDraft:
        """What the request decides; repeated events count once."""
        return WebhookDraft(self.url, tuple(dict.fromkeys(self.events)), self.enabled)


class WebhookReplacement(NewWebhook):
    """A full replacement of a webhook, with the ``version`` read.

    Enabling one that was disabled by itself begins anew.
    """

    REQUIRED: ClassVar[Sequence[str]] = ("url", "events", "enabled", "version")

    version: Version = 1
    id: Ignored = None
    disabled_reason: Ignored = None
    disabled_at: Ignored = None
    failing_since: Ignored = None
    previous_secret_until: Ignored = None
    created_at: Ignored = None
    updated_at: Ignored = None


class WebhookAnswer(ResponseModel):
    """A webhook.

    ``failing_since`` is the first attempt since its last success that failed. ``disabled_reason``
    is set when it was disabled by itself: ``gone`` (it answered 410) or ``unreachable`` (three days
    without success). ``previous_secret_until``: until then, the secret before the last rotation
    signs too.
    """

    id: str
    url: str
    events: list[EventType]
    enabled: bool
    disabled_reason: DisabledReason | None
    disabled_at: Instant | None
    failing_since: Instant | None
    previous_secret_until: Instant | None
    version: int
    created_at: Instant
    updated_at: Instant


class WebhookWithSecret(WebhookAnswer):
    """A webhook with its new ``secret``, which is not answered again.

    It is null in the answer to a request repeated with its Idempotency-Key.
    """

    secret: str | None


class WebhooksAnswer(ResponseModel):
    """All webhooks of the organization, oldest first."""

    items: list[WebhookAnswer]


class AttemptAnswer(ResponseModel):
    """An attempt to deliver an event.

    ``answer`` is the beginning of what the receiver answered. ``error`` says why there was no
    answer; then ``status`` is null.
    """

    at: Instant
    duration_ms: int
    status: int | None
    error: AttemptError | None
    answer: Annotated[str, Field(description=f"At most {MAX_ANSWER} characters.")]


class HookDeliveryAnswer(ResponseModel):
    """An event for a webhook, with the attempts to deliver it, oldest first.

    ``id`` is the header ``webhook-id`` of every attempt, ``body`` is what was signed and sent.
    ``event`` is one of the types, or ``webhook.test``.
    """

    id: str
    event: str
    body: str
    state: DeliveryState
    created_at: Instant
    next_attempt_at: Instant | None
    attempts: list[AttemptAnswer]


class HookDeliveriesPage(ResponseModel):
    """A page of deliveries of the last 30 days, newest first."""

    items: list[HookDeliveryAnswer]
    next: str | None
    previous: str | None


class HookDeliveriesQuery(ListQuery):
    """A page of the deliveries of a webhook."""

    cursor: Cursor = None
    limit: Limit = PAGE


def webhook_answer(webhook: Webhook) -> WebhookAnswer:
    """The response for a webhook."""
    return WebhookAnswer(**_fields(webhook))


def webhook_with_secret(webhook: Webhook, secret: Secret | None) -> WebhookWithSecret:
    """The response for a webhook whose secret is shown this once."""
    text = secret.text if secret is not None else None
    return WebhookWithSecret(**_fields(webhook), secret=text)


def _fields(webhook: Webhook) -> dict[str, object]:
    return {name: getattr(webhook, name) for name in WebhookAnswer.model_fields} | {
        "events": list(webhook.events)
    }


def webhooks_answer(webhooks: Sequence[Webhook]) -> WebhooksAnswer:
    """The response for all webhooks."""
    return WebhooksAnswer(items=[webhook_answer(webhook) for webhook in webhooks])


def hook_delivery_answer(delivery: HookDelivery) -> HookDeliveryAnswer:
    """The response for a delivery."""
    return HookDeliveryAnswer(
        id=delivery.id,
        event=delivery.type,
        body=delivery.body,
        state=delivery.state,
        created_at=delivery.created_at,
        next_attempt_at=delivery.due_at,
        attempts=[
            AttemptAnswer(
                at=attempt.at,
                duration_ms=attempt.duration_ms,
                status=attempt.status,
                error=attempt.error,
                answer=attempt.answer,
            )
            for attempt in delivery.attempts
        ],
    )


def hook_deliveries_page(page: Page[HookDelivery]) -> HookDeliveriesPage:
    """The response for a page of deliveries."""
    return HookDeliveriesPage(
        items=[hook_delivery_answer(delivery) for delivery in page.items],
        next=page.next,
        previous=page.previous,
    )
