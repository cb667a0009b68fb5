"""The function ``reconcile``, whole."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from facteur.adapters.aws_config import SHORT_CALLS
from facteur.domain.message import Claim, Outcome
from facteur.domain.send import SendStatus
from functions.reconcile.handler import MIN_TIME_LEFT_MS, handler
from tests.functions.workers.conftest import ORG, SEND, Deployed, context, event


def test_what_was_lost_on_its_way_to_the_queue_is_enqueued_again(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example", "direction@dupont.example")
    deployed.clock.advance(timedelta(minutes=15))

    handler(event("reconcile"), context())
    handler(event("reconcile"), context())

    assert sorted(message["n"] for message in deployed.queued()) == [0, 1]


@pytest.mark.feature("B2", "B25")
def test_a_claim_nobody_settled_is_unconfirmed_with_a_notice(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example")
    deployed.store.sends(ORG).claim(SEND, 0, Claim("dead", deployed.clock.now()))
    deployed.clock.advance(timedelta(minutes=15))

    handler(event("reconcile"), context())

    row = deployed.row()
    assert row.progress.status is SendStatus.FAILED
    assert row.progress.recipients[0].outcome is Outcome.UNCONFIRMED
    assert row.overdue_at is None
    (notice,) = deployed.queued()
    assert notice["send"] != SEND


def test_a_notice_that_was_lost_is_enqueued_again_too(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example")
    deployed.store.sends(ORG).claim(SEND, 0, Claim("dead", deployed.clock.now()))
    deployed.clock.advance(timedelta(minutes=15))
    handler(event("reconcile"), context())
    (first,) = deployed.queued()
    deployed.sqs.purge_queue(QueueUrl=deployed.queue_url)

    deployed.clock.advance(timedelta(minutes=15))
    handler(event("reconcile"), context())

    assert deployed.queued() == [first]


def test_without_time_nothing_is_begun(deployed: Deployed) -> None:
    deployed.send("compta@dupont.example")
    deployed.clock.advance(timedelta(minutes=15))

    handler(event("reconcile"), context(seconds_left=3))

    assert not deployed.queued()


def test_a_call_that_hangs_ends_before_the_time_kept_for_one_look_does() -> None:
    config: Any = SHORT_CALLS

    longest = config.retries["total_max_attempts"] * (config.connect_timeout + config.read_timeout)

    assert longest * 1000 < MIN_TIME_LEFT_MS


def test_an_invocation_is_counted_even_when_nothing_is_overdue(
    deployed: Deployed, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    handler(event("reconcile"), context())

    (metrics,) = [line for line in logged() if "ReconcileRuns" in line]
    assert metrics["ReconcileRuns"] == [1.0]
    assert metrics["OverdueSends"] == [0.0]


def test_the_silence_of_ses_can_be_seen_before_its_first_event(
    deployed: Deployed, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    handler(event("reconcile"), context())

    (events,) = [line for line in logged() if "EventsReceived" in line]
    assert events["EventsReceived"] == [0.0]
    assert events["service"] == "track"
