"""Everything the function ``documents`` does."""

from dataclasses import dataclass

from facteur.ports import Archive, Clients, Clock, Ids, Renderer, Store
from facteur.services.edit_documents import EditDocuments
from facteur.services.prefill_send import PrefillSend
from facteur.services.preview_document import PreviewDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsServices:
    """The services of the function, ready to be called."""

    clients: Clients
    documents: EditDocuments
    preview: PreviewDocument
    prefill: PrefillSend


def documents_services(
    *,
    store: Store,
    clients: Clients,
    archive: Archive,
    renderer: Renderer,
    clock: Clock,
    ids: Ids,
) -> DocumentsServices:
    """The services on these ports."""
    return DocumentsServices(
        clients=clients,
        documents=EditDocuments(store=store, clock=clock, ids=ids),
        preview=PreviewDocument(store=store, renderer=renderer, archive=archive),
        prefill=PrefillSend(store=store, renderer=renderer),
    )
