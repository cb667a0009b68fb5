"""Queues on disk that live by the local clock, with redrive to their dead-letter queues."""

import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from local.clock import LocalClock
from local.stack import QueueProperties
from local.state import State, Value


@dataclass(frozen=True, slots=True)
class Received:
    """A message in the hands of a worker; times are seconds since 1970."""

    row: int
    message_id: str
    receipt: str
    body: str
    sent_at: float
    first_received_at: float
    receives: int


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
        # Whoever held a message when the process died holds it no longer.
        state.write(
            "UPDATE messages SET in_flight = 0, visible_at = ? WHERE in_flight = 1",
            clock.timestamp(),
        )

    def __contains__(self, queue: str) -> bool:
        return queue in self._queues

    def put(self, queue: str, body: str, *, delay: float = 0) -> str:
        """Add a message, to be received after ``delay`` seconds; returns its id."""
        message_id, now = str(uuid.uuid4()), self._clock.timestamp()
        self._state.write(
            "INSERT INTO messages (queue, message_id, body, sent_at, visible_at)"
            " VALUES (?, ?, ?, ?, ?)",
            queue,
            message_id,
            body,
            now,
            now + delay,
        )
        self.notify()
        return message_id

    def receive(self, queue: str, limit: int) -> list[Received]:
        """Take up to ``limit`` messages; those received too often go to the dead letters, those
        kept for too long are gone."""
        now = self._clock.timestamp()
        with self._state.transaction():
            self._state.write(
                "DELETE FROM messages WHERE queue = ? AND in_flight = 0 AND sent_at < ?",
                queue,
                now - self._queues[queue].message_retention_period,
            )
            rows = self._state.rows(
                "SELECT id, message_id, body, sent_at, first_received_at, receives FROM messages"
                " WHERE queue = ? AND in_flight = 0 AND visible_at <= ? ORDER BY id LIMIT ?",
                queue,
                now,
                limit,
            )
            taken = [self._take(queue, row, now) for row in rows]
        return [message for message in taken if message is not None]

    def settle(self, done: Iterable[Received], failed: Iterable[Received]) -> None:
        """End the handling of a batch: what is done goes, what failed comes again when visible."""
        with self._state.transaction():
            for message in done:
                self._state.write("DELETE FROM messages WHERE receipt = ?", message.receipt)
            for message in failed:
                self._state.write(
                    "UPDATE messages SET in_flight = 0 WHERE receipt = ?", message.receipt
                )
        self.notify()

    def change_visibility(self, receipt: str, seconds: float) -> bool:
        """Hide a received message for ``seconds`` from now; False when the receipt is unknown."""
        changed = self._state.write(
            "UPDATE messages SET visible_at = ? WHERE receipt = ?",
            self._clock.timestamp() + seconds,
            receipt,
        )
        return changed > 0

    def is_busy(self, queue: str) -> bool:
        """Is a message of this queue in a worker's hands, or waiting for one?"""
        return (
            self._state.value(
                "SELECT 1 FROM messages WHERE queue = ? AND (in_flight = 1 OR visible_at <= ?)",
                queue,
                self._clock.timestamp(),
            )
            is not None
        )

    def next_visible_at(self, queue: str) -> float | None:
        """When the next waiting message of this queue may be received."""
        found = self._state.value(
            "SELECT min(visible_at) FROM messages WHERE queue = ? AND in_flight = 0", queue
        )
        return None if found is None else float(str(found))

    def wait(self, queue: str, longest: float) -> None:
        """Sleep until something may have changed for this queue, at most ``longest`` seconds."""
        # Whoever notifies may hold the lock of the state: it is never asked for inside this one.
        changes, visible_at = self._changes, self.next_visible_at(queue)
        if visible_at is not None:
            longest = min(longest, visible_at - self._clock.timestamp())
        with self._changed:
            if longest > 0 and self._changes == changes:
                self._changed.wait(longest)

    def notify(self) -> None:
        """Wake whoever waits: a message came or went, or the clock was moved."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def _take(self, queue: str, row: tuple[Value, ...], now: float) -> Received | None:
        properties = self._queues[queue]
        redrive = properties.redrive_policy
        number, message_id, body, sent_at, first_received_at, receives = row
        message = Received(
            row=int(str(number)),
            message_id=str(message_id),
            receipt=uuid.uuid4().hex,
            body=str(body),
            sent_at=float(str(sent_at)),
            first_received_at=float(str(first_received_at or now)),
            receives=int(str(receives)) + 1,
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
            message.receipt,
            now + properties.visibility_timeout,
            message.row,
        )
        return message
