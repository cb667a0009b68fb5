"""The queue ``hooks``: fair by organization, like the others."""

import itertools
from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from facteur.adapters.sqs import BATCH, put_batch
from facteur.domain.identity import HookId, OrgId, WebhookId
from facteur.ports import HookMessage

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

type _Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class HookBody(BaseModel):
    """The body of a message of the queue ``hooks``."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    org: _Id
    webhook: _Id
    hook: _Id


def read_hook(body: str) -> HookMessage:
    """Parse a body. Raises pydantic's ValidationError when it is malformed."""
    read = HookBody.model_validate_json(body)
    return HookMessage(
        organization=OrgId(read.org), webhook=WebhookId(read.webhook), hook=HookId(read.hook)
    )


class SqsHookQueue:
    """The port ``HookQueue``."""

    def __init__(self, client: "SQSClient", *, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def put(self, messages: Collection[HookMessage], *, delay: timedelta = timedelta()) -> None:
        """Enqueue all messages, rounded to whole seconds.

        Raises UnavailableError ``queue_unavailable`` when some are refused at every attempt.
        """
        for batch in itertools.batched(messages, BATCH, strict=False):
            put_batch(
                self._client,
                self._queue_url,
                [(_body_of(message), message.organization) for message in batch],
                delay=round(delay.total_seconds()),
            )


def _body_of(message: HookMessage) -> str:
    return HookBody(
        org=message.organization, webhook=message.webhook, hook=message.hook
    ).model_dump_json()
