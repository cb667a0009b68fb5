"""Queues serve message groups in turn, as SQS's fair queues keep no group waiting for another."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from local.aws.queues import Queues
from local.state.clock import LocalClock
from local.state.store import State
from local.template.stack import QueueProperties

QUEUE = "outbox"


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State(tmp_path / "state.db")
    yield state
    state.close()


@pytest.fixture
def queues(state: State) -> Queues:
    return Queues(state, LocalClock(state), {QUEUE: QueueProperties.model_validate({})})


def bodies(queues: Queues, limit: int = 10) -> list[str]:
    return [message.body for message in queues.receive(QUEUE, limit)]


@pytest.mark.feature("B46")
def test_a_batch_takes_one_message_of_each_group_in_turn(queues: Queues) -> None:
    for n in range(20):
        queues.put(QUEUE, f"a{n}", group="a")
    for n in range(2):
        queues.put(QUEUE, f"b{n}", group="b")
    queues.put(QUEUE, "c0", group="c")

    assert bodies(queues, 6) == ["a0", "b0", "c0", "a1", "b1", "a2"]


@pytest.mark.feature("B46")
def test_a_group_with_messages_in_flight_comes_after_one_without(queues: Queues) -> None:
    for n in range(20):
        queues.put(QUEUE, f"a{n}", group="a")
    bodies(queues, 3)
    for n in range(4):
        queues.put(QUEUE, f"b{n}", group="b")

    assert bodies(queues, 5) == ["b0", "b1", "b2", "a3", "b3"]


def test_messages_without_a_group_are_received_in_the_order_they_came(queues: Queues) -> None:
    for n in range(12):
        queues.put(QUEUE, f"{n}")

    assert bodies(queues) == [f"{n}" for n in range(10)]


def test_a_message_without_a_group_does_not_wait_for_a_group(queues: Queues) -> None:
    for n in range(20):
        queues.put(QUEUE, f"a{n}", group="a")
    queues.put(QUEUE, "alone")

    assert "alone" in bodies(queues, 2)


def test_a_message_keeps_its_group_when_it_comes_again(queues: Queues) -> None:
    queues.put(QUEUE, "a0", group="a")
    first = queues.receive(QUEUE, 1)
    queues.change_visibility(first[0].receipt_handle, 0)
    queues.settle([], first)

    (again,) = queues.receive(QUEUE, 1)

    assert (again.group, again.receives) == ("a", 2)


def test_queues_of_an_earlier_version_are_read_and_added_to(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as earlier:
        earlier.execute(
            "CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL,"
            " message_id TEXT NOT NULL, body TEXT NOT NULL, sent_at REAL NOT NULL,"
            " visible_at REAL NOT NULL, receives INTEGER NOT NULL DEFAULT 0,"
            " first_received_at REAL, receipt TEXT, in_flight INTEGER NOT NULL DEFAULT 0)"
        )
        earlier.execute(
            "INSERT INTO messages (queue, message_id, body, sent_at, visible_at)"
            " VALUES (?, 'm', 'old', 4000000000, 0)",
            (QUEUE,),
        )
    for _ in range(2):
        state = State(path)
        state.close()
    state = State(path)
    queues = Queues(state, LocalClock(state), {QUEUE: QueueProperties.model_validate({})})

    queues.put(QUEUE, "new", group="a")

    assert bodies(queues) == ["old", "new"]
    state.close()
