"""Everything the function ``sends`` does."""

from dataclasses import dataclass

from facteur.ports import Archive, Clients, Clock, Composer, Ids, Outbox, Renderer, Store
from facteur.services.attach_documents import AttachDocuments
from facteur.services.check_campaign import CheckCampaign
from facteur.services.export_sends import ExportSends
from facteur.services.make_pdf import MakePdf
from facteur.services.prepare_send import PrepareSend
from facteur.services.preview_campaign import PreviewCampaign
from facteur.services.preview_send import PreviewSend
from facteur.services.queue_send import QueueSend
from facteur.services.read_history import ReadHistory
from facteur.services.retry_send import RetrySend
from facteur.services.send_documents import SendDocuments
from facteur.services.show_preview import ShowPreview


@dataclass(frozen=True, slots=True, kw_only=True)
class SendsServices:
    """The services of the function, ready to be called."""

    clients: Clients
    send: SendDocuments
    preview: PreviewSend
    preview_campaign: PreviewCampaign
    retry: RetrySend
    history: ReadHistory
    export: ExportSends


def sends_services(
    *,
    store: Store,
    clients: Clients,
    archive: Archive,
    outbox: Outbox,
    renderer: Renderer,
    composer: Composer,
    clock: Clock,
    ids: Ids,
) -> SendsServices:
    """The services on these ports."""
    attach = AttachDocuments(make=MakePdf(renderer=renderer, archive=archive))
    prepare = PrepareSend(store=store, attach=attach)
    queue = QueueSend(store=store, outbox=outbox)
    show = ShowPreview(archive=archive, composer=composer)
    return SendsServices(
        clients=clients,
        send=SendDocuments(
            store=store, archive=archive, clock=clock, ids=ids, prepare=prepare, queue=queue
        ),
        preview=PreviewSend(store=store, clock=clock, ids=ids, prepare=prepare, show=show),
        preview_campaign=PreviewCampaign(
            store=store,
            clock=clock,
            ids=ids,
            check=CheckCampaign(store=store),
            attach=attach,
            show=show,
        ),
        retry=RetrySend(
            store=store, archive=archive, clock=clock, ids=ids, attach=attach, queue=queue
        ),
        history=ReadHistory(store=store, archive=archive, composer=composer),
        export=ExportSends(store=store),
    )
