"""Joins adapters to services: one builder per function, each importing only what it needs.

Builders are cached for the life of a process. ``CLOCK`` is a variable on purpose: the local mode
puts its own in its place before anything is built.
"""

import logging
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.utils import copy_config_to_registered_loggers

from facteur.adapters.clock import SystemClock
from facteur.ports import Clock, Outbox

if TYPE_CHECKING:
    from botocore.config import Config

    from facteur.adapters.dynamodb.store import DynamoStore
    from facteur.adapters.s3 import S3Archive
    from facteur.adapters.scheduler import EventBridgeSchedules
    from facteur.services.for_campaigns import CampaignsServices
    from facteur.services.for_documents import DocumentsServices
    from facteur.services.for_sends import SendsServices
    from facteur.services.for_settings import SettingsServices
    from facteur.services.for_workers import DeliverWorker, RunCampaignWorker, TrackWorker
    from facteur.services.known_sends import KnownSends
    from facteur.services.reconcile import Reconciler
    from facteur.services.settle_send import Settler
    from facteur.settings import ScheduleSettings

CLOCK: Clock = SystemClock()

# The core's lines come out as the functions' own, in JSON: Lambda's own text prints no extras.
logging.getLogger("facteur")
copy_config_to_registered_loggers(Logger(), include={"facteur"})


def _client(service: str, config: "Config | None" = None) -> Any:
    """A boto3 client; which one it is, the adapter that gets it says."""
    import boto3

    return boto3.client(service, config=config)  # type: ignore[call-overload]


def _dynamodb() -> Any:
    from facteur.adapters.dynamodb.table import DYNAMODB_CONFIG

    return _client("dynamodb", config=DYNAMODB_CONFIG)


def _sqs() -> Any:
    from facteur.adapters.short_calls import SHORT_CALLS

    return _client("sqs", config=SHORT_CALLS)


def _store(dynamodb: Any, table_name: str) -> "DynamoStore":
    from facteur.adapters.dynamodb.store import DynamoStore

    return DynamoStore(dynamodb, table_name, clock=CLOCK)


def _archive(bucket: str) -> "S3Archive":
    from facteur.adapters.s3 import S3_CONFIG, S3Archive

    return S3Archive(_client("s3", config=S3_CONFIG), bucket=bucket)


def _schedules(settings: "ScheduleSettings") -> "EventBridgeSchedules":
    from facteur.adapters.scheduler import EventBridgeSchedules
    from facteur.adapters.short_calls import SHORT_CALLS

    return EventBridgeSchedules(
        _client("scheduler", config=SHORT_CALLS),
        group=settings.schedule_group,
        queue_arn=settings.due_queue_arn,
        dead_letter_arn=settings.due_dlq_arn,
        role_arn=settings.scheduler_role_arn,
    )


def _settler(store: "DynamoStore", known: "KnownSends", outbox: Outbox) -> "Settler":
    from facteur.adapters.ids import UlidIds
    from facteur.services.settle_send import Settler

    return Settler(store=store, known=known, outbox=outbox, ids=UlidIds(), clock=CLOCK)


@cache
def campaigns() -> "CampaignsServices":
    """The function ``campaigns``."""
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.sqs import SqsDueQueue
    from facteur.services.for_campaigns import campaigns_services
    from facteur.settings import CampaignsSettings

    settings = CampaignsSettings.from_environment()
    dynamodb = _dynamodb()
    return campaigns_services(
        store=_store(dynamodb, settings.table_name),
        clients=DynamoClients(dynamodb, settings.table_name),
        schedules=_schedules(settings),
        due=SqsDueQueue(_sqs(), queue_url=settings.due_queue_url),
        clock=CLOCK,
        ids=UlidIds(),
    )


@cache
def documents() -> "DocumentsServices":
    """The function ``documents``."""
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.inspector import PdfInspector
    from facteur.adapters.pdf.renderer import PdfRenderer
    from facteur.adapters.s3 import S3_CONFIG, S3Archive, S3Uploads
    from facteur.services.for_documents import documents_services
    from facteur.settings import DocumentsSettings

    settings = DocumentsSettings.from_environment()
    dynamodb = _dynamodb()
    s3 = _client("s3", config=S3_CONFIG)
    return documents_services(
        store=_store(dynamodb, settings.table_name),
        clients=DynamoClients(dynamodb, settings.table_name),
        archive=S3Archive(s3, bucket=settings.archive_bucket),
        uploads=S3Uploads(s3, bucket=settings.archive_bucket),
        inspector=PdfInspector(),
        renderer=PdfRenderer(),
        clock=CLOCK,
        ids=UlidIds(),
    )


