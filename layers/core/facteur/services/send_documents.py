"""Send documents at once."""

from dataclasses import dataclass, replace

from facteur.domain.asked import SendRequest
from facteur.domain.document import DocumentStatus
from facteur.domain.guard import RequestGuard
from facteur.domain.identity import Caller, SendId
from facteur.domain.send import Send
from facteur.ports import Archive, Clock, Ids, Store
from facteur.services.attach_documents import freeze
from facteur.services.choose_documents import ensure_none_of
from facteur.services.idempotency import find_first
from facteur.services.people import remembered_profile
from facteur.services.prepare_send import PreparedSend, PrepareSend, outline_of_request
from facteur.services.queue_send import QueueSend


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDocuments:
    """Makes a Send of what a person asks for, and queues it."""

    store: Store
    archive: Archive
    clock: Clock
    ids: Ids
    prepare: PrepareSend
    queue: QueueSend

    def __call__(
        self, caller: Caller, request: SendRequest, *, guard: RequestGuard | None = None
    ) -> Send:
        """The queued Send; for a request repeated with the same key, the first one's.

        Raises InputError with every problem of the request, ConflictError
        ``document_not_published`` or ``sender_not_verified``.
        """
        organization = caller.organization
        first = find_first(self.store.guards(organization), guard)
        if first is not None:
            return self.store.sends(organization).get(SendId(first.id))
        prepared = self.prepare(organization, request)
        ensure_none_of(prepared.draft_lists)
        send = self._send(caller, prepared)
        return self.queue(organization, send, guard=guard)

    def _send(self, caller: Caller, prepared: PreparedSend) -> Send:
        now = self.clock.now()
        outline = outline_of_request(
            prepared,
            id=SendId(self.ids.new_id(now)),
            profile=remembered_profile(self.store.settings(caller.organization), caller),
            now=now,
        )
        return replace(
            outline,
            documents=tuple(
                freeze(self.archive, caller.organization, attached)
                for attached in prepared.documents
            ),
            marks_sent=tuple(
                attached.document.id
                for attached in prepared.documents
                if attached.document.status is DocumentStatus.DRAFT
            ),
        )
