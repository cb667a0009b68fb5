"""Event source mappings: threads that poll queues and invoke functions, as Lambda's pollers do."""

import hashlib
import logging
import threading
from collections.abc import Sequence

from local.aws.queues import Queues, ReceivedMessage
from local.functions.runtime import Event, FunctionError, Functions
from local.template.names import ACCOUNT, REGION
from local.template.stack import EventSource

CONCURRENCY = 2
"""At most so many threads poll one queue for a function."""
_LONGEST_WAIT = 5.0

_log = logging.getLogger(__name__)


class QueuePollers:
    """The pollers of all event sources of the template."""

    def __init__(
        self, sources: Sequence[EventSource], queues: Queues, functions: Functions
    ) -> None:
        self._queues = queues
        self._functions = functions
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._poll, args=(source,), name=f"{source.function}-{n}")
            for source in sources
            for n in range(min(CONCURRENCY, source.event.scaling_config.maximum_concurrency))
        ]

    def start(self) -> None:
        """Start polling."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop polling once the batches under way are handled."""
        self._stopping.set()
        self._queues.notify()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _poll(self, source: EventSource) -> None:
        while not self._stopping.is_set():
            batch = self._queues.receive(source.queue, source.event.batch_size)
            if batch:
                failed = self._failed(source, batch)
                done = [message for message in batch if message.message_id not in failed]
                rest = [message for message in batch if message.message_id in failed]
                self._queues.settle(done, rest)
            else:
                self._queues.wait(source.queue, _LONGEST_WAIT)

    def _failed(self, source: EventSource, batch: Sequence[ReceivedMessage]) -> set[str]:
        """Ids of the messages of a batch that failed."""
        every = {message.message_id for message in batch}
        records = [_record(source, message) for message in batch]
        try:
            response = self._functions.invoke(source.function, {"Records": records})
        except FunctionError:
            return every
        if "ReportBatchItemFailures" not in source.event.function_response_types or not response:
            return set()
        failed = {failure["itemIdentifier"] for failure in response.get("batchItemFailures", [])}
        # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
        return min(failed, every)


def _record(source: EventSource, message: ReceivedMessage) -> Event:
    return {
        "messageId": message.message_id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": {
            "ApproximateReceiveCount": str(message.receives),
            "SentTimestamp": str(int(message.sent_at * 1000)),
            "SenderId": f"{ACCOUNT}:local",
            "ApproximateFirstReceiveTimestamp": str(int(message.first_received_at * 1000)),
            **({} if message.group is None else {"MessageGroupId": message.group}),
        },
        "messageAttributes": {},
        "md5OfBody": hashlib.md5(message.body.encode(), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{source.queue}",
        "awsRegion": REGION,
    }
