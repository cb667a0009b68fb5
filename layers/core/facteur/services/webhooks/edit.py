"""Webhooks as administrators edit them."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from facteur.domain.errors import ConflictError, InputError, Problem
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import Caller, WebhookId
from facteur.domain.webhook import (
    MAX_WEBHOOKS,
    SECRET_BYTES,
    SECRET_OVERLAP,
    Secret,
    Webhook,
    WebhookDraft,
    edited,
    new_webhook,
    rotated,
    secret_of,
    with_previous_secret,
)
from facteur.domain.webhook_url import check_url
from facteur.ports import Clock, Ids, Store
from facteur.services.idempotency import find_first


@dataclass(frozen=True, slots=True)
class ShownOnce:
    """A webhook and the secret to show; None when it has been shown before."""

    webhook: Webhook
    secret: Secret | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditWebhooks:
    """Reads, creates, replaces and deletes webhooks.

    ``local``: receivers on this machine are allowed. ``random`` gives so many random bytes.
    """

    store: Store
    clock: Clock
    ids: Ids
    local: bool = False
    random: Callable[[int], bytes] = secrets.token_bytes

    def list_all(self, caller: Caller) -> Sequence[Webhook]:
        """Every webhook of the organization, oldest first."""
        return self.store.webhooks(caller.organization).list_all()

    def get(self, caller: Caller, webhook_id: WebhookId) -> Webhook:
        """A webhook. Raises NotFoundError."""
        return self.store.webhooks(caller.organization).get(webhook_id)

    def create(
        self,
        caller: Caller,
        draft: WebhookDraft,
        *,
        problems: Sequence[Problem] = (),
        idempotency_key: IdempotencyKey | None = None,
    ) -> ShownOnce:
        """A new webhook with its secret; a repeated request gets the webhook alone.

        ``problems`` were found while parsing. Raises InputError with every problem, ConflictError
        ``too_many_webhooks``.
        """
        self._check(draft, problems)
        webhooks = self.store.webhooks(caller.organization)
        records = self.store.idempotency(caller.organization)
        if (record := find_first(records, idempotency_key)) is not None:
            return ShownOnce(webhooks.get(WebhookId(record.id)), None)
        if len(webhooks.list_all()) >= MAX_WEBHOOKS:
            raise ConflictError("too_many_webhooks", max=MAX_WEBHOOKS)
        now = self.clock.now()
        webhook = new_webhook(draft, id=WebhookId(self.ids.new_id(now)), now=now)
        secret = secret_of(self.random(SECRET_BYTES))
        creation = webhooks.create(webhook, secret, idempotency_key=idempotency_key)
        if not creation.created:
            return ShownOnce(webhooks.get(WebhookId(creation.id)), None)
        return ShownOnce(webhook, secret)

    def replace(
        self,
        caller: Caller,
        webhook_id: WebhookId,
        draft: WebhookDraft,
        *,
        version: int,
        problems: Sequence[Problem] = (),
    ) -> Webhook:
        """Store another draft of a webhook; ``version`` is the one read.

        Raises NotFoundError, InputError with every problem, ConflictError ``version_conflict``.
        """
        webhooks = self.store.webhooks(caller.organization)
        stored = webhooks.get(webhook_id)
        self._check(draft, problems)
        if version != stored.version:
            raise ConflictError("version_conflict", version=stored.version)
        changed = edited(stored, draft, now=self.clock.now())
        if not webhooks.change(stored, changed):
            raise ConflictError("version_conflict", version=webhooks.get(webhook_id).version)
        return changed

    def delete(self, caller: Caller, webhook_id: WebhookId) -> None:
        """Delete a webhook. Raises NotFoundError."""
        self.store.webhooks(caller.organization).delete(webhook_id)

    def rotate(self, caller: Caller, webhook_id: WebhookId) -> ShownOnce:
        """Give a webhook another secret; those before sign beside it for SECRET_OVERLAP.

        Raises NotFoundError, ConflictError ``version_conflict`` when it is changed meanwhile.
        """
        webhooks, now = self.store.webhooks(caller.organization), self.clock.now()
        stored = webhooks.get(webhook_id)
        secret = secret_of(self.random(SECRET_BYTES))
        changed = with_previous_secret(stored, until=now + SECRET_OVERLAP, now=now)
        all_secrets = rotated(webhooks.get_secrets(webhook_id), secret, now=now)
        if not webhooks.change(stored, changed, secrets=all_secrets):
            raise ConflictError("version_conflict", version=webhooks.get(webhook_id).version)
        return ShownOnce(changed, secret)

    def _check(self, draft: WebhookDraft, problems: Sequence[Problem]) -> None:
        found = list(problems)
        if not any(problem.field == "url" for problem in found):
            found += check_url(draft.url, local=self.local, field="url")
        if found:
            raise InputError(found)
