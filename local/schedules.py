"""Schedules on disk, and their firing: each due instant puts its message, also after a restart."""

import logging
import threading
import uuid
from datetime import UTC, datetime

from local.clock import LocalClock
from local.expressions import next_firing, zone_named
from local.faults import Faults
from local.intrinsics import ACCOUNT, REGION
from local.queues import Queues
from local.schedule_models import Schedule
from local.state import State

_log = logging.getLogger(__name__)
_TIMES = {"drop": 0, "duplicate": 2}
"""Fault → how often a trigger comes that ought to come once."""


class Schedules:
    """The schedules of all groups, by group and name."""

    def __init__(self, *, state: State, clock: LocalClock, faults: Faults, queues: Queues) -> None:
        self._state = state
        self._clock = clock
        self._faults = faults
        self._queues = queues
        self._firing = threading.Lock()

    def find(self, group: str, name: str) -> Schedule | None:
        """A schedule, if there is one."""
        body = self._state.value(
            "SELECT body FROM schedules WHERE group_name = ? AND name = ?", group, name
        )
        return None if body is None else Schedule.model_validate_json(str(body))

    def put(self, group: str, name: str, schedule: Schedule) -> None:
        """Make the schedule be exactly this; it fires from now on. Raises ExpressionError."""
        now = self._clock.now()
        # Also of one that is disabled: what AWS refuses is refused whatever its state.
        following = _following(schedule, since=now, after=now)
        self._state.write(
            "INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, ?, ?)",
            group,
            name,
            schedule.model_dump_json(by_alias=True),
            now.timestamp(),
            following.timestamp() if following and schedule.state == "ENABLED" else None,
        )

    def delete(self, group: str, name: str) -> bool:
        """Remove a schedule; False when there is none."""
        return (
            self._state.write(
                "DELETE FROM schedules WHERE group_name = ? AND name = ?", group, name
            )
            > 0
        )

    def next_due_at(self) -> float | None:
        """When the next schedule fires."""
        found = self._state.value("SELECT min(next_at) FROM schedules WHERE next_at IS NOT NULL")
        return None if found is None else float(str(found))

    def fire_due(self) -> None:
        """Fire all that is due, in order; what fell due while nothing ran here comes now."""
        with self._firing:
            while self._fire_first():
                pass

    def _fire_first(self) -> bool:
        with self._state.transaction():
            rows = self._state.rows(
                "SELECT group_name, name, body, put_at, next_at FROM schedules"
                " WHERE next_at <= ? ORDER BY next_at, name LIMIT 1",
                self._clock.timestamp(),
            )
            for group, name, body, put_at, next_at in rows:
                schedule, at = Schedule.model_validate_json(str(body)), _instant(next_at)
                self._put_messages(str(group), str(name), schedule, at)
                following = _following(schedule, since=_instant(put_at), after=at)
                if following is None and schedule.action_after_completion == "DELETE":
                    self.delete(str(group), str(name))
                else:
                    self._state.write(
                        "UPDATE schedules SET next_at = ? WHERE group_name = ? AND name = ?",
                        None if following is None else following.timestamp(),
                        group,
                        name,
                    )
            return bool(rows)

    def _put_messages(self, group: str, name: str, schedule: Schedule, at: datetime) -> None:
        fault = self._faults.take("scheduler", among=tuple(_TIMES))
        for _ in range(_TIMES.get(fault or "", 1)):
            body = _filled(schedule.target.input, arn_of(group, name), at)
            for queue in schedule.target.queues():
                if queue in self._queues:
                    self._queues.put(queue, body)
                    break
            else:
                _log.warning("schedule %s has no queue to put its message in", name)


def arn_of(group: str, name: str) -> str:
    """The ARN of a schedule."""
    return f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/{group}/{name}"


def _filled(text: str, arn: str, at: datetime) -> str:
    """The input with its context attributes replaced.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
    """
    attributes = {
        "schedule-arn": arn,
        "scheduled-time": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "execution-id": str(uuid.uuid4()),
        "attempt-number": "1",
    }
    for attribute, value in attributes.items():
        text = text.replace(f"<aws.scheduler.{attribute}>", value)
    return text


def _following(schedule: Schedule, *, since: datetime, after: datetime) -> datetime | None:
    zone = zone_named(schedule.schedule_expression_timezone)
    return next_firing(schedule.schedule_expression, zone, since=since, after=after)


def _instant(timestamp: object) -> datetime:
    return datetime.fromtimestamp(float(str(timestamp)), UTC)
