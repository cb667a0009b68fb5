"""The function ``deliver``: hands each message to SES, at most once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.domain.console import Console
from facteur.ports import OutboxMessage
from facteur.services.delivery.caches import CompositionCache, SendCache, SuspensionCache
from facteur.services.delivery.compose import ComposeMails
from facteur.services.delivery.deliver import DeliverMessage
from facteur.services.delivery.settle_batch import SettleBatch


@dataclass(frozen=True, slots=True)
class DeliverWorker:
    """``read`` parses a message of the queue and raises ValidationError for anything else."""

    read: Callable[[str], OutboxMessage]
    compose_mails: ComposeMails
    deliver_message: DeliverMessage
    settle_batch: SettleBatch


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
    outbox = SqsOutbox(sqs, queue_url=settings.outbox_queue_url)
    ses = shared.client("sesv2", config=SES_CONFIG)
    compose_mails = ComposeMails(
        store=store,
        compositions=CompositionCache(shared.archive(settings.archive_bucket), MailComposer()),
        clock=bootstrap.CLOCK,
    )
    return DeliverWorker(
        read=read_outbox,
        compose_mails=compose_mails,
        deliver_message=DeliverMessage(
            store=store,
            cache=send_cache,
            compose_mails=compose_mails,
            suspensions=SuspensionCache(store, bootstrap.CLOCK),
            mailer=SesMailer(ses, configuration_set=settings.configuration_set),
            outbox=outbox,
            redelivery=SqsRedelivery(sqs, queue_url=settings.outbox_queue_url),
            clock=bootstrap.CLOCK,
        ),
        settle_batch=SettleBatch(
            shared.settle_send(
                store,
                send_cache,
                outbox,
                tell=shared.tell_hosts(store, sqs, settings),
                console=Console(settings.console_url),
            )
        ),
    )
