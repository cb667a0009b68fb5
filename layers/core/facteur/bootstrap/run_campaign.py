"""The function ``run_campaign``: makes the Send of each occurrence that comes due."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.bootstrap.on_demand import RendererOnDemand
from facteur.domain.console import Console
from facteur.ports import DueMessage
from facteur.services.campaigns.make_occurrence import MakeOccurrence
from facteur.services.campaigns.owner import HandOverCampaign
from facteur.services.campaigns.run import RunCampaign
from facteur.services.delivery.caches import SendCache
from facteur.services.documents.attach import AttachDocuments
from facteur.services.documents.make_pdf import MakePdf
from facteur.services.sending.queue import QueueSend


@dataclass(frozen=True, slots=True)
class RunCampaignWorker:
    """``read`` parses a message of the queue and raises ValidationError for anything else."""

    read: Callable[[str], DueMessage]
    run_campaign: RunCampaign


@cache
def run_campaign() -> RunCampaignWorker:
    """The worker on AWS, as the environment of the function says."""
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.sqs import SqsOutbox, read_due
    from facteur.settings import RunCampaignSettings

    settings = RunCampaignSettings.from_environment()
    store = shared.store(shared.dynamodb_client(), settings.table_name)
    sqs = shared.sqs_client()
    outbox = SqsOutbox(sqs, queue_url=settings.outbox_queue_url)
    tell = shared.tell_hosts(store, sqs, settings)
    archive = shared.archive(settings.archive_bucket)
    queue_send = QueueSend(store=store, outbox=outbox)
    make_pdf = MakePdf(renderer=RendererOnDemand(), archive=archive)
    return RunCampaignWorker(
        read=read_due,
        run_campaign=RunCampaign(
            store=store,
            hand_over=HandOverCampaign(
                store=store, queue_send=queue_send, clock=bootstrap.CLOCK, ids=UlidIds()
            ),
            make_occurrence=MakeOccurrence(
                store=store,
                archive=archive,
                attach_documents=AttachDocuments(make_pdf=make_pdf),
                clock=bootstrap.CLOCK,
                ids=UlidIds(),
            ),
            queue_send=queue_send,
            settle_send=shared.settle_send(
                store, SendCache(store), outbox, tell=tell, console=Console(settings.console_url)
            ),
            tell=tell,
            clock=bootstrap.CLOCK,
        ),
    )
