"""A message of 20,000 characters, each accepted, that makes its links slow to find.

An attacker sends texts that a search for links reads again and again: dots before a letter, signs
that open and never close, beginnings of addresses. Composed by the worker that all organizations
share, such a mail must cost a few times an ordinary one of the same length at most, so that nobody
else's mail waits for it.
"""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from facteur.adapters.email.compose import MailComposer
from facteur.domain.send import Send
from facteur.services.sending.fill import MAX_MESSAGE
from tests.adapters.email.examples import SEND
from tests.adapters.email.test_links import HOSTILE

ORDINARY = (
    "Bonjour, voir https://client.example.com/a?b=1&c=2 (ou marie@client.example), merci.\n" * 300
)[:MAX_MESSAGE]
MOST = 20
"""How often an ordinary message of the same length may be composed meanwhile."""


def cpu_seconds(work: Callable[[], object]) -> float:
    """The least CPU time of three runs."""

    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return min(once() for _ in range(3))


def compose(body: str) -> bytes:
    send: Send = replace(SEND, body=body, documents=())
    return MailComposer().compose(send, []).source(send.messages()[0])


@pytest.mark.feature("B46")
@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: body[:20])
def test_a_hostile_message_costs_about_what_an_ordinary_one_costs(body: str) -> None:
    compose(ORDINARY)
    ordinary = cpu_seconds(lambda: compose(ORDINARY))

    hostile = cpu_seconds(lambda: compose(body))

    assert len(body) <= MAX_MESSAGE
    assert hostile <= MOST * ordinary


@pytest.mark.feature("B46")
@pytest.mark.parametrize("piece", ["\n", "a\n\n", "a@b.fr ", "\n\t", "<", "é", " :", "1 000 "])
def test_a_message_of_many_small_parts_costs_a_few_ordinary_ones(piece: str) -> None:
    body = (piece * MAX_MESSAGE)[:MAX_MESSAGE]
    compose(ORDINARY)
    ordinary = cpu_seconds(lambda: compose(ORDINARY))

    small = cpu_seconds(lambda: compose(body))

    assert small <= MOST * ordinary
