"""Send documents at once."""

from dataclasses import dataclass

from facteur.domain.asked import SendRequest
from facteur.domain.document import DocumentStatus
from facteur.domain.errors import ConflictError
from facteur.domain.guard import RequestGuard
from facteur.domain.identity import Caller, OrgId, SendId
from facteur.domain.send import FrozenDocument, Origin, Send
from facteur.domain.settings import sender_of
from facteur.ports import Archive, Clock, Ids, Store
from facteur.services.idempotency import find_first
from facteur.services.people import remembered_profile
from facteur.services.prepare_send import PreparedDocument, PreparedSend, PrepareSend
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
            return self.store.sends(organization).get(SendId(first))
        prepared = self.prepare(organization, request)
        for document in prepared.draft_lists:
            raise ConflictError(
                "document_not_published", document_id=document.id, name=document.content.name
            )
        send = self._send(caller, prepared)
        return self.queue(organization, send, guard=guard)

    def _send(self, caller: Caller, prepared: PreparedSend) -> Send:
        profile = remembered_profile(self.store.settings(caller.organization), caller)
        sender = sender_of(profile, prepared.settings)
        now = self.clock.now()
        return Send(
            id=SendId(self.ids.new_id(now)),
            origin=Origin.MANUAL,
            created_by=caller.user,
            queued_at=now,
            sender=sender,
            recipients=prepared.recipients,
            separate=prepared.request.separate,
            copy=sender.copy_to if prepared.request.copy_to_sender else None,
            subject=prepared.message.subject,
            body=prepared.message.body,
            signature=profile.signature,
            locale=prepared.settings.locale,
            document_type=prepared.document_type,
            documents=tuple(
                self._frozen(caller.organization, document) for document in prepared.documents
            ),
            marks_sent=tuple(
                prepared_document.document.id
                for prepared_document in prepared.documents
                if prepared_document.document.status is DocumentStatus.DRAFT
            ),
        )

    def _frozen(self, organization: OrgId, prepared: PreparedDocument) -> FrozenDocument:
        content = prepared.document.content
        return FrozenDocument(
            id=prepared.document.id,
            type=content.type,
            name=content.name,
            number=content.number,
            date=content.date,
            filename=prepared.filename,
            size=len(prepared.pdf),
            sha256=self.archive.put(organization, prepared.pdf),
        )
