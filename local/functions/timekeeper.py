"""Everything that happens at a time: timers, schedules, SES events; and moving the clock."""

import logging
import math
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from local.aws.dynamodb import DynamoDB
from local.aws.queues import Queues
from local.aws.scheduler.schedules import Schedules
from local.aws.sns import SesEventPublisher
from local.functions.runtime import Event, FunctionError, Functions
from local.state.clock import BackwardsError, LocalClock, format_instant, parse_instant
from local.template.names import ACCOUNT, REGION
from local.template.stack import EventSource, Timer

_log = logging.getLogger(__name__)
_POLL_INTERVAL = 0.005
_LONGEST_WAIT = 1.0
_RETRY_DELAY = timedelta(minutes=5)
_LONGEST_RETRY_DELAY = timedelta(days=1)
_BETWEEN_EVENTS = 0.2
"""Seconds between two publications, so that events are handled in batches of up to ten."""


class Timekeeper:
    """Fires timers and schedules and publishes SES events when they are due by the local clock.

    Moving the clock does so in order for everything due on the way, except that a timer is fired
    only when an item is overdue: a year has 105,000 periods of five minutes.
    """

    def __init__(
        self,
        *,
        clock: LocalClock,
        queues: Queues,
        events: SesEventPublisher,
        schedules: Schedules,
        database: DynamoDB,
        functions: Functions,
        sources: Sequence[EventSource],
        timers: Sequence[Timer],
        daily: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._queues = queues
        self._events = events
        self._schedules = schedules
        self._database = database
        self._functions = functions
        self._polled = [source.queue for source in sources]
        self._timers = timers
        self._daily = daily
        self._moving = threading.Lock()
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._threads = [
            threading.Thread(target=self._publish, name="events"),
            threading.Thread(target=self._fire_schedules, name="schedules"),
            *(threading.Thread(target=self._tick, args=(timer,)) for timer in timers),
        ]

    def start(self) -> None:
        """Start the threads that fire and publish."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop the threads once what they are doing is done."""
        self._stopping.set()
        self._wake.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def wake(self) -> None:
        """Check again what is due: an event was added."""
        self._wake.set()

    def move(self, target_from: Callable[[datetime], datetime]) -> datetime:
        """Move the clock and fire all that is due on the way; returns the new time.

        ``target_from`` gives the instant to move to, from the time at which this move begins: moves
        are made one after the other. Waits until the queues that functions poll have nothing
        visible. Raises BackwardsError.
        """
        with self._moving:
            target = target_from(self._clock.now())
            if target < self._clock.now():
                raise BackwardsError
            self._settle()
            retry_delay = timedelta()
            while (due := min(self._coming(retry_delay), default=target)) < target:
                self._arrive(due)
                overdue = self._overdue_by(due)
                if overdue is not None and due in self._boundaries(due):
                    self._fire_all(due)
                    # An item that a timer leaves overdue is tried again at growing intervals.
                    is_stuck = overdue == self._overdue_by(due)
                    longer = min(retry_delay * 2 or _RETRY_DELAY, _LONGEST_RETRY_DELAY)
                    retry_delay = longer if is_stuck else timedelta()
                self._settle()
            self._arrive(target)
            self._fire_all(target)
            self._daily()
            self._settle()
            return self._clock.now()

    def fire_timers(self) -> None:
        """Fire every timer now, before its time, and wait until what it started is done."""
        with self._moving:
            self._fire_all(self._clock.now())
            self._settle()

    def _arrive(self, instant: datetime) -> None:
        self._clock.move_to(instant)
        self._queues.notify()
        self._wake.set()

    def _coming(self, retry_delay: timedelta) -> Iterator[datetime]:
        """Instants when something is due; what is overdue already, ``retry_delay`` from now."""
        now = self._clock.timestamp()
        for queue in self._polled:
            visible_at = self._queues.next_visible_at(queue)
            if visible_at is not None and visible_at > now:
                yield _just_after(visible_at)
        event_at = self._events.next_due_at()
        if event_at is not None and event_at > now:
            yield _just_after(math.ceil(event_at / _BETWEEN_EVENTS) * _BETWEEN_EVENTS)
        firing_at = self._schedules.next_due_at()
        if firing_at is not None and firing_at > now:
            yield datetime.fromtimestamp(firing_at, UTC)
        if self._overdue_by(self._clock.now()) is not None:
            yield from self._boundaries(self._clock.now() + retry_delay)
        overdue_at = self._database.first_overdue(after=format_instant(self._clock.now()))
        if overdue_at is not None:
            yield from self._boundaries(parse_instant(overdue_at))

    def _overdue_by(self, instant: datetime) -> datetime | None:
        """Since when something has been overdue at an instant; None when nothing is."""
        first = self._database.first_overdue()
        since = None if first is None else parse_instant(first)
        return since if since is not None and since <= instant else None

    def _boundaries(self, instant: datetime) -> list[datetime]:
        """For each timer, its first period boundary at or after ``instant``."""
        return [
            datetime.fromtimestamp(-(-instant.timestamp() // timer.seconds) * timer.seconds, UTC)
            for timer in self._timers
        ]

    def _settle(self) -> None:
        """Fire all that is due until no polled queue has a visible message or one in flight."""
        while not self._stopping.is_set():
            self._schedules.fire_due()
            self._events.publish_due()
            # In this order: a poller plans its SES events before its message leaves the queue.
            if (
                not any(self._queues.is_busy(queue) for queue in self._polled)
                and not self._is_due()
            ):
                return
            time.sleep(_POLL_INTERVAL)

    def _is_due(self) -> bool:
        now = self._clock.timestamp()
        instants = (self._schedules.next_due_at(), self._events.next_due_at())
        return any(instant is not None and instant <= now for instant in instants)

    def _fire_schedules(self) -> None:
        while not self._stopping.is_set():
            self._schedules.fire_due()
            due_at = self._schedules.next_due_at()
            ahead = _LONGEST_WAIT if due_at is None else due_at - self._clock.timestamp()
            self._stopping.wait(min(max(ahead, 0.001), _LONGEST_WAIT))

    def _publish(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            self._events.publish_due()
            due_at = self._events.next_due_at()
            ahead = _LONGEST_WAIT if due_at is None else due_at - self._clock.timestamp()
            self._stopping.wait(_BETWEEN_EVENTS)
            self._wake.wait(min(max(ahead - _BETWEEN_EVENTS, 0), _LONGEST_WAIT))

    def _tick(self, timer: Timer) -> None:
        last = self._clock.timestamp() // timer.seconds
        while not self._stopping.wait(_LONGEST_WAIT):
            if self._clock.timestamp() // timer.seconds == last:
                continue
            if self._moving.acquire(blocking=False):
                try:
                    last = self._clock.timestamp() // timer.seconds
                    self._fire(timer, self._clock.now())
                finally:
                    self._moving.release()

    def _fire_all(self, at: datetime) -> None:
        for timer in self._timers:
            self._fire(timer, at)

    def _fire(self, timer: Timer, at: datetime) -> None:
        try:
            self._functions.invoke(timer.function, _scheduled_event(timer, at))
        except FunctionError:
            _log.warning("timer %s of %s failed", timer.name, timer.function)


def _just_after(timestamp: float) -> datetime:
    """The first whole millisecond, the clock's resolution, at or after an instant."""
    return datetime.fromtimestamp(math.ceil(timestamp * 1000) / 1000, UTC)


def _scheduled_event(timer: Timer, at: datetime) -> Event:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": format_instant(at.replace(microsecond=0)).replace(".000Z", "Z"),
        "region": REGION,
        "resources": [f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{timer.function}-{timer.name}"],
        "detail": {},
    }
