"""A schedule in the spelling of EventBridge Scheduler's API, with the bounds that it enforces.

https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_pascal

type QueueArn = Annotated[
    str, StringConstraints(pattern=r"^arn:aws(-[a-z]+)*:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$")
]
"""A standard queue: the only kind of dead-letter queue, and the only target supported here."""


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal, extra="forbid")


class _DeadLetters(_Part):
    arn: QueueArn


class _Retries(_Part):
    maximum_event_age_in_seconds: Annotated[int, Field(ge=60, le=86_400)] = 86_400
    maximum_retry_attempts: Annotated[int, Field(ge=0, le=185)] = 185


class _Window(_Part):
    mode: Literal["OFF"]


class Target(_Part):
    """The queue that a schedule sends its message to, and the message."""

    arn: QueueArn
    role_arn: Annotated[
        str, StringConstraints(pattern=r"^arn:aws(-[a-z]+)?:iam::\d{12}:role/[\w+=,.@/-]+$")
    ]
    input: Annotated[str, StringConstraints(min_length=1)]
    dead_letter_config: _DeadLetters | None = None
    retry_policy: _Retries = _Retries()

    def queues(self) -> Iterator[str]:
        """The names of its queue and, when it has one, of its dead-letter queue."""
        yield self.arn.rpartition(":")[2]
        if self.dead_letter_config is not None:
            yield self.dead_letter_config.arn.rpartition(":")[2]


class Schedule(_Part):
    """The content of a schedule. An update replaces all of it with defaults for what is absent."""

    schedule_expression: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    schedule_expression_timezone: Annotated[str, StringConstraints(min_length=1, max_length=50)] = (
        "UTC"
    )
    flexible_time_window: _Window
    target: Target
    state: Literal["ENABLED", "DISABLED"] = "ENABLED"
    action_after_completion: Literal["NONE", "DELETE"] = "NONE"
    description: Annotated[str, StringConstraints(max_length=512)] = ""