@cache
def sends() -> "SendsServices":
    """The function ``sends``."""
    from facteur.adapters.dynamodb.clients import DynamoClients
    from facteur.adapters.email.compose import MailComposer
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.pdf.renderer import PdfRenderer
    from facteur.adapters.sqs import SqsOutbox
    from facteur.services.for_sends import sends_services
    from facteur.settings import SendsSettings

    settings = SendsSettings.from_environment()
    dynamodb = _dynamodb()
    return sends_services(
        store=_store(dynamodb, settings.table_name),
        clients=DynamoClients(dynamodb, settings.table_name),
        archive=_archive(settings.archive_bucket),
        outbox=SqsOutbox(_sqs(), queue_url=settings.outbox_queue_url),
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
    from facteur.services.for_settings import settings_services
    from facteur.settings import SettingsSettings

    table_name = SettingsSettings.from_environment().table_name
    dynamodb = _dynamodb()
    return settings_services(
        store=_store(dynamodb, table_name),
        clients=DynamoClients(dynamodb, table_name),
        cleaner=HtmlCleaner(),
    )


@cache
def run_campaign() -> "RunCampaignWorker":
    """The function ``run_campaign``."""
    from facteur.adapters.ids import UlidIds
    from facteur.adapters.pdf.renderer import PdfRenderer
    from facteur.adapters.sqs import SqsOutbox, read_due
    from facteur.services.attach_documents import AttachDocuments
    from facteur.services.for_workers import RunCampaignWorker
    from facteur.services.known_sends import KnownSends
    from facteur.services.make_occurrence import MakeOccurrence
    from facteur.services.make_pdf import MakePdf
    from facteur.services.queue_send import QueueSend
    from facteur.services.run_campaign import CampaignRunner
    from facteur.settings import RunCampaignSettings

    settings = RunCampaignSettings.from_environment()
    store = _store(_dynamodb(), settings.table_name)
    outbox = SqsOutbox(_sqs(), queue_url=settings.outbox_queue_url)
    archive = _archive(settings.archive_bucket)
    make = MakeOccurrence(
        store=store,
        archive=archive,
        attach=AttachDocuments(make=MakePdf(renderer=PdfRenderer(), archive=archive)),
        clock=CLOCK,
        ids=UlidIds(),
    )
    return RunCampaignWorker(
        read=read_due,
        runner=CampaignRunner(
            store=store,
            make=make,
            queue=QueueSend(store=store, outbox=outbox),
            settler=_settler(store, KnownSends(store), outbox),
            clock=CLOCK,
        ),
    )


@cache
def deliver() -> "DeliverWorker":
    """The function ``deliver``."""
    from facteur.adapters.email.compose import MailComposer
    from facteur.adapters.ses import SES_CONFIG, SesMailer
    from facteur.adapters.sqs import SqsOutbox, SqsRedelivery, read_outbox
    from facteur.services.compose_send import ComposedSends
    from facteur.services.deliver_message import Deliverer
    from facteur.services.for_workers import DeliverWorker
    from facteur.services.known_sends import KnownSends
    from facteur.settings import DeliverSettings

    settings = DeliverSettings.from_environment()
    store = _store(_dynamodb(), settings.table_name)
    known = KnownSends(store)
    sqs = _sqs()
    mailer = SesMailer(
        _client("sesv2", config=SES_CONFIG), configuration_set=settings.configuration_set
    )
    return DeliverWorker(
        read=read_outbox,
        deliverer=Deliverer(
            store=store,
            known=known,
            composed=ComposedSends(_archive(settings.archive_bucket), MailComposer()),
            mailer=mailer,
            redelivery=SqsRedelivery(sqs, queue_url=settings.outbox_queue_url),
            clock=CLOCK,
        ),
        settler=_settler(store, known, SqsOutbox(sqs, queue_url=settings.outbox_queue_url)),
    )


@cache
def track() -> "TrackWorker":
    """The function ``track``."""
    from facteur.adapters.ses_events.reading import read_event
    from facteur.adapters.sqs import SqsOutbox
    from facteur.services.for_workers import TrackWorker
    from facteur.services.known_sends import KnownSends
    from facteur.services.record_receipt import Recorder
    from facteur.settings import TrackSettings

    settings = TrackSettings.from_environment()
    store = _store(_dynamodb(), settings.table_name)
    known = KnownSends(store)
    return TrackWorker(
        read=read_event,
        recorder=Recorder(store=store, known=known),
        settler=_settler(store, known, SqsOutbox(_sqs(), queue_url=settings.outbox_queue_url)),
    )


@cache
def reconcile() -> "Reconciler":
    """The function ``reconcile``."""
    from facteur.adapters.dynamodb.overdue import DynamoOverdue
    from facteur.adapters.sqs import SqsDueQueue, SqsOutbox
    from facteur.services.follow_campaign import KeepSchedule
    from facteur.services.known_sends import KnownSends
    from facteur.services.reconcile import Reconciler
    from facteur.services.reconcile_campaign import CampaignReconciler
    from facteur.services.reconcile_send import SendReconciler
    from facteur.settings import ReconcileSettings

    settings = ReconcileSettings.from_environment()
    dynamodb = _dynamodb()
    store = _store(dynamodb, settings.table_name)
    known = KnownSends(store)
    sqs = _sqs()
    outbox = SqsOutbox(sqs, queue_url=settings.outbox_queue_url)
    return Reconciler(
        overdue=DynamoOverdue(dynamodb, settings.table_name),
        sends=SendReconciler(
            store=store, known=known, outbox=outbox, settler=_settler(store, known, outbox)
        ),
        campaigns=CampaignReconciler(
            store=store,
            keep=KeepSchedule(store=store, schedules=_schedules(settings), clock=CLOCK),
            due=SqsDueQueue(sqs, queue_url=settings.due_queue_url),
        ),
        clock=CLOCK,
    )
