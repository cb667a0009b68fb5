"""Everything the function ``documents`` does."""

from dataclasses import dataclass

from facteur.ports import Archive, Clients, Clock, Ids, Inspector, Renderer, Store, Uploads
from facteur.services.edit_documents import EditDocuments
from facteur.services.prefill_send import PrefillSend
from facteur.services.preview_document import PreviewDocument
from facteur.services.take_upload import OpenUpload, TakeUpload


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsServices:
    """The services of the function, ready to be called."""

    clients: Clients
    edit: EditDocuments
    preview: PreviewDocument
    prefill: PrefillSend
    upload: OpenUpload


def documents_services(
    *,
    store: Store,
    clients: Clients,
    archive: Archive,
    uploads: Uploads,
    inspector: Inspector,
    renderer: Renderer,
    clock: Clock,
    ids: Ids,
) -> DocumentsServices:
    """The services on these ports."""
    return DocumentsServices(
        clients=clients,
        edit=EditDocuments(
            store=store,
            clock=clock,
            ids=ids,
            take=TakeUpload(uploads=uploads, archive=archive, inspector=inspector),
        ),
        preview=PreviewDocument(store=store, renderer=renderer, archive=archive),
        prefill=PrefillSend(store=store, renderer=renderer),
        upload=OpenUpload(store=store, uploads=uploads, clock=clock, ids=ids),
    )
