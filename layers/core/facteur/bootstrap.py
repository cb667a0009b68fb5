"""Joins adapters to services: one builder per function, each importing only what it needs.

Builders are cached for the life of a process. ``CLOCK`` is a variable on purpose: the local mode
puts its own in its place before anything is built.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from facteur.adapters.clock import SystemClock
from facteur.ports import Clock, OutboxMessage

if TYPE_CHECKING:
    from botocore.config import Config

    from facteur.domain.receipt import Receipt
    from facteur.services.deliver_message import Deliverer
    from facteur.services.for_documents import DocumentsServices
    from facteur.services.for_sends import SendsServices
    from facteur.services.for_settings import SettingsServices
    from facteur.services.reconcile import Reconciler
    from facteur.services.record_receipt import Recorder
    from facteur.services.settle_send import Settler

CLOCK: Clock = SystemClock()


@dataclass(frozen=True, slots=True)
class DeliverWorker:
    """What ``deliver`` works with; ``read`` raises ValidationError for what is no message."""

    read: "Callable[[str], OutboxMessage]"
    deliverer: "Deliverer"
    settler: "Settler"


@dataclass(frozen=True, slots=True)
class TrackWorker:
    """What ``track`` works with; ``read`` raises NotFoundError for what is none of ours."""

    read: "Callable[[str], Receipt]"
    recorder: "Recorder"
    settler: "Settler"


def _client(service: str, config: "Config | None" = None) -> Any:
    """A boto3 client; which one it is, the adapter that gets it says."""
    import boto3

    return boto3.client(service, config=config)  # type: ignore[call-overload]


def _dynamodb() -> Any:
    from facteur.adapters.dynamodb.table import DYNAMODB_CONFIG

    return _client("dynamodb", config=DYNAMODB_CONFIG)


@cache
def documents() -> "DocumentsServices":
    """The function ``documents``."""
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.dynamodb.store import DynamoStore
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.pdf.renderer import PdfRenderer
    from facteur.adapters.s3 import S3_CONFIG, S3Archive
    from facteur.services.for_documents import documents_services
    from facteur.settings import DocumentsSettings

    settings = DocumentsSettings.from_environment()
    dynamodb = _dynamodb()
    return documents_services(
        store=DynamoStore(dynamodb, settings.table_name, clock=CLOCK),
        clients=DynamoClients(dynamodb, settings.table_name),
        archive=S3Archive(_client("s3", config=S3_CONFIG), bucket=settings.archive_bucket),
        renderer=PdfRenderer(),
        clock=CLOCK,
        ids=UlidIds(),
    )


@cache
def sends() -> "SendsServices":
    """The function ``sends``."""
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.dynamodb.store import DynamoStore
    from facteur.adapters.email.compose import MailComposer
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.pdf.renderer import PdfRenderer
    from facteur.adapters.s3 import S3_CONFIG, S3Archive
    from facteur.adapters.sqs import SQS_CONFIG, SqsOutbox
    from facteur.services.for_sends import sends_services
    from facteur.settings import SendsSettings

    settings = SendsSettings.from_environment()
    dynamodb = _dynamodb()
    return sends_services(
        store=DynamoStore(dynamodb, settings.table_name, clock=CLOCK),
        clients=DynamoClients(dynamodb, settings.table_name),
        archive=S3Archive(_client("s3", config=S3_CONFIG), bucket=settings.archive_bucket),
        outbox=SqsOutbox(_client("sqs", config=SQS_CONFIG), queue_url=settings.outbox_queue_url),
        renderer=PdfRenderer(),
        composer=MailComposer(),
        clock=CLOCK,
        ids=UlidIds(),
    )


@cache
def settings() -> "SettingsServices":
    """The function ``settings``."""
    from facteur.adapters.cleaner import HtmlCleaner
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.dynamodb.store import DynamoStore
    from facteur.services.for_settings import settings_services
    from facteur.settings import SettingsSettings

    table_name = SettingsSettings.from_environment().table_name
    dynamodb = _dynamodb()
    return settings_services(
        store=DynamoStore(dynamodb, table_name, clock=CLOCK),
        clients=DynamoClients(dynamodb, table_name),
        cleaner=HtmlCleaner(),
    )


@cache
def deliver() -> DeliverWorker:
    """The function ``deliver``."""
    from facteur.adapters.dynamodb.store import DynamoStore
    from facteur.adapters.email.compose import MailComposer
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.s3 import S3_CONFIG, S3Archive
    from facteur.adapters.ses import SES_CONFIG, SesMailer
    from facteur.adapters.sqs import SQS_CONFIG, SqsOutbox, SqsRedelivery, read_outbox
    from facteur.services.compose_send import ComposedSends
    from facteur.services.deliver_message import Deliverer
    from facteur.services.known_sends import KnownSends
    from facteur.services.settle_send import Settler
    from facteur.settings import DeliverSettings

    settings = DeliverSettings.from_environment()
    store = DynamoStore(_dynamodb(), settings.table_name, clock=CLOCK)
    known = KnownSends(store)
    sqs = _client("sqs", config=SQS_CONFIG)
    archive = S3Archive(_client("s3", config=S3_CONFIG), bucket=settings.archive_bucket)
    mailer = SesMailer(
        _client("sesv2", config=SES_CONFIG), configuration_set=settings.configuration_set
    )
    return DeliverWorker(
        read=read_outbox,
        deliverer=Deliverer(
            store=store,
            known=known,
            composed=ComposedSends(archive, MailComposer()),
            mailer=mailer,
            redelivery=SqsRedelivery(sqs, queue_url=settings.outbox_queue_url),
            clock=CLOCK,
        ),
        settler=Settler(
            store=store,
            known=known,
            outbox=SqsOutbox(sqs, queue_url=settings.outbox_queue_url),
            ids=UlidIds(),
            clock=CLOCK,
        ),
    )


@cache
def track() -> TrackWorker:
    """The function ``track``."""
    from facteur.adapters.dynamodb.store import DynamoStore
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.ses_events.reading import read_event
    from facteur.adapters.sqs import SQS_CONFIG, SqsOutbox
    from facteur.services.known_sends import KnownSends
    from facteur.services.record_receipt import Recorder
    from facteur.services.settle_send import Settler
    from facteur.settings import TrackSettings

    settings = TrackSettings.from_environment()
    store = DynamoStore(_dynamodb(), settings.table_name, clock=CLOCK)
    known = KnownSends(store)
    outbox = SqsOutbox(_client("sqs", config=SQS_CONFIG), queue_url=settings.outbox_queue_url)
    return TrackWorker(
        read=read_event,
        recorder=Recorder(store=store, known=known),
        settler=Settler(store=store, known=known, outbox=outbox, ids=UlidIds(), clock=CLOCK),
    )


@cache
def reconcile() -> "Reconciler":
    """The function ``reconcile``."""
    from facteur.adapters.dynamodb.overdue import DynamoOverdue
    from facteur.adapters.dynamodb.store import DynamoStore
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.sqs import SQS_CONFIG, SqsOutbox
    from facteur.services.known_sends import KnownSends
    from facteur.services.reconcile import Reconciler
    from facteur.services.settle_send import Settler
    from facteur.settings import ReconcileSettings

    settings = ReconcileSettings.from_environment()
    dynamodb = _dynamodb()
    store = DynamoStore(dynamodb, settings.table_name, clock=CLOCK)
    known = KnownSends(store)
    outbox = SqsOutbox(_client("sqs", config=SQS_CONFIG), queue_url=settings.outbox_queue_url)
    return Reconciler(
        overdue=DynamoOverdue(dynamodb, settings.table_name),
        store=store,
        known=known,
        outbox=outbox,
        settler=Settler(store=store, known=known, outbox=outbox, ids=UlidIds(), clock=CLOCK),
        clock=CLOCK,
    )
