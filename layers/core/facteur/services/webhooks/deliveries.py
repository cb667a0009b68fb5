"""What webhooks were told, with each attempt; a test, and deliveries that are replayed."""

from dataclasses import dataclass

from facteur.domain.errors import ConflictError, NotFoundError
from facteur.domain.host_event import delivery_to, test_event
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import Caller, HookId, WebhookId
from facteur.domain.webhook_delivery import HookDelivery, replayed
from facteur.ports import Clock, Ids, Page, Store
from facteur.services.webhooks.tell import TellHosts


@dataclass(frozen=True, slots=True, kw_only=True)
class HookDeliveries:
    """Reads deliveries, and has some attempted."""

    store: Store
    tell: TellHosts
    clock: Clock
    ids: Ids

    def list_page(
        self, caller: Caller, webhook_id: WebhookId, *, cursor: str | None, limit: int
    ) -> Page[HookDelivery]:
        """A page of the deliveries to a webhook, newest first. Raises NotFoundError, InputError."""
        webhooks = self.store.webhooks(caller.organization)
        webhooks.get(webhook_id)
        return webhooks.list_deliveries(webhook_id, cursor=cursor, limit=limit)

    def test(
        self,
        caller: Caller,
        webhook_id: WebhookId,
        *,
        idempotency_key: IdempotencyKey | None = None,
    ) -> HookDelivery:
        """Have a test event delivered, also to a webhook that is disabled.

        A repeated request is answered with the first delivery. Raises NotFoundError.
        """
        organization, now = caller.organization, self.clock.now()
        webhooks = self.store.webhooks(organization)
        webhooks.get(webhook_id)
        hook_id = HookId(self.ids.new_id(now))
        if idempotency_key is not None:
            creation = self.store.idempotency(organization).put_record(idempotency_key, hook_id)
            hook_id = HookId(creation.id)
        if (first := webhooks.find_delivery(webhook_id, hook_id)) is not None:
            return first
        event = test_event(webhook_id, id=hook_id, at=now)
        delivery = delivery_to(webhook_id, event, now=now, is_test=True)
        webhooks.put_deliveries([delivery])
        self.tell.enqueue(organization, [delivery])
        return delivery

    def replay(self, caller: Caller, webhook_id: WebhookId, hook_id: HookId) -> HookDelivery:
        """Have an event delivered again, now. Raises NotFoundError, ConflictError."""
        webhooks = self.store.webhooks(caller.organization)
        webhook = webhooks.get(webhook_id)
        delivery = webhooks.find_delivery(webhook_id, hook_id)
        if delivery is None:
            raise NotFoundError("delivery_not_found")
        if not webhook.enabled and not delivery.is_test:
            raise ConflictError("webhook_disabled")
        begun = replayed(delivery, now=self.clock.now())
        if not webhooks.change_delivery(delivery, begun):
            # An attempt has just ended; its answer is what the reader wants to see first.
            raise ConflictError("delivery_under_way")
        self.tell.enqueue(caller.organization, [begun])
        return begun
