"""SNS, as far as SES publishes events to it: an event that is due goes to the subscribed queues."""

import json
import threading
import uuid
from collections.abc import Iterator, Mapping

from local.aws.queues import Queues
from local.state.clock import LocalClock, format_instant
from local.state.faults import Faults
from local.state.store import State
from local.template.data import Data, mapping, sequence, text
from local.template.names import REGION
from local.template.stack import Stack

_VALIDATION_MESSAGE = "Successfully validated SNS topic for Amazon SES event publishing."
_COPIES = {"drop": 0, "duplicate": 2}
"""Fault → how often an event is published."""


class SesEventPublisher:
    """Publishes SES events when they are due, each exactly once unless a fault is set."""

    def __init__(
        self, *, state: State, clock: LocalClock, faults: Faults, queues: Queues, stack: Stack
    ) -> None:
        self._state = state
        self._clock = clock
        self._faults = faults
        self._queues = queues
        self._stack = stack
        self._publishing = threading.Lock()

    def plan(self, configuration_set: str, event: Mapping[str, object], *, due_at: float) -> None:
        """Save an event for every topic that the template names for its type.

        ``due_at`` is in seconds since 1970.
        """
        for topic in self._topics(configuration_set, str(event["eventType"])):
            self._state.write(
                "INSERT INTO events (due_at, topic, body) VALUES (?, ?, ?)",
                due_at,
                topic,
                json.dumps(event),
            )

    def publish_validation(self) -> None:
        """Publish the plain text that SES sends to a topic when an event destination is created."""
        for declared in self._stack.destinations:
            self._publish(_topic_of(mapping(declared["EventDestination"])), _VALIDATION_MESSAGE)

    def publish_due(self) -> None:
        """Publish all events that are due in one transaction, so that pollers get full batches."""
        with self._publishing, self._state.transaction():
            for number, topic, body in self._state.rows(
                "SELECT id, topic, body FROM events WHERE due_at <= ? ORDER BY due_at, id",
                self._clock.timestamp(),
            ):
                fault = self._faults.take("events", among=tuple(_COPIES))
                self._state.write("DELETE FROM events WHERE id = ?", number)
                for _ in range(_COPIES.get(fault or "", 1)):
                    self._publish(str(topic), str(body))

    def next_due_at(self) -> float | None:
        """When the next event is due, in seconds since 1970, or None."""
        found = self._state.value("SELECT min(due_at) FROM events")
        return None if found is None else float(str(found))

    def _topics(self, configuration_set: str, event_type: str) -> Iterator[str]:
        wanted = _normalized(event_type)
        for declared in self._stack.destinations:
            destination = mapping(declared["EventDestination"])
            types = sequence(destination["MatchingEventTypes"])
            if (
                declared["ConfigurationSetName"] == configuration_set
                and destination.get("Enabled") in (True, "true")
                and wanted in {_normalized(text(each)) for each in types}
            ):
                yield _topic_of(destination)

    def _publish(self, topic: str, message: str) -> None:
        for subscription in self._stack.subscriptions:
            if subscription["TopicArn"] == topic and subscription["Protocol"] == "sqs":
                is_raw = subscription.get("RawMessageDelivery") in (True, "true")
                body = message if is_raw else self._notification(topic, message)
                self._queues.put(text(subscription["Endpoint"]).rpartition(":")[2], body)

    def _notification(self, topic: str, message: str) -> str:
        """SNS's envelope around a message.

        https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
        """
        return json.dumps(
            {
                "Type": "Notification",
                "MessageId": str(uuid.uuid4()),
                "TopicArn": topic,
                "Message": message,
                "Timestamp": format_instant(self._clock.now()),
                "SignatureVersion": "1",
                "Signature": "local",
                "SigningCertURL": f"https://sns.{REGION}.amazonaws.com/local.pem",
                "UnsubscribeURL": f"https://sns.{REGION}.amazonaws.com/",
            }
        )


def _topic_of(destination: dict[str, Data]) -> str:
    return text(mapping(destination["SnsDestination"])["TopicARN"])


def _normalized(event_type: str) -> str:
    """An event type in one spelling of SES's three: ``Rendering Failure`` in the event itself,
    ``renderingFailure`` and ``RENDERING_FAILURE`` in an event destination."""
    return event_type.replace("_", "").replace(" ", "").lower()
