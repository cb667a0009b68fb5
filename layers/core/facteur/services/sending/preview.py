"""The preview of an immediate send."""

from dataclasses import dataclass

from facteur.domain.identity import Caller, SendId
from facteur.domain.preview import Preview, PreviewWarning
from facteur.domain.requests import SendRequest
from facteur.ports import Clock, Ids, Store
from facteur.services.people import profile_of, sender_for
from facteur.services.sending.prepare import PrepareSend, send_of
from facteur.services.sending.show_preview import ShowPreview, warnings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewSend:
    """Renders an unsaved draft of an immediate send."""

    store: Store
    clock: Clock
    ids: Ids
    prepare_send: PrepareSend
    show_preview: ShowPreview

    def preview(self, caller: Caller, request: SendRequest) -> Preview:
        """The preview of a request. Raises InputError, ConflictError ``sender_not_verified``."""
        prepared = self.prepare_send.prepare(caller.organization, request)
        now = self.clock.now()
        repository = self.store.settings(caller.organization)
        profile = profile_of(repository, caller)
        send = send_of(
            prepared,
            id=SendId(self.ids.new_id(now)),
            profile=profile,
            sender=sender_for(repository, profile, prepared.settings, prepared.account),
            now=now,
        )
        documents = [attached.document for attached in prepared.documents]
        drafts = [
            PreviewWarning("list_not_published", {"name": document.content.name})
            for document in prepared.draft_lists
        ]
        return self.show_preview.show(
            caller.organization,
            send,
            prepared.documents,
            prepared.settings,
            warnings=[*warnings_of(send, prepared.template, documents), *drafts],
        )
