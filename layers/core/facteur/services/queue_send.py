"""The one way by which anything becomes a Send: written first, then put on the outbox."""

from contextlib import suppress
from dataclasses import dataclass

from facteur.domain.errors import UnavailableError
from facteur.domain.guard import OccurrenceGuard, RequestGuard
from facteur.domain.identity import OrgId, SendId
from facteur.domain.send import Send
from facteur.ports import CampaignAdvance, Outbox, OutboxMessage, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSend:
    """Writes a Send and hands its messages to the workers."""

    store: Store
    outbox: Outbox

    def __call__(
        self,
        organization: OrgId,
        send: Send,
        *,
        guard: RequestGuard | OccurrenceGuard | None = None,
        after_retries: int = 0,
        advance: CampaignAdvance | None = None,
    ) -> Send:
        """The Send that now exists: this one, or the first one of a repeated request or run.

        Should we stop between the two steps, reconcile finds the Send overdue and enqueues it.
        Raises ConflictError ``already_retried`` or ``campaign_moved``.
        """
        sends = self.store.sends(organization)
        creation = sends.create(send, guard=guard, after_retries=after_retries, advance=advance)
        if not creation.created:
            return sends.get(SendId(creation.id))
        messages = [
            OutboxMessage(organization=organization, send=send.id, n=planned.n)
            for planned in send.messages()
        ]
        # The Send is written, so reconcile enqueues it: an error would make people send it twice.
        with suppress(UnavailableError):
            self.outbox.put(messages)
        return send
