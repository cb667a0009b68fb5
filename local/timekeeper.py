"""What happens by itself as time goes by, and time that is moved by hand."""

import logging
import math
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from local.clock import BackwardsError, LocalClock, format_instant, parse_instant
from local.dynamodb import DynamoDB
from local.functions import Event, FunctionError, Functions
from local.intrinsics import ACCOUNT, REGION
from local.queues import Queues
from local.receipts import Receipts
from local.schedules import Schedules
from local.stack import Feed, Timer

_log = logging.getLogger(__name__)
_LOOK_AGAIN = 0.005
_LONGEST_WAIT = 1.0
_PATIENCE = timedelta(minutes=5)
_LONGEST_PATIENCE = timedelta(days=1)
_BETWEEN_EVENTS = 0.2
"""Seconds in which events gather: a function that is fed ten at a time does a tenth of the work."""


class Timekeeper:
    """Fires timers and schedules and publishes events when due, on a clock that can be moved.

    Moving it fires in order all that falls due on the way. A timer that would find nothing is not
    fired: a year has 105,000 times five minutes.
    """

    def __init__(
        self,
        *,
        clock: LocalClock,
        queues: Queues,
        receipts: Receipts,
        schedules: Schedules,
        database: DynamoDB,
        functions: Functions,
        feeds: Sequence[Feed],
        timers: Sequence[Timer],
        daily: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._queues = queues
        self._receipts = receipts
        self._schedules = schedules
        self._database = database
        self._functions = functions
        self._fed = [feed.queue for feed in feeds]
        self._timers = timers
        self._daily = daily
        self._moving = threading.Lock()
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._threads = [
            threading.Thread(target=self._publish, name="receipts"),
            threading.Thread(target=self._ring, name="schedules"),
            *(threading.Thread(target=self._tick, args=(timer,)) for timer in timers),
        ]

    def start(self) -> None:
        """Let time do its work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish what is being fired and stop."""
        self._stopping.set()
        self._wake.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def wake(self) -> None:
        """Look again at what is due: something was added."""
        self._wake.set()

    def move_to(self, target: datetime) -> datetime:
        """Move the clock to ``target``, firing all that falls due; returns when all is quiet.

        Raises BackwardsError.
        """
        with self._moving:
            if target < self._clock.now():
                raise BackwardsError
            self._settle()
            patience = timedelta()
            while (due := min(self._coming(patience), default=target)) < target:
                self._arrive(due)
                if due in self._boundaries(due):
                    overdue = self._database.first_overdue()
                    self._fire_all(due)
                    # What a timer cannot settle now is tried again later and later.
                    is_stuck = overdue is not None and overdue == self._database.first_overdue()
                    longer = min(patience * 2 or _PATIENCE, _LONGEST_PATIENCE)
                    patience = longer if is_stuck else timedelta()
                self._settle()
            self._arrive(target)
            self._fire_all(target)
            self._daily()
            self._settle()
            return self._clock.now()

    def _arrive(self, instant: datetime) -> None:
        self._clock.move_to(instant)
        self._queues.notify()
        self._wake.set()

    def _coming(self, patience: timedelta) -> Iterator[datetime]:
        """Instants after now at which something falls due; timers, ``patience`` from now."""
        now = self._clock.timestamp()
        for queue in self._fed:
            visible_at = self._queues.next_visible_at(queue)
            if visible_at is not None and visible_at > now:
                yield _just_after(visible_at)
        event_at = self._receipts.next_due_at()
        if event_at is not None and event_at > now:
            yield _just_after(math.ceil(event_at / _BETWEEN_EVENTS) * _BETWEEN_EVENTS)
        firing_at = self._schedules.next_due_at()
        if firing_at is not None and firing_at > now:
            yield datetime.fromtimestamp(firing_at, UTC)
        overdue = self._database.first_overdue()
        if overdue is not None:
            late = max(parse_instant(overdue), self._clock.now() + patience)
            yield from self._boundaries(late)

    def _boundaries(self, instant: datetime) -> list[datetime]:
        """For each timer, its next regular time at or after ``instant``."""
        return [
            datetime.fromtimestamp(-(-instant.timestamp() // timer.seconds) * timer.seconds, UTC)
            for timer in self._timers
        ]

    def _settle(self) -> None:
        """Fire all that is due, until no queue with a worker has anything to do any more."""
        while not self._stopping.is_set():
            self._schedules.fire_due()
            self._receipts.publish_due()
            # In this order: a worker that ends leaves its events before it leaves its queue.
            if not any(self._queues.is_busy(queue) for queue in self._fed) and not self._is_due():
                return
            time.sleep(_LOOK_AGAIN)

    def _is_due(self) -> bool:
        now = self._clock.timestamp()
        instants = (self._schedules.next_due_at(), self._receipts.next_due_at())
        return any(instant is not None and instant <= now for instant in instants)

    def _ring(self) -> None:
        while not self._stopping.is_set():
            self._schedules.fire_due()
            due_at = self._schedules.next_due_at()
            ahead = _LONGEST_WAIT if due_at is None else due_at - self._clock.timestamp()
            self._stopping.wait(min(max(ahead, 0.001), _LONGEST_WAIT))

    def _publish(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            self._receipts.publish_due()
            due_at = self._receipts.next_due_at()
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
    """The first whole millisecond, which is how fine the clock is, at or after an instant."""
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
