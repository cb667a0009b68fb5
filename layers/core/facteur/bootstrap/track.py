"""The function ``track``: records what SES reports about each message."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from facteur.bootstrap import shared
from facteur.domain.console import Console
from facteur.ports import SesEvent
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.record_ses_event import RecordSesEvent
from facteur.services.delivery.record_standings import RecordStandings
from facteur.services.delivery.settle_batch import SettleBatch


@dataclass(frozen=True, slots=True)
class TrackWorker:
    """``read`` parses a message of the queue and raises NotFoundError for what is not ours."""

    read: Callable[[str], SesEvent]
    record_ses_event: RecordSesEvent
    record_standings: RecordStandings
    settle_batch: SettleBatch


@cache
def track() -> TrackWorker:
    """The worker on AWS, as the environment of the function says."""
    from facteur.adapters.ses_events.parsing import read_event
    from facteur.adapters.sqs import SqsOutbox
    from facteur.settings import TrackSettings

    settings = TrackSettings.from_environment()
    store = shared.store(shared.dynamodb_client(), settings.table_name)
    send_cache = SendCache(store)
    sqs = shared.sqs_client()
    outbox = SqsOutbox(sqs, queue_url=settings.outbox_queue_url)
    tell = replace(shared.tell_hosts(store, sqs, settings), of_batch={})
    return TrackWorker(
        read=read_event,
        record_ses_event=RecordSesEvent(store=store, cache=send_cache, tell=tell),
        record_standings=RecordStandings(store=store, cache=send_cache),
        settle_batch=SettleBatch(
            shared.settle_send(
                store, send_cache, outbox, tell=tell, console=Console(settings.console_url)
            )
        ),
    )
