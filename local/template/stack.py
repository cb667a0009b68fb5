"""What the template declares, as far as the local mode runs it."""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_pascal

from local.template.data import Data
from local.template.policies import Statement


class _Properties(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal, extra="forbid")


class _Redrive(BaseModel):
    model_config = ConfigDict(extra="forbid")
    target: str = Field(alias="deadLetterTargetArn")
    max_receives: int = Field(alias="maxReceiveCount")


class QueueProperties(_Properties):
    """A queue. ``visibility_timeout`` and ``message_retention_period`` are in seconds.

    ``redrive_policy`` says after how many receives a message moves to which dead-letter queue.
    """

    visibility_timeout: int = 30
    redrive_policy: _Redrive | None = None
    message_retention_period: int = 345_600
    sqs_managed_sse_enabled: bool = True


class _Scaling(_Properties):
    maximum_concurrency: int = 2


class QueueEvent(_Properties):
    """A function's event of type SQS."""

    queue: str
    batch_size: int = 10
    maximum_batching_window_in_seconds: int = 0  # here whatever has come is read at once
    function_response_types: list[str] = []
    scaling_config: _Scaling = _Scaling()


type Policy = tuple[Statement, ...] | str
"""The statements of a policy, or the name of a managed one."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its code, environment and policies.

    ``timeout`` is in seconds, ``memory`` in MB. ``policies`` is None when the template gives the
    function none.
    """

    name: str
    folder: Path
    handler: str
    timeout: int
    memory: int
    environment: dict[str, str]
    policies: tuple[Policy, ...] | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """A method and path of the HTTP API; ``is_open`` routes need no token."""

    method: str
    path: str
    function: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class EventSource:
    """A queue whose messages a function handles: Lambda's event source mapping."""

    function: str
    queue: str
    event: QueueEvent


@dataclass(frozen=True, slots=True)
class Timer:
    """A function that runs every ``seconds``."""

    function: str
    seconds: int
    name: str


@dataclass(slots=True, kw_only=True)
class Stack:
    """Everything that the local mode runs.

    Functions are keyed by logical id; queues, tables, buckets, configuration sets and schedule
    groups by name.
    """

    root: Path
    functions: dict[str, Function] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    queues: dict[str, QueueProperties] = field(default_factory=dict)
    event_sources: list[EventSource] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    tables: dict[str, dict[str, Data]] = field(default_factory=dict)
    buckets: dict[str, dict[str, Data]] = field(default_factory=dict)
    subscriptions: list[dict[str, Data]] = field(default_factory=list)
    destinations: list[dict[str, Data]] = field(default_factory=list)
    configuration_sets: set[str] = field(default_factory=set)
    schedule_groups: set[str] = field(default_factory=set)
    managed_policies: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    bucket_statements: list[Statement] = field(default_factory=list)
    issuer: str = ""
    audience: tuple[str, ...] = ()

    def statements_for(self, function: Function) -> list[Statement] | None:
        """What decides about the calls of a function: its policies, managed ones included, and
        those of the buckets. None when the template gives it no policies.
        """
        if function.policies is None:
            return None
        own = [
            statement
            for policy in function.policies
            for statement in (self.managed_policies[policy] if isinstance(policy, str) else policy)
        ]
        return own + self.bucket_statements
