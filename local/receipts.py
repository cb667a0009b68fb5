"""The way of an SES event: due, through the topic's subscriptions, into a queue."""

import json
import threading
import uuid
from collections.abc import Sequence

from local.clock import LocalClock, format_instant
from local.faults import Faults
from local.intrinsics import REGION, mapping, sequence, text
from local.queues import Queues
from local.stack import Stack
from local.state import State

_FIRST_WORDS = "Successfully validated SNS topic for Amazon SES event publishing."
_FAULTS = ("drop", "duplicate")


class Receipts:
    """Publishes the events that are due, each exactly once unless a fault says otherwise."""

    def __init__(
        self, *, state: State, clock: LocalClock, faults: Faults, queues: Queues, stack: Stack
    ) -> None:
        self._state = state
        self._clock = clock
        self._faults = faults
        self._queues = queues
        self._stack = stack
        self._publishing = threading.Lock()

    def topics(self, configuration_set: str, kind: str) -> Sequence[str]:
        """The topics that are told of an event, as the template says."""
        wanted = _spelled_alike(kind)
        found = []
        for declared in self._stack.destinations:
            destination = mapping(declared["EventDestination"])
            kinds = sequence(destination["MatchingEventTypes"])
            if (
                declared["ConfigurationSetName"] == configuration_set
                and destination.get("Enabled") in (True, "true")
                and wanted in {_spelled_alike(text(each)) for each in kinds}
            ):
                found.append(text(mapping(destination["SnsDestination"])["TopicARN"]))
        return found

    def introduce(self) -> None:
        """Say the plain words that SES says to a topic when it is first told of it."""
        for declared in self._stack.destinations:
            destination = mapping(declared["EventDestination"])
            topic = text(mapping(destination["SnsDestination"])["TopicARN"])
            self._publish(topic, _FIRST_WORDS)

    def publish_due(self) -> None:
        """Publish all that is due, together: workers find full batches."""
        with self._publishing, self._state.transaction():
            for number, topic, body in self._state.rows(
                "SELECT id, topic, body FROM events WHERE due_at <= ? ORDER BY due_at, id",
                self._clock.timestamp(),
            ):
                fault = self._faults.take("events", among=_FAULTS)
                self._state.write("DELETE FROM events WHERE id = ?", number)
                for _ in range({"drop": 0, "duplicate": 2}.get(fault or "", 1)):
                    self._publish(str(topic), str(body))

    def next_due_at(self) -> float | None:
        """When the next event is due."""
        found = self._state.value("SELECT min(due_at) FROM events")
        return None if found is None else float(str(found))

    def _publish(self, topic: str, message: str) -> None:
        for subscription in self._stack.subscriptions:
            if subscription["TopicArn"] == topic and subscription["Protocol"] == "sqs":
                is_raw = subscription.get("RawMessageDelivery") in (True, "true")
                body = message if is_raw else self._wrapped(topic, message)
                self._queues.put(text(subscription["Endpoint"]).rpartition(":")[2], body)

    def _wrapped(self, topic: str, message: str) -> str:
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


def _spelled_alike(kind: str) -> str:
    """A kind of event, which SES spells in three ways: Rendering Failure in the event itself,
    renderingFailure and RENDERING_FAILURE in what a destination is told of."""
    return kind.replace("_", "").replace(" ", "").lower()
