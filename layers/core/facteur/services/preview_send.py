"""An immediate send as it would be."""

from dataclasses import dataclass

from facteur.domain.asked import SendRequest
from facteur.domain.identity import Caller, SendId
from facteur.domain.preview import Caution, Preview
from facteur.domain.send import Origin, Send
from facteur.domain.settings import sender_of
from facteur.ports import Clock, Ids, Store
from facteur.services.people import profile_of
from facteur.services.prepare_send import PreparedSend, PrepareSend
from facteur.services.show_preview import ShowPreview, cautions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewSend:
    """Renders an unsaved draft of an immediate send."""

    store: Store
    clock: Clock
    ids: Ids
    prepare: PrepareSend
    show: ShowPreview

    def __call__(self, caller: Caller, request: SendRequest) -> Preview:
        """Raises InputError, ConflictError ``sender_not_verified``."""
        prepared = self.prepare(caller.organization, request)
        send = self._unsaved(caller, prepared)
        documents = [attached.document for attached in prepared.documents]
        drafts = [
            Caution("list_not_published", {"name": document.content.name})
            for document in prepared.draft_lists
        ]
        return self.show(
            caller.organization,
            send,
            prepared.documents,
            cautions=[*cautions_of(send, prepared.template, documents), *drafts],
        )

    def _unsaved(self, caller: Caller, prepared: PreparedSend) -> Send:
        profile = profile_of(self.store.settings(caller.organization), caller)
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
        )
