"""EventBridge Scheduler: one schedule per campaign, which writes to the queue ``due``.

https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict
from zoneinfo import ZoneInfo

from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from facteur.adapters.schedule_expression import native_schedule
from facteur.domain.deadlines import MISSED_AFTER
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import CampaignId, OrgId
from facteur.domain.schedule_sync import Schedule

if TYPE_CHECKING:
    from types_boto3_scheduler import EventBridgeSchedulerClient
    from types_boto3_scheduler.literals import ActionAfterCompletionType, ScheduleStateType
    from types_boto3_scheduler.type_defs import FlexibleTimeWindowTypeDef, TargetTypeDef

SCHEDULED_TIME = "<aws.scheduler.scheduled-time>"
"""Scheduler replaces this by the scheduled instant: 2026-11-30T05:30:00Z.
https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html"""
_MOST_RETRIES = 185
_ATTEMPTS = 4
_REFUSALS = {
    "AccessDenied",
    "AccessDeniedException",
    "ServiceQuotaExceededException",
    "ValidationException",
}


class _Schedule(TypedDict):
    """Every field of a schedule.

    UpdateSchedule resets omitted fields to their defaults, which would enable a paused schedule.
    """

    Name: str
    GroupName: str
    ScheduleExpression: str
    ScheduleExpressionTimezone: str
    State: "ScheduleStateType"
    FlexibleTimeWindow: "FlexibleTimeWindowTypeDef"
    Target: "TargetTypeDef"
    ActionAfterCompletion: "ActionAfterCompletionType"


class EventBridgeSchedules:
    """The port ``Schedules``. A schedule is named by its campaign's ULID, unique everywhere."""

    def __init__(
        self,
        client: "EventBridgeSchedulerClient",
        *,
        group: str,
        queue_arn: str,
        dead_letter_arn: str,
        role_arn: str,
    ) -> None:
        """``role_arn`` may send to the queue and to the dead-letter queue."""
        self._client = client
        self._group = group
        self._queue_arn = queue_arn
        self._dead_letter_arn = dead_letter_arn
        self._role_arn = role_arn

    def put(
        self,
        organization: OrgId,
        campaign_id: CampaignId,
        schedule: Schedule,
        *,
        active: bool,
    ) -> None:
        native = native_schedule(schedule.recurrence, ZoneInfo(schedule.timezone))
        request = _Schedule(
            Name=campaign_id,
            GroupName=self._group,
            ScheduleExpression=native.expression,
            ScheduleExpressionTimezone=native.timezone,
            State="ENABLED" if active else "DISABLED",
            FlexibleTimeWindow={"Mode": "OFF"},
            Target=self._target(organization, campaign_id),
            ActionAfterCompletion="DELETE" if native.ends else "NONE",
        )
        for _ in range(_ATTEMPTS):
            if self._update(request) or self._create(request):
                return
        raise UnavailableError("scheduler_unavailable")

    def delete(self, organization: OrgId, campaign_id: CampaignId) -> None:  # noqa: ARG002
        for _ in range(_ATTEMPTS):
            with _translated():
                try:
                    self._client.delete_schedule(Name=campaign_id, GroupName=self._group)
                except self._client.exceptions.ResourceNotFoundException:
                    return
                except self._client.exceptions.ConflictException:
                    continue
            return
        raise UnavailableError("scheduler_unavailable")

    def _update(self, schedule: _Schedule) -> bool:
        """Update the schedule; False if it does not exist or a concurrent call changes it."""
        with _translated():
            try:
                self._client.update_schedule(**schedule)
            except (
                self._client.exceptions.ResourceNotFoundException,
                self._client.exceptions.ConflictException,
            ):
                return False
        return True

    def _create(self, schedule: _Schedule) -> bool:
        """Create the schedule; False if it exists."""
        with _translated():
            try:
                self._client.create_schedule(**schedule)
            except self._client.exceptions.ConflictException:
                return False
        return True

    def _target(self, organization: OrgId, campaign_id: CampaignId) -> "TargetTypeDef":
        trigger = {"org": organization, "campaign": campaign_id, "at": SCHEDULED_TIME}
        return {
            "Arn": self._queue_arn,
            "RoleArn": self._role_arn,
            "Input": json.dumps(trigger),
            "RetryPolicy": {
                # An occurrence triggered later than this counts as missed.
                "MaximumEventAgeInSeconds": round(MISSED_AFTER.total_seconds()),
                "MaximumRetryAttempts": _MOST_RETRIES,
            },
            "DeadLetterConfig": {"Arn": self._dead_letter_arn},
        }


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise _unavailable(error) from error


def _unavailable(error: BotoCoreError | ClientError) -> UnavailableError:
    """The port's error: ``schedule_refused`` if trying again would fail the same way."""
    if isinstance(error, ParamValidationError):
        return UnavailableError("schedule_refused")
    if isinstance(error, ClientError) and error.response["Error"]["Code"] in _REFUSALS:
        return UnavailableError("schedule_refused")
    return UnavailableError("scheduler_unavailable")
