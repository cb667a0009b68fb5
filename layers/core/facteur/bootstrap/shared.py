"""Adapters that several functions need, made the same way for all of them."""

from typing import TYPE_CHECKING, Any

from facteur import bootstrap
from facteur.domain.console import Console
from facteur.ports import Outbox
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.settle import SettleSend
from facteur.services.webhooks.tell import TellHosts

if TYPE_CHECKING:
    from botocore.config import Config

    from facteur.adapters.dynamodb.store import DynamoStore
    from facteur.adapters.s3 import S3Archive
    from facteur.adapters.scheduler import EventBridgeSchedules
    from facteur.settings import HooksSettings, ScheduleSettings


def client(service: str, config: "Config | None" = None) -> Any:
    """A boto3 client; the adapter that takes it says which type it expects."""
    import boto3

    return boto3.client(service, config=config)  # type: ignore[call-overload]


def dynamodb_client() -> Any:
    from facteur.adapters.dynamodb.table import DYNAMODB_CONFIG

    return client("dynamodb", config=DYNAMODB_CONFIG)


def s3_client() -> Any:
    from facteur.adapters.s3 import S3_CONFIG

    return client("s3", config=S3_CONFIG)


def sqs_client() -> Any:
    from facteur.adapters.aws_config import SHORT_CALLS

    return client("sqs", config=SHORT_CALLS)


def store(dynamodb: Any, table_name: str) -> "DynamoStore":
    from facteur.adapters.dynamodb.store import DynamoStore

    return DynamoStore(dynamodb, table_name, clock=bootstrap.CLOCK)


def archive(bucket: str) -> "S3Archive":
    from facteur.adapters.s3 import S3Archive

    return S3Archive(s3_client(), bucket=bucket)


def schedules(settings: "ScheduleSettings") -> "EventBridgeSchedules":
    from facteur.adapters.aws_config import SHORT_CALLS
    from facteur.adapters.scheduler import EventBridgeSchedules

    return EventBridgeSchedules(
        client("scheduler", config=SHORT_CALLS),
        group=settings.schedule_group,
        queue_arn=settings.due_queue_arn,
        dead_letter_arn=settings.due_dlq_arn,
        role_arn=settings.scheduler_role_arn,
    )


def tell_hosts(store: "DynamoStore", sqs: Any, settings: "HooksSettings") -> TellHosts:
    from facteur.adapters.sqs_hooks import SqsHookQueue

    queue = SqsHookQueue(sqs, queue_url=settings.hooks_queue_url)
    return TellHosts(store=store, queue=queue, clock=bootstrap.CLOCK)


def settle_send(
    store: "DynamoStore",
    cache: SendCache,
    outbox: Outbox,
    *,
    tell: TellHosts,
    console: Console,
) -> SettleSend:
    from facteur.adapters.ids import UlidIds

    return SettleSend(
        store=store,
        cache=cache,
        outbox=outbox,
        ids=UlidIds(),
        clock=bootstrap.CLOCK,
        console=console,
        tell=tell,
    )
