"""A Send is written first; the queue comes after."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest

from facteur.domain.errors import UnavailableError
from facteur.domain.identity import SendId
from facteur.domain.send import SendStatus
from facteur.ports import OutboxMessage
from facteur.services.sending.queue import QueueSend
from tests.fakes import FakeOutbox
from tests.simulation.world import ORG, World


class BrokenOutbox(FakeOutbox):
    def put(self, messages: Collection[OutboxMessage]) -> None:
        raise UnavailableError("queue_unavailable")


def test_a_queue_that_fails_loses_no_send_and_shows_no_error_but_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = World()
    like = world.create("a@x.example")
    world.queue.clear()
    send = replace(world.store.of(ORG).sends[like], id=SendId("01NEW"))

    queued = QueueSend(store=world.store, outbox=BrokenOutbox()).queue(ORG, send)
    world.clock.advance(timedelta(minutes=15))
    world.reconcile()
    world.run_to_the_end()

    assert queued.id == "01NEW"
    assert [record.message for record in caplog.records] == ["left to reconcile"]
    assert world.accepted(send.id) == {"a@x.example": 1}
    assert world.row(send.id).progress.status is SendStatus.SENT
