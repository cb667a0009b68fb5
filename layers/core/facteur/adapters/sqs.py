"""SQS: the queue ``outbox`` of messages to deliver, and the queue ``due`` of campaigns.

Both are standard queues whose messages carry the organization as their message group: SQS then
delivers the messages of an organization with few of them before the backlog of another.
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
"""

import itertools
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Annotated

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from facteur.domain.errors import UnavailableError
from facteur.domain.identity import ID_LENGTH, CampaignId, OrgId, SendId
from facteur.domain.message import Claim
from facteur.ports import DueMessage, OutboxMessage

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient
    from types_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH = 10
"""Messages in one call, at most.
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html"""
_ATTEMPTS = 3
_PARALLEL_FROM = 10
_THREADS = 8


type _Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    org: _Id


class _ClaimBody(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    owner: _Id
    at: AwareDatetime


class OutboxBody(_Body):
    """The body of a message of the queue ``outbox``."""

    send: _Id
    n: Annotated[int, Field(ge=0)]
    unsent: _ClaimBody | None = None


def read_outbox(body: str) -> OutboxMessage:
    """Parse a body. Raises pydantic's ValidationError when it is malformed."""
    read = OutboxBody.model_validate_json(body)
    claim = read.unsent
    return OutboxMessage(
        organization=OrgId(read.org),
        send=SendId(read.send),
        n=read.n,
        unsent=Claim(claim.owner, claim.at.astimezone(UTC)) if claim is not None else None,
    )


class SqsOutbox:
    """Puts messages in batches, many batches in parallel."""

    def __init__(self, client: "SQSClient", *, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def put(self, messages: Collection[OutboxMessage]) -> None:
        """Enqueue all messages.

        Raises UnavailableError ``queue_unavailable`` when some are refused at every attempt.
        """
        batches = list(itertools.batched(messages, BATCH, strict=False))
        if len(batches) <= _PARALLEL_FROM:
            for batch in batches:
                self._put_batch(batch)
            return
        with ThreadPoolExecutor(_THREADS) as threads:
            list(threads.map(self._put_batch, batches))

    def _put_batch(self, messages: Sequence[OutboxMessage]) -> None:
        entries = [(_body_of(message), message.organization) for message in messages]
        put_batch(self._client, self._queue_url, entries)


def put_batch(
    client: "SQSClient", queue_url: str, bodies: Sequence[tuple[str, OrgId]], *, delay: int = 0
) -> None:
    """Enqueue at most BATCH bodies, each for an organization, visible after so many seconds.

    Raises UnavailableError ``queue_unavailable`` when some are refused at every attempt.
    """
    left: dict[str, SendMessageBatchRequestEntryTypeDef] = {
        str(index): {"Id": str(index), "MessageBody": body, "MessageGroupId": organization}
        for index, (body, organization) in enumerate(bodies)
    }
    if delay:
        for entry in left.values():
            entry["DelaySeconds"] = delay
    for _ in range(_ATTEMPTS):
        try:
            answer = client.send_message_batch(QueueUrl=queue_url, Entries=list(left.values()))
        except (BotoCoreError, ClientError) as error:
            raise UnavailableError("queue_unavailable") from error
        left = {entry["Id"]: left[entry["Id"]] for entry in answer.get("Failed", [])}
        if not left:
            return
    raise UnavailableError("queue_unavailable")


def _body_of(message: OutboxMessage) -> str:
    claim = message.unsent
    return OutboxBody(
        org=message.organization,
        send=message.send,
        n=message.n,
        unsent=_ClaimBody(owner=claim.owner, at=claim.at) if claim is not None else None,
    ).model_dump_json(exclude_defaults=True)


class DueBody(_Body):
    """The body of a message of the queue ``due``, from us or from EventBridge Scheduler.

    ``at`` is an instant in ISO 8601, the format of ``<aws.scheduler.scheduled-time>``.
    """

    campaign: _Id
    at: AwareDatetime
    extra: Annotated[str, Field(pattern=rf"^[0-9A-Z]{{0,{ID_LENGTH}}}$")] = ""
    test: bool = False


def read_due(body: str) -> DueMessage:
    """Parse a body. Raises pydantic's ValidationError when it is malformed."""
    read = DueBody.model_validate_json(body)
    return DueMessage(
        organization=OrgId(read.org),
        campaign=CampaignId(read.campaign),
        at=read.at.astimezone(UTC),
        extra=read.extra,
        is_test=read.test,
    )


class SqsDueQueue:
    """Triggers what the Scheduler does not: immediate runs, and occurrences that it missed."""

    def __init__(self, client: "SQSClient", *, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def put(self, message: DueMessage) -> None:
        """Enqueue a message. Raises UnavailableError ``queue_unavailable``."""
        body = DueBody(
            org=message.organization,
            campaign=message.campaign,
            at=message.at,
            extra=message.extra,
            test=message.is_test,
        )
        try:
            self._client.send_message(
                QueueUrl=self._queue_url,
                MessageBody=body.model_dump_json(exclude_defaults=True),
                MessageGroupId=message.organization,
            )
        except (BotoCoreError, ClientError) as error:
            raise UnavailableError("queue_unavailable") from error


class SqsRedelivery:
    """Sets when a message that was not acknowledged becomes visible again."""

    def __init__(self, client: "SQSClient", *, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def delay(self, receipt_handle: str, by: timedelta) -> None:
        """Hide the message received as ``receipt_handle`` for ``by``, rounded to whole seconds."""
        self._client.change_message_visibility(
            QueueUrl=self._queue_url,
            ReceiptHandle=receipt_handle,
            VisibilityTimeout=round(by.total_seconds()),
        )
