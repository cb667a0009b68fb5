"""Event source mappings: threads that feed functions from their queues, as Lambda's pollers do."""

import hashlib
import logging
import threading
from collections.abc import Sequence

from local.functions import Event, FunctionError, Functions
from local.intrinsics import ACCOUNT, REGION
from local.queues import Queues, Received
from local.stack import Feed

CONCURRENCY = 2
"""Copies of a function that work on one queue at the same time, at most."""
_LONGEST_WAIT = 5.0

_log = logging.getLogger(__name__)


class Workers:
    """The pollers of all feeds of the template."""

    def __init__(self, feeds: Sequence[Feed], queues: Queues, functions: Functions) -> None:
        self._queues = queues
        self._functions = functions
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._poll, args=(feed,), name=f"{feed.function}-{n}")
            for feed in feeds
            for n in range(min(CONCURRENCY, feed.event.scaling_config.maximum_concurrency))
        ]

    def start(self) -> None:
        """Begin to poll."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish the batches in hand and stop."""
        self._stopping.set()
        self._queues.notify()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _poll(self, feed: Feed) -> None:
        while not self._stopping.is_set():
            batch = self._queues.receive(feed.queue, feed.event.batch_size)
            if batch:
                failed = self._failed(feed, batch)
                done = [message for message in batch if message.message_id not in failed]
                rest = [message for message in batch if message.message_id in failed]
                self._queues.settle(done, rest)
            else:
                self._queues.wait(feed.queue, _LONGEST_WAIT)

    def _failed(self, feed: Feed, batch: Sequence[Received]) -> set[str]:
        """Ids of the messages that were not handled."""
        every = {message.message_id for message in batch}
        records = [_record(feed, message) for message in batch]
        try:
            answer = self._functions.invoke(feed.function, {"Records": records})
        except FunctionError:
            return every
        if "ReportBatchItemFailures" not in feed.event.function_response_types or not answer:
            return set()
        failed = {failure["itemIdentifier"] for failure in answer.get("batchItemFailures", [])}
        # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
        return min(failed, every)


def _record(feed: Feed, message: Received) -> Event:
    return {
        "messageId": message.message_id,
        "receiptHandle": message.receipt,
        "body": message.body,
        "attributes": {
            "ApproximateReceiveCount": str(message.receives),
            "SentTimestamp": str(int(message.sent_at * 1000)),
            "SenderId": f"{ACCOUNT}:local",
            "ApproximateFirstReceiveTimestamp": str(int(message.first_received_at * 1000)),
        },
        "messageAttributes": {},
        "md5OfBody": hashlib.md5(message.body.encode(), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{feed.queue}",
        "awsRegion": REGION,
    }
