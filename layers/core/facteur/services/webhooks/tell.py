"""Tells webhooks what happened: deliveries written with what they tell, then enqueued."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from facteur.domain.errors import TransientError
from facteur.domain.host_event import HostEvent, deliveries_of
from facteur.domain.identity import OrgId
from facteur.domain.webhook import Webhook
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import Clock, HookMessage, HookQueue, Store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellHosts:
    """Makes the deliveries that events owe, and enqueues those that are stored.

    ``of_batch`` keeps the webhooks read since ``begin``; None has them read for every event.
    """

    store: Store
    queue: HookQueue
    clock: Clock
    of_batch: dict[OrgId, Sequence[Webhook]] | None = None

    def begin(self) -> None:
        """Read webhooks anew: call before the first event of an invocation."""
        if self.of_batch is not None:
            self.of_batch.clear()

    def owed(self, organization: OrgId, events: Collection[HostEvent]) -> list[HookDelivery]:
        """The deliveries to be stored with what the events tell; none without webhooks."""
        if not events:
            return []
        return deliveries_of(events, self._webhooks(organization), now=self.clock.now())

    def _webhooks(self, organization: OrgId) -> Sequence[Webhook]:
        of_batch = {} if self.of_batch is None else self.of_batch
        if organization not in of_batch:
            of_batch[organization] = self.store.webhooks(organization).list_all()
        return of_batch[organization]

    def enqueue(self, organization: OrgId, deliveries: Collection[HookDelivery]) -> None:
        """Have stored deliveries attempted. Raises nothing transient: they are due, so reconcile
        enqueues what the queue does not take."""
        messages = [
            HookMessage(organization=organization, webhook=delivery.webhook, hook=delivery.id)
            for delivery in deliveries
        ]
        if not messages:
            return
        try:
            self.queue.put(messages)
        except TransientError as error:
            keys = {"organization": organization, "code": error.code}
            _log.warning("hooks left to reconcile", extra=keys, exc_info=error)
