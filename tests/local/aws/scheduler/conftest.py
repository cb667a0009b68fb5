"""A scheduler with its queue, on a clock that can be moved, behind real boto3 clients."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from local.aws.queues import Queues
from local.aws.scheduler.api import Scheduler
from local.aws.scheduler.schedules import Schedules
from local.aws.transport import SWITCH
from local.state.clock import LocalClock, parse_instant
from local.state.faults import Faults
from local.state.store import State
from local.template.stack import QueueProperties

if TYPE_CHECKING:
    from types_boto3_scheduler.client import EventBridgeSchedulerClient

GROUP = "facteur-local-ScheduleGroup"
QUEUE = "arn:aws:sqs:eu-west-3:123456789012:due"
INPUT = '{"at": "<aws.scheduler.scheduled-time>", "campaign": "c1"}'


@dataclass
class Scheduling:
    """A scheduler with its queues, clock and faults."""

    state: State
    clock: LocalClock
    faults: Faults
    queues: Queues
    schedules: Schedules
    client: "EventBridgeSchedulerClient"

    def put(self, method: str = "create_schedule", name: str = "c1", **changes: Any) -> None:
        """Create or update a schedule that fires on Mondays at 08:00 in Paris."""
        request: dict[str, Any] = {
            "Name": name,
            "GroupName": GROUP,
            "ScheduleExpression": "cron(0 8 ? * MON *)",
            "ScheduleExpressionTimezone": "Europe/Paris",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {
                "Arn": QUEUE,
                "RoleArn": "arn:aws:iam::123456789012:role/scheduler",
                "Input": INPUT,
                "DeadLetterConfig": {"Arn": f"{QUEUE}-dead"},
            },
        }
        getattr(self.client, method)(**(request | changes))

    def reach(self, instant: str) -> list[str]:
        """Move the clock, fire, and take what has come since."""
        self.clock.move_to(parse_instant(instant))
        self.schedules.fire_due()
        return self.take("due")

    def take(self, queue: str) -> list[str]:
        """Receive all messages of a queue."""
        messages = self.queues.receive(queue, 1_000)
        self.queues.settle(messages, [])
        return [message.body for message in messages]


def build(folder: Path) -> Scheduling:
    """A scheduler and its queues on the data of a folder."""
    state = State(folder / "state.db")
    clock, faults = LocalClock(state), Faults()
    queues = Queues(state, clock, {"due": QueueProperties(), "due-dead": QueueProperties()})
    schedules = Schedules(state=state, clock=clock, faults=faults, queues=queues)
    SWITCH.turn_on({"scheduler": Scheduler(schedules, {GROUP}, faults)})
    client = boto3.client(
        "scheduler",
        region_name="eu-west-3",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"mode": "standard", "total_max_attempts": 1}),
    )
    return Scheduling(state, clock, faults, queues, schedules, client)


def at_the_start(scheduling: Scheduling) -> Scheduling:
    """The same at a fixed time: Tuesday, 24 November 2099, noon in UTC."""
    scheduling.clock.move_to(datetime.fromisoformat("2099-11-24T12:00:00+00:00"))
    return scheduling


@pytest.fixture
def scheduling(tmp_path: Path) -> Iterator[Scheduling]:
    """A scheduler without schedules."""
    made = at_the_start(build(tmp_path))
    yield made
    SWITCH.turn_off()
    made.state.close()
