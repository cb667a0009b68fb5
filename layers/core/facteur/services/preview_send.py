"""An immediate send as it would be."""

from dataclasses import dataclass

from facteur.domain.asked import SendRequest
from facteur.domain.identity import Caller, SendId
from facteur.domain.preview import Caution, Preview
from facteur.ports import Clock, Ids, Store
from facteur.services.people import profile_of
from facteur.services.prepare_send import PrepareSend, outline_of_request
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
        now = self.clock.now()
        send = outline_of_request(
            prepared,
            id=SendId(self.ids.new_id(now)),
            profile=profile_of(self.store.settings(caller.organization), caller),
            now=now,
        )
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
