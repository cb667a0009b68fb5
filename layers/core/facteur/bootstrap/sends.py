"""The function ``sends``: send at once, retry, preview, and read the history."""

from dataclasses import dataclass
from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.bootstrap.on_demand import ComposerOnDemand, RendererOnDemand
from facteur.domain.console import Console
from facteur.ports import (
    Archive,
    Clients,
    Clock,
    Composer,
    HookQueue,
    Ids,
    Outbox,
    Renderer,
    Store,
)
from facteur.services.campaigns.check import CheckCampaign
from facteur.services.campaigns.preview import PreviewCampaign
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.settle import SettleSend
from facteur.services.documents.attach import AttachDocuments
from facteur.services.documents.make_pdf import MakePdf
from facteur.services.history.export import ExportSends
from facteur.services.history.read import ReadHistory
from facteur.services.history.resolve import ResolveSend
from facteur.services.sending.prepare import PrepareSend
from facteur.services.sending.preview import PreviewSend
from facteur.services.sending.queue import QueueSend
from facteur.services.sending.retry import RetrySend
from facteur.services.sending.send import SendDocuments
from facteur.services.sending.show_preview import ShowPreview
from facteur.services.sending.warn_recipients import WarnOfRecipients
from facteur.services.webhooks.tell import TellHosts


@dataclass(frozen=True, slots=True, kw_only=True)
class SendsServices:
    """The services of the function."""

    clients: Clients
    send: SendDocuments
    preview: PreviewSend
    preview_campaign: PreviewCampaign
    retry: RetrySend
    history: ReadHistory
    resolve: ResolveSend
    export: ExportSends


def sends_services(
    *,
    store: Store,
    clients: Clients,
    archive: Archive,
    outbox: Outbox,
    hooks: HookQueue,
    renderer: Renderer,
    composer: Composer,
    clock: Clock,
    ids: Ids,
    console: Console,
) -> SendsServices:
    """The services on these ports."""
    attach = AttachDocuments(make_pdf=MakePdf(renderer=renderer, archive=archive))
    prepare = PrepareSend(store=store, attach_documents=attach)
    queue = QueueSend(store=store, outbox=outbox)
    show = ShowPreview(
        archive=archive,
        composer=composer,
        renderer=renderer,
        warn_of_recipients=WarnOfRecipients(store=store, renderer=renderer),
    )
    settle = SettleSend(
        store=store,
        cache=SendCache(store),
        outbox=outbox,
        ids=ids,
        clock=clock,
        console=console,
        tell=TellHosts(store=store, queue=hooks, clock=clock),
    )
    history = ReadHistory(store=store, archive=archive, composer=composer, settle_send=settle)
    return SendsServices(
        clients=clients,
        send=SendDocuments(
            store=store,
            archive=archive,
            clock=clock,
            ids=ids,
            prepare_send=prepare,
            queue_send=queue,
        ),
        preview=PreviewSend(
            store=store, clock=clock, ids=ids, prepare_send=prepare, show_preview=show
        ),
        preview_campaign=PreviewCampaign(
            store=store,
            clock=clock,
            ids=ids,
            check_campaign=CheckCampaign(store=store),
            attach_documents=attach,
            show_preview=show,
        ),
        retry=RetrySend(
            store=store,
            archive=archive,
            clock=clock,
            ids=ids,
            attach_documents=attach,
            queue_send=queue,
        ),
        history=history,
        resolve=ResolveSend(history=history, settle_send=settle),
        export=ExportSends(store=store),
    )


@cache
def sends() -> SendsServices:
    """The services on AWS, as the environment of the function says."""
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.sqs import SqsOutbox
    from facteur.adapters.sqs_hooks import SqsHookQueue
    from facteur.settings import SendsSettings

    settings = SendsSettings.from_environment()
    dynamodb, sqs = shared.dynamodb_client(), shared.sqs_client()
    return sends_services(
        store=shared.store(dynamodb, settings.table_name),
        clients=DynamoClients(dynamodb, settings.table_name),
        archive=shared.archive(settings.archive_bucket),
        outbox=SqsOutbox(sqs, queue_url=settings.outbox_queue_url),
        hooks=SqsHookQueue(sqs, queue_url=settings.hooks_queue_url),
        renderer=RendererOnDemand(),
        composer=ComposerOnDemand(),
        clock=bootstrap.CLOCK,
        ids=UlidIds(),
        console=Console(settings.console_url),
    )
