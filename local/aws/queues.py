"""Queues on disk, timed by the local clock, with redrive to their dead-letter queues."""

import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from local.state.clock import LocalClock
from local.state.store import State, Value
from local.template.stack import QueueProperties


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """A message in flight; times are in seconds since 1970."""

    row: int
    message_id: str
    receipt_handle: str
    body: str
    sent_at: float
    first_received_at: float
    receives: int
    group: str | None


_FAIR_BATCH = """
WITH busy AS (
    SELECT message_group, count(*) AS in_flight FROM messages
    WHERE queue = ?1 AND in_flight = 1 GROUP BY message_group
), waiting AS (
    SELECT *, row_number() OVER (
        PARTITION BY coalesce(message_group, message_id) ORDER BY id
    ) AS turn
    FROM messages WHERE queue = ?1 AND in_flight = 0 AND visible_at <= ?2
)
SELECT id, message_id, body, sent_at, first_received_at, receives, waiting.message_group
FROM waiting LEFT JOIN busy ON busy.message_group = waiting.message_group
ORDER BY turn + coalesce(busy.in_flight, 0), id LIMIT ?3
"""
"""Every message group in turn, those with fewer messages in flight first; a message without a group
is a group of its own. SQS's fair queues only promise that groups with few messages are not kept
waiting by those with many.
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html"""


class Queues:
    """All queues of the template."""

    def __init__(
        self, state: State, clock: LocalClock, queues: Mapping[str, QueueProperties]
    ) -> None:
        self._state = state
        self._clock = clock
        self._queues = queues
        self._changed = threading.Condition()
        self._changes = 0
        # Messages in flight when the process ended become visible at once.
        state.write(
            "UPDATE messages SET in_flight = 0, visible_at = ? WHERE in_flight = 1",
            clock.timestamp(),
        )

    def __contains__(self, queue: str) -> bool:
        return queue in self._queues

    def put(self, queue: str, body: str, *, delay: float = 0, group: str | None = None) -> str:
        """Add a message that is visible after ``delay`` seconds; returns its id.

        The messages of a queue are received fairly by ``group``.
        """
        message_id, now = str(uuid.uuid4()), self._clock.timestamp()
        self._state.write(
            "INSERT INTO messages (queue, message_id, body, sent_at, visible_at, message_group)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            queue,
            message_id,
            body,
            now,
            now + delay,
            group,
        )
        self.notify()
        return message_id

    def receive(self, queue: str, limit: int) -> list[ReceivedMessage]:
        """Up to ``limit`` visible messages, fairly by group, which are in flight from now on.

        Messages received too often move to the dead-letter queue, those past the retention period
        are deleted.
        """
        now = self._clock.timestamp()
        with self._state.transaction():
            self._state.write(
                "DELETE FROM messages WHERE queue = ? AND in_flight = 0 AND sent_at < ?",
                queue,
                now - self._queues[queue].message_retention_period,
            )
            rows = self._state.rows(_FAIR_BATCH, queue, now, limit)
            taken = [self._take(queue, row, now) for row in rows]
        return [message for message in taken if message is not None]

    def settle(self, done: Iterable[ReceivedMessage], failed: Iterable[ReceivedMessage]) -> None:
        """End the handling of a batch: delete what is done; what failed is received again once its
        visibility timeout is over."""
        with self._state.transaction():
            for message in done:
                self._state.write("DELETE FROM messages WHERE receipt = ?", message.receipt_handle)
            for message in failed:
                self._state.write(
                    "UPDATE messages SET in_flight = 0 WHERE receipt = ?", message.receipt_handle
                )
        self.notify()

    def change_visibility(self, receipt_handle: str, seconds: float) -> bool:
        """Hide a received message for ``seconds`` from now; False for an unknown receipt handle."""
        changed = self._state.write(
            "UPDATE messages SET visible_at = ? WHERE receipt = ?",
            self._clock.timestamp() + seconds,
            receipt_handle,
        )
        return changed > 0

    def is_busy(self, queue: str) -> bool:
        """Is a message of this queue in flight, or visible and waiting for a poller?"""
        return (
            self._state.value(
                "SELECT 1 FROM messages WHERE queue = ? AND (in_flight = 1 OR visible_at <= ?)",
                queue,
                self._clock.timestamp(),
            )
            is not None
        )

    def next_visible_at(self, queue: str) -> float | None:
        """When the next message not in flight becomes visible, or None; seconds since 1970."""
        found = self._state.value(
            "SELECT min(visible_at) FROM messages WHERE queue = ? AND in_flight = 0", queue
        )
        return None if found is None else float(str(found))

    def wait(self, queue: str, longest: float) -> None:
        """Sleep until a message may be visible in this queue, at most ``longest`` seconds."""
        # A caller of notify() may own the state's lock: never take that one while owning this one.
        changes, visible_at = self._changes, self.next_visible_at(queue)
        if visible_at is not None:
            longest = min(longest, visible_at - self._clock.timestamp())
        with self._changed:
            if longest > 0 and self._changes == changes:
                self._changed.wait(longest)

    def notify(self) -> None:
        """Wake all waiting threads: messages were added or settled, or the clock was moved."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def _take(self, queue: str, row: tuple[Value, ...], now: float) -> ReceivedMessage | None:
        properties = self._queues[queue]
        redrive = properties.redrive_policy
        number, message_id, body, sent_at, first_received_at, receives, group = row
        message = ReceivedMessage(
            row=int(str(number)),
            message_id=str(message_id),
            receipt_handle=uuid.uuid4().hex,
            body=str(body),
            sent_at=float(str(sent_at)),
            first_received_at=float(str(first_received_at or now)),
            receives=int(str(receives)) + 1,
            group=None if group is None else str(group),
        )
        if redrive is not None and message.receives > redrive.max_receives:
            self._state.write(
                "UPDATE messages SET queue = ?, receives = 0 WHERE id = ?",
                redrive.target.rpartition(":")[2],
                message.row,
            )
            return None
        self._state.write(
            "UPDATE messages SET in_flight = 1, receives = ?, first_received_at = ?,"
            " receipt = ?, visible_at = ? WHERE id = ?",
            message.receives,
            message.first_received_at,
            message.receipt_handle,
            now + properties.visibility_timeout,
            message.row,
        )
        return message
