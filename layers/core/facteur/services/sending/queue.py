"""Every Send is made here: written first, then put on the outbox."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from facteur.domain.errors import TransientError
from facteur.domain.idempotency import IdempotencyKey, OccurrenceKey
from facteur.domain.identity import OrgId, SendId
from facteur.domain.send import Send
from facteur.domain.webhook_delivery import HookDelivery
from facteur.ports import CampaignAdvance, Outbox, OutboxMessage, Store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSend:
    """Writes a Send and enqueues its messages."""

    store: Store
    outbox: Outbox

    def queue(
        self,
        organization: OrgId,
        send: Send,
        *,
        idempotency_key: IdempotencyKey | OccurrenceKey | None = None,
        after_retries: int = 0,
        advance: CampaignAdvance | None = None,
        hooks: Sequence[HookDelivery] = (),
    ) -> Send:
        """Write and enqueue ``send``, or return the first Send of a repeated request or run.

        Its messages count for the organization's day, whatever made it; one that could not be made
        has none. After a crash between the
        two steps, the Send becomes overdue and reconcile enqueues it. ``hooks`` are the deliveries
        that ``advance`` owes: stored, not enqueued. Raises ConflictError
        ``already_retried`` or ``campaign_moved``, DailyLimitError.
        """
        sends = self.store.sends(organization)
        limit: int | None = None
        if send.failure is None:
            limit = self.store.settings(organization).get_account().messages_per_day
        creation = sends.create(
            send,
            idempotency_key=idempotency_key,
            after_retries=after_retries,
            advance=advance,
            daily_limit=limit,
            hooks=hooks,
        )
        if not creation.created:
            return sends.get(SendId(creation.id))
        messages = [
            OutboxMessage(organization=organization, send=send.id, n=planned.n)
            for planned in send.messages()
        ]
        try:
            self.outbox.put(messages)
        except TransientError as error:
            # The Send is written, so reconcile enqueues it: an error would make people send twice.
            keys = {"organization": organization, "send": send.id, "code": error.code}
            _log.warning("left to reconcile", extra=keys, exc_info=error)
        return send
