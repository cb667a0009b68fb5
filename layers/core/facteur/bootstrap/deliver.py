"""The function ``deliver``: hands each message to SES, at most once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.ports import OutboxMessage
from facteur.services.delivery.caches import CompositionCache, SendCache, SuspensionCache
from facteur.services.delivery.deliver import DeliverMessage
from facteur.services.delivery.settle import SettleSend


@dataclass(frozen=True, slots=True)
class DeliverWorker:
    """``read`` parses a message of the queue and raises ValidationError for anything else."""

    read: Callable[[str], OutboxMessage]
    deliver_message: DeliverMessage
    settle_send: SettleSend


@cache
def deliver() -> DeliverWorker:
    """The worker on AWS, as the environment of the function says."""
    from facteur.adapters.email.compose import MailComposer
    from facteur.adapters.ses import SES_CONFIG, SesMailer
    from facteur.adapters.sqs import SqsOutbox, SqsRedelivery, read_outbox
    from facteur.settings import DeliverSettings

    settings = DeliverSettings.from_environment()
    store = shared.store(shared.dynamodb_client(), settings.table_name)
    send_cache = SendCache(store)
    sqs = shared.sqs_client()
    ses = shared.client("sesv2", config=SES_CONFIG)
    return DeliverWorker(
        read=read_outbox,
        deliver_message=DeliverMessage(
            store=store,
            cache=send_cache,
            compositions=CompositionCache(shared.archive(settings.archive_bucket), MailComposer()),
            suspensions=SuspensionCache(store, bootstrap.CLOCK),
            mailer=SesMailer(ses, configuration_set=settings.configuration_set),
            redelivery=SqsRedelivery(sqs, queue_url=settings.outbox_queue_url),
            clock=bootstrap.CLOCK,
        ),
        settle_send=shared.settle_send(
            store, send_cache, SqsOutbox(sqs, queue_url=settings.outbox_queue_url)
        ),
    )
