"""Send documents at once."""

from dataclasses import dataclass

from facteur.domain.account import ensure_active
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import Caller, SendId
from facteur.domain.requests import SendRequest
from facteur.domain.send import Send
from facteur.ports import Archive, Clock, Ids, Store
from facteur.services.documents.attach import freeze
from facteur.services.documents.choose import ensure_none_of
from facteur.services.idempotency import find_first
from facteur.services.people import remember_profile, sender_for
from facteur.services.sending.prepare import PrepareSend, send_of
from facteur.services.sending.queue import QueueSend


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDocuments:
    """Makes the Send of a request and queues it."""

    store: Store
    archive: Archive
    clock: Clock
    ids: Ids
    prepare_send: PrepareSend
    queue_send: QueueSend

    def send(
        self, caller: Caller, request: SendRequest, *, idempotency_key: IdempotencyKey | None = None
    ) -> Send:
        """The queued Send; for a request repeated with the same key, the first one's.

        Raises InputError with every problem of the request, ConflictError
        ``document_not_published`` or ``sender_not_verified``, SuspendedError, DailyLimitError.
        """
        organization = caller.organization
        first = find_first(self.store.idempotency(organization), idempotency_key)
        if first is not None:
            return self.store.sends(organization).get(SendId(first.id))
        prepared = self.prepare_send.prepare(organization, request)
        ensure_active(prepared.account)
        ensure_none_of(prepared.draft_lists)
        repository = self.store.settings(organization)
        # Stored now, because retries and notices read only stored profiles.
        profile = remember_profile(repository, caller)
        # Before anything is archived: it raises when the caller may not send.
        sender = sender_for(repository, profile, prepared.settings, prepared.account)
        now = self.clock.now()
        send = send_of(
            prepared,
            id=SendId(self.ids.new_id(now)),
            profile=profile,
            sender=sender,
            now=now,
            documents=freeze(self.archive, organization, prepared.documents),
        )
        return self.queue_send.queue(
            organization, send, idempotency_key=idempotency_key, names=prepared.names
        )
