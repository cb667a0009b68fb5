"""A message whose mail cannot be composed without killing the worker (memory, time).

An attacker who finds such a text or PDF sends it, once or to many people, among the messages of
others. Killed workers report nothing, so their whole batches come back. Everybody else must get
their mails, once each, soon; the attacker's Send ends as failed, and its sender is told.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from facteur.domain.composing import MAX_UNFINISHED
from facteur.domain.identity import OrgId
from facteur.domain.send import Origin, SendStatus
from tests.attacks.post_office import BATCH, PostOffice

ATTACKER, OTHER = OrgId("attacker"), OrgId("boulangerie")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    office = PostOffice(tmp_path)
    yield office
    office.close()


@pytest.mark.feature("B46")
@pytest.mark.parametrize("addresses", [1, 3, 40])
def test_it_is_given_up_alone_after_a_few_workers(office: PostOffice, addresses: int) -> None:
    deadly = office.send(ATTACKER, *(f"x{n}@client.example" for n in range(addresses)))
    office.composer.deadly = {deadly}
    others = [office.send(OTHER, f"y{n}@client.example") for n in range(5)]
    receptions = 0

    for _ in range(8):
        while office.invoke():
            receptions += 1
        office.pass_time()

    row = office.store.sends(ATTACKER).get_row(deadly)
    notices = [
        send for send in office.store.of(ATTACKER).sends.values() if send.origin is Origin.NOTICE
    ]
    assert office.composer.deaths[deadly] <= MAX_UNFINISHED + 1
    assert receptions <= 8 * (2 + addresses // BATCH)
    assert row.progress.status is SendStatus.FAILED
    assert row.progress.is_finished
    assert office.mails_of(deadly) == 0
    assert len(notices) == 1
    assert [office.mails_of(send) for send in others] == [1] * len(others)


@pytest.mark.feature("B46")
def test_its_neighbours_are_sent_while_it_still_kills(office: PostOffice) -> None:
    deadly = office.send(ATTACKER, "x@client.example")
    office.composer.deadly = {deadly}
    others = [office.send(OTHER, f"y{n}@client.example") for n in range(BATCH - 1)]

    for _ in range(3):
        office.invoke()
        office.pass_time()

    assert [office.mails_of(send) for send in others] == [1] * len(others)
    assert not office.store.sends(ATTACKER).get_row(deadly).progress.is_finished


@pytest.mark.feature("B46")
def test_what_is_sent_after_it_was_found_out_waits_for_nothing(office: PostOffice) -> None:
    deadly = office.send(ATTACKER, *(f"x{n}@client.example" for n in range(BATCH)))
    office.composer.deadly = {deadly}
    office.invoke()
    office.pass_time()
    other = office.send(OTHER, "y@client.example")

    office.invoke()

    assert office.mails_of(other) == 1
