"""Every Send is made here: written first, then put on the outbox."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from facteur.domain.errors import TransientError
from facteur.domain.idempotency import IdempotencyKey, OccurrenceKey
from facteur.domain.identity import OrgId, SendId
from facteur.domain.known_recipient import contacts_of
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
        names: Mapping[str, str] = MappingProxyType({}),
    ) -> Send:
        """Write and enqueue ``send``, or return the first Send of a repeated request or run.

        Its messages count for the organization's day, whatever made it; one that could not be made
        has none. Its recipients are remembered, under their ``names`` by address in lower case.
        After a crash between the two steps, the Send becomes overdue and reconcile enqueues it.
        ``hooks`` are the deliveries that ``advance`` owes: stored, not enqueued. Raises
        ConflictError ``already_retried`` or ``campaign_moved``, DailyLimitError.
        """
        self._remember(organization, send, names)
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

    def _remember(self, organization: OrgId, send: Send, names: Mapping[str, str]) -> None:
        """Remember whom a Send writes to. Nothing depends on it: a failure is logged.

        Before the Send is written: a function that runs out of time afterwards would answer an
        error about a Send that is on its way, and people would send it twice.
        """
        try:
            self.store.recipients(organization).remember(contacts_of(send, names))
        except Exception:  # noqa: BLE001 - it must not prevent a Send
            keys = {"organization": organization, "send": send.id}
            _log.exception("recipients not remembered", extra=keys)
