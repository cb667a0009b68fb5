"""EventBridge Scheduler's API, as far as functions use it, with AWS's refusals."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from botocore.awsrequest import AWSPreparedRequest
from pydantic import ValidationError

from local.aws import Answer, body_of, refusal
from local.expressions import ExpressionError
from local.faults import Faults
from local.schedule_models import Schedule
from local.schedules import Schedules, arn_of

_NAME = re.compile(r"[0-9a-zA-Z_.-]{1,64}")
_NOT_OF_THE_SCHEDULE = ("ClientToken", "GroupName", "Name")


class _RefusedError(Exception):
    """The Scheduler's answer to a request it does not take."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Scheduler:
    """Answers requests about the schedules of the groups that the template has."""

    schedules: Schedules
    groups: Collection[str]
    faults: Faults

    def __call__(self, operation: str, request: AWSPreparedRequest) -> Answer:
        """The answer to one request."""
        if self.faults.take("scheduler", among=("error",)):
            return refusal(500, "InternalServerException", "Asked for by a fault.")
        url = urlsplit(request.url)
        asked = json.loads(body_of(request) or b"{}") if request.body else {}
        name = unquote(url.path.rpartition("/")[2])
        group = asked.get("GroupName") or parse_qs(url.query).get("groupName", ["default"])[0]
        try:
            self._check(group, name)
            answered = self._perform(operation, group, name, asked)
        except _RefusedError as error:
            return refusal(error.status, error.code, str(error))
        return 200, {"Content-Type": "application/json"}, json.dumps(answered).encode()

    def _check(self, group: str, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise _RefusedError(400, "ValidationException", f"Invalid name {name}.")
        if group not in self.groups:
            raise _RefusedError(
                404, "ResourceNotFoundException", f"Schedule group {group} does not exist."
            )

    def _perform(
        self, operation: str, group: str, name: str, asked: dict[str, object]
    ) -> dict[str, object]:
        known = self.schedules.find(group, name)
        if operation == "CreateSchedule":
            if known is not None:
                raise _RefusedError(409, "ConflictException", f"Schedule {name} already exists.")
            return self._put(group, name, asked)
        if known is None:
            raise _RefusedError(
                404, "ResourceNotFoundException", f"Schedule {name} does not exist."
            )
        match operation:
            case "UpdateSchedule":
                return self._put(group, name, asked)
            case "DeleteSchedule":
                self.schedules.delete(group, name)
                return {}
            case "GetSchedule":
                whole = known.model_dump(by_alias=True, exclude_none=True)
                return {"Arn": arn_of(group, name), "GroupName": group, "Name": name, **whole}
            case _:
                raise LookupError(f"scheduler {operation} is not part of the local mode")

    def _put(self, group: str, name: str, asked: dict[str, object]) -> dict[str, object]:
        told = {key: value for key, value in asked.items() if key not in _NOT_OF_THE_SCHEDULE}
        try:
            self.schedules.put(group, name, Schedule.model_validate(told))
        except (ValidationError, ExpressionError) as error:
            raise _RefusedError(400, "ValidationException", str(error)) from error
        return {"ScheduleArn": arn_of(group, name)}
