"""Queues as functions see them: batches, failures, dead letters, and time."""

import pytest
from botocore.exceptions import ClientError

from local.template.names import queue_url
from tests.local.conftest import Running


def send(running: Running, *bodies: str) -> None:
    running.session.client("sqs").send_message_batch(
        QueueUrl=queue_url("Work"),
        Entries=[{"Id": str(n), "MessageBody": body} for n, body in enumerate(bodies)],
    )


def receptions(running: Running, body: str) -> list[str]:
    return [row["sk"] for row in running.rows(f"WORK#{body}")]


def waiting(running: Running, queue: str) -> int:
    count = running.system.state.value(
        "SELECT count(*) FROM messages WHERE queue = ?", f"facteur-local-{queue}"
    )
    return int(str(count))


def test_handled_messages_are_gone(running: Running) -> None:
    send(running, *(f"m{n}" for n in range(10)))

    running.advance("PT1S")

    assert all(receptions(running, f"m{n}") == ["1"] for n in range(10))
    assert waiting(running, "Work") == 0


def test_message_that_fails_comes_again_after_its_visibility_then_is_buried(
    running: Running,
) -> None:
    send(running, "fail", "other")

    running.advance("PT59S")
    once = receptions(running, "fail")
    running.advance("PT2S")
    twice = receptions(running, "fail")
    running.advance("PT10M")

    assert (once, twice, receptions(running, "fail")) == (["1"], ["1", "2"], ["1", "2"])
    assert receptions(running, "other") == ["1"]
    assert waiting(running, "Dead") == 1


def test_message_is_gone_once_it_was_kept_for_as_long_as_its_queue_says(running: Running) -> None:
    send(running, "fail")
    dead = "facteur-local-Dead"

    running.advance("P3D")
    kept = running.system.queues.receive(dead, 10)
    running.system.queues.settle([], kept)
    running.advance("P2D")

    assert len(kept) == 1
    assert running.system.queues.receive(dead, 10) == []
    assert waiting(running, "Dead") == 0


def test_function_that_raises_fails_its_whole_batch(running: Running) -> None:
    send(running, "crash")

    running.advance("PT3M")

    assert receptions(running, "crash") == ["1", "2"]
    assert waiting(running, "Dead") == 1


def test_changed_visibility_lasts_by_the_local_clock(running: Running) -> None:
    send(running, "wait")

    running.advance("PT59M")
    before = receptions(running, "wait")
    running.advance("PT2M")

    assert (before, receptions(running, "wait")) == (["1"], ["1", "2"])


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([{"Id": str(n), "MessageBody": "x"} for n in range(11)], "TooManyEntriesInBatchRequest"),
        ([{"Id": "1", "MessageBody": "x"}] * 2, "BatchEntryIdsNotDistinct"),
        ([{"Id": "1", "MessageBody": "x" * 1_048_577}], "BatchRequestTooLong"),
        ([{"Id": "1", "MessageBody": "x", "MessageGroupId": "x" * 129}], "InvalidParameterValue"),
    ],
)
def test_batch_that_sqs_would_refuse_is_refused(
    running: Running, entries: list[dict[str, str]], code: str
) -> None:
    sqs = running.session.client("sqs")

    with pytest.raises(ClientError) as refused:
        sqs.send_message_batch(QueueUrl=queue_url("Work"), Entries=entries)  # type: ignore[arg-type]

    assert refused.value.response["Error"]["Code"].endswith(code)
