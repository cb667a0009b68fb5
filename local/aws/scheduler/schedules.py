"""Schedules on disk. Each fires once for every due instant, those during a downtime included."""

import logging
import threading
import uuid
from datetime import UTC, datetime

from local.aws.queues import Queues
from local.aws.scheduler.expressions import next_firing, zone_named
from local.aws.scheduler.models import Schedule
from local.state.clock import LocalClock
from local.state.faults import Faults
from local.state.store import State
from local.template.names import ACCOUNT, REGION

_log = logging.getLogger(__name__)
_COPIES = {"drop": 0, "duplicate": 2}
"""Fault → how often a due instant sends its message."""


class Schedules:
    """The schedules of all groups."""

    def __init__(self, *, state: State, clock: LocalClock, faults: Faults, queues: Queues) -> None:
        self._state = state
        self._clock = clock
        self._faults = faults
        self._queues = queues
        self._firing = threading.Lock()

    def find(self, group: str, name: str) -> Schedule | None:
        """A schedule by group and name, or None."""
        body = self._state.value(
            "SELECT body FROM schedules WHERE group_name = ? AND name = ?", group, name
        )
        return None if body is None else Schedule.model_validate_json(str(body))

    def put(self, group: str, name: str, schedule: Schedule) -> None:
        """Create or replace a schedule, which fires from now on; raises ExpressionError."""
        now = self._clock.now()
        # Computed for a disabled schedule as well: AWS refuses a wrong expression in any state.
        following = _next_after(schedule, since=now, after=now)
        self._state.write(
            "INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, ?, ?)",
            group,
            name,
            schedule.model_dump_json(by_alias=True),
            now.timestamp(),
            following.timestamp() if following and schedule.state == "ENABLED" else None,
        )

    def delete(self, group: str, name: str) -> bool:
        """Delete a schedule; False when there is none."""
        return (
            self._state.write(
                "DELETE FROM schedules WHERE group_name = ? AND name = ?", group, name
            )
            > 0
        )

    def next_due_at(self) -> float | None:
        """When the next schedule fires, in seconds since 1970, or None."""
        found = self._state.value("SELECT min(next_at) FROM schedules WHERE next_at IS NOT NULL")
        return None if found is None else float(str(found))

    def fire_due(self) -> None:
        """Fire every due instant in order, those that passed while nothing ran included."""
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
                self._send(str(group), str(name), schedule, at)
                following = _next_after(schedule, since=_instant(put_at), after=at)
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

    def _send(self, group: str, name: str, schedule: Schedule, at: datetime) -> None:
        fault = self._faults.take("scheduler", among=tuple(_COPIES))
        for _ in range(_COPIES.get(fault or "", 1)):
            body = _with_context(schedule.target.input, arn_of(group, name), at)
            for queue in schedule.target.queues():
                if queue in self._queues:
                    self._queues.put(queue, body)
                    break
            else:
                _log.warning("schedule %s has no queue to put its message in", name)


def arn_of(group: str, name: str) -> str:
    """The ARN of a schedule."""
    return f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/{group}/{name}"


def _with_context(text: str, arn: str, at: datetime) -> str:
    """An input with its context attributes replaced.

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


def _next_after(schedule: Schedule, *, since: datetime, after: datetime) -> datetime | None:
    zone = zone_named(schedule.schedule_expression_timezone)
    return next_firing(schedule.schedule_expression, zone, since=since, after=after)


def _instant(timestamp: object) -> datetime:
    return datetime.fromtimestamp(float(str(timestamp)), UTC)
