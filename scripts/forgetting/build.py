"""Joins what forgets and exports: on adapters that are given, or on those of a deployed stack."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from facteur.adapters.clock import SystemClock
from facteur.adapters.dynamodb.store import DynamoStore
from facteur.adapters.dynamodb.table import DYNAMODB_CONFIG, Table
from facteur.adapters.ids import UlidIds
from facteur.adapters.sqs import SqsOutbox
from facteur.ports import Clock, Outbox
from facteur.services.campaigns.owner import HandOverCampaign
from facteur.services.sending.queue import QueueSend
from scripts.forgetting.campaigns import ForgetInCampaigns
from scripts.forgetting.documents import ForgetInDocuments
from scripts.forgetting.export import ExportPerson
from scripts.forgetting.forget import ForgetPerson
from scripts.forgetting.groups import ForgetInGroups
from scripts.forgetting.outside import (
    Accounts,
    AwsSurroundings,
    Files,
    S3Files,
    Surroundings,
)
from scripts.forgetting.pdfs import ForgetPdfs
from scripts.forgetting.search import Search
from scripts.forgetting.users import ForgetUsers
from scripts.people import People
from scripts.stack import Stack

if TYPE_CHECKING:
    import boto3
    from types_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Both commands, on one table."""

    forget: ForgetPerson
    export: ExportPerson


def forgetting_on(
    dynamodb: "DynamoDBClient",
    table_name: str,
    *,
    outbox: Outbox,
    files: Files,
    accounts: Accounts,
    surroundings: Surroundings,
    clock: Clock,
) -> Forgetting:
    """Both commands on these adapters."""
    table, ids = Table(dynamodb, table_name), UlidIds()
    store = DynamoStore(dynamodb, table_name, clock=clock)
    queue_send = QueueSend(store=store, outbox=outbox)
    search = Search(table, files)
    forget = ForgetPerson(
        search=search,
        accounts=accounts,
        surroundings=surroundings,
        campaigns=ForgetInCampaigns(
            store=store,
            queue_send=queue_send,
            hand_over=HandOverCampaign(store=store, queue_send=queue_send, clock=clock, ids=ids),
            clock=clock,
            ids=ids,
        ),
        groups=ForgetInGroups(store=store, clock=clock),
        documents=ForgetInDocuments(store=store, clock=clock),
        users=ForgetUsers(table=table, store=store),
        pdfs=ForgetPdfs(search=search, files=files, clock=clock),
    )
    export = ExportPerson(
        search=search, store=store, accounts=accounts, surroundings=surroundings, clock=clock
    )
    return Forgetting(forget, export)


def forgetting(stack: Stack, session: "boto3.Session") -> Forgetting:
    """Both commands on a deployed stack."""
    # Two sets of stubs describe these clients, and each adapter says which it expects.
    client: Callable[..., Any] = session.client
    return forgetting_on(
        client("dynamodb", config=DYNAMODB_CONFIG),
        stack.output("TableName"),
        outbox=SqsOutbox(client("sqs"), queue_url=stack.output("OutboxQueueUrl")),
        files=S3Files(client("s3"), bucket=stack.output("ArchiveBucket")),
        accounts=People(client("cognito-idp"), stack.output("UserPoolId")),
        surroundings=AwsSurroundings(
            client("sesv2"),
            client("sqs"),
            dead_events_url=stack.output("ReceiptsDeadLettersUrl"),
        ),
        clock=SystemClock(),
    )
