"""The function ``notify``: delivers one event to one webhook."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from facteur import bootstrap
from facteur.bootstrap import shared
from facteur.ports import HookMessage
from facteur.services.webhooks.notify import NotifyHost


@dataclass(frozen=True, slots=True)
class NotifyWorker:
    """``read`` parses a message of the queue and raises ValidationError for anything else."""

    read: Callable[[str], HookMessage]
    notify_host: NotifyHost


@cache
def notify() -> NotifyWorker:
    """The worker on AWS, as the environment of the function says."""
    from facteur.adapters.clock import SystemClock
    from facteur.adapters.receivers import HttpReceivers
    from facteur.adapters.sqs_hooks import SqsHookQueue, read_hook
    from facteur.settings import NotifySettings

    settings = NotifySettings.from_environment()
    return NotifyWorker(
        read=read_hook,
        notify_host=NotifyHost(
            store=shared.store(shared.dynamodb_client(), settings.table_name),
            receivers=HttpReceivers(local=bootstrap.LOCAL_RECEIVERS),
            queue=SqsHookQueue(shared.sqs_client(), queue_url=settings.hooks_queue_url),
            clock=bootstrap.CLOCK,
            receivers_clock=SystemClock(),
        ),
    )
