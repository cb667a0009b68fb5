"""EventBridge Scheduler's API, as far as functions call it, with AWS's errors."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from botocore.awsrequest import AWSPreparedRequest
from pydantic import ValidationError

from local.aws.scheduler.expressions import ExpressionError
from local.aws.scheduler.models import Schedule
from local.aws.scheduler.schedules import Schedules, arn_of
from local.aws.transport import Response, body_of, error_response
from local.state.faults import Faults

_NAME = re.compile(r"[0-9a-zA-Z_.-]{1,64}")
_IDENTIFYING = ("ClientToken", "GroupName", "Name")
"""Parameters that say which schedule is meant; all others are its content."""


class _SchedulerError(Exception):
    """An error response of the Scheduler: status, code and message."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Scheduler:
    """Answers requests about schedules in the schedule groups of the template."""

    schedules: Schedules
    groups: Collection[str]
    faults: Faults

    def __call__(self, operation: str, request: AWSPreparedRequest) -> Response:
        """The response to one request."""
        if self.faults.take("scheduler", among=("error",)):
            return error_response(500, "InternalServerException", "Asked for by a fault.")
        url = urlsplit(request.url)
        parameters = json.loads(body_of(request) or b"{}") if request.body else {}
        name = unquote(url.path.rpartition("/")[2])
        group = parameters.get("GroupName") or parse_qs(url.query).get("groupName", ["default"])[0]
        try:
            self._check(group, name)
            result = self._perform(operation, group, name, parameters)
        except _SchedulerError as error:
            return error_response(error.status, error.code, str(error))
        return 200, {"Content-Type": "application/json"}, json.dumps(result).encode()

    def _check(self, group: str, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise _SchedulerError(400, "ValidationException", f"Invalid name {name}.")
        if group not in self.groups:
            raise _SchedulerError(
                404, "ResourceNotFoundException", f"Schedule group {group} does not exist."
            )

    def _perform(
        self, operation: str, group: str, name: str, parameters: dict[str, object]
    ) -> dict[str, object]:
        existing = self.schedules.find(group, name)
        if operation == "CreateSchedule":
            if existing is not None:
                raise _SchedulerError(409, "ConflictException", f"Schedule {name} already exists.")
            return self._put(group, name, parameters)
        if existing is None:
            raise _SchedulerError(
                404, "ResourceNotFoundException", f"Schedule {name} does not exist."
            )
        match operation:
            case "UpdateSchedule":
                return self._put(group, name, parameters)
            case "DeleteSchedule":
                self.schedules.delete(group, name)
                return {}
            case "GetSchedule":
                whole = existing.model_dump(by_alias=True, exclude_none=True)
                return {"Arn": arn_of(group, name), "GroupName": group, "Name": name, **whole}
            case _:
                raise LookupError(f"scheduler {operation} is not part of the local mode")

    def _put(self, group: str, name: str, parameters: dict[str, object]) -> dict[str, object]:
        fields = {key: value for key, value in parameters.items() if key not in _IDENTIFYING}
        try:
            self.schedules.put(group, name, Schedule.model_validate(fields))
        except (ValidationError, ExpressionError) as error:
            raise _SchedulerError(400, "ValidationException", str(error)) from error
        return {"ScheduleArn": arn_of(group, name)}
